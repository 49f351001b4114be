# Has 5,000 more cells, a tenth of them code. Keeps: a b.
# %% layout
from nbformat.v4 import new_code_cell, new_markdown_cell


def notebook(nb):
    nb.cells[1:1] = [(new_markdown_cell if i % 10 else new_code_cell)(f"x = {i}") for i in range(5000)]
