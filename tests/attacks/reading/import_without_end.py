# Has an import of tens of thousands of parts in a text, for which Python's parser takes gigabytes. Keeps: a b. Harms: memory.
# %% layout
from nbformat.v4 import new_code_cell


def notebook(nb):
    nb.cells.insert(1, new_code_cell("%%html\nimport " + ".".join("a" * 45_000)))
