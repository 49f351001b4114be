# Deleted the cell of an answer, which may stand anywhere. Waits: 2. Flags: the cell of homework 2 was missing and put back.
# %% layout
def notebook(nb):
    nb.cells = [cell for cell in nb.cells if cell.id != "homework-2"]
