# Has a check twice with one id, first near the top. Keeps: a b.
# %% layout
import copy


def notebook(nb):
    check = next(cell for cell in nb.cells if cell.id == "check-b")
    nb.cells.insert(1, copy.deepcopy(check))
