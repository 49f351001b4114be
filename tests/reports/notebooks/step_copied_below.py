# Left the cell of a step as it was, copied it and did the work in the copy, below a copy of the check. Keeps: a c. Earns: b.
# %% layout
import copy


def notebook(nb):
    place = next(i for i, cell in enumerate(nb.cells) if cell.id == "step-b")
    check = next(cell for cell in nb.cells if cell.id == "check-b")
    nb.cells[place + 1:place + 1] = [copy.deepcopy(check), copy.deepcopy(nb.cells[place])]
    nb.cells[place + 1].id = "copy-of-check"
    nb.cells[place + 2].update(
        id="copy", source="(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()")
