# Deleted two answers and the question between them, and wrote one text. Waits: 1 2. Flags: the cell of homework 1 and the cell of homework 2 were missing and put back.
# %% layout
import nbformat


def notebook(nb):
    place = next(i for i, cell in enumerate(nb.cells) if cell.id == "homework-1")
    nb.cells[place:place + 3] = [nbformat.v4.new_markdown_cell("Both: more clusters are better.")]
