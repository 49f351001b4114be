# Leaves a cell that ended with an error where it did the step right in the next: nothing is lost. Keeps: a b.
# %% layout
import nbformat


def notebook(nb):
    place = next(i for i, cell in enumerate(nb.cells) if cell.id == "step-b")
    nb.cells.insert(place, nbformat.v4.new_code_cell("keras.datasets.mnist.load()"))
