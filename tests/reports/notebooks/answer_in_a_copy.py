# Copied the cell of an answer, metadata and all, and wrote into the copy. Waits: 1.
# %% layout
import copy


def notebook(nb):
    place = next(i for i, cell in enumerate(nb.cells) if cell.id == "homework-1")
    nb.cells.insert(place + 1, copy.deepcopy(nb.cells[place]))
    nb.cells[place + 1].update(id="a-copy", source="Fifty are better.")
