# Names a variable by 90,000 accents out of order, which Python sorts when it reads the source. Keeps: a b.
# %% layout
from nbformat.v4 import new_code_cell


def notebook(nb):
    nb.cells.insert(1, new_code_cell("%%html\na" + "\u0301" * 45_000 + "\u0323" * 45_000))
