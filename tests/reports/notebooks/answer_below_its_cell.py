# Left the cell of an answer as it was and wrote into a new one below it, under a heading. Waits: 2.
# %% layout
import nbformat


def notebook(nb):
    place = next(i for i, cell in enumerate(nb.cells) if cell.id == "homework-2")
    nb.cells[place + 1:place + 1] = [nbformat.v4.new_markdown_cell("## My answer"),
                                     nbformat.v4.new_markdown_cell("More ways of writing, more clusters.")]
