# Has no metadata at all, so that no cell can be told from another.
# %% layout
def notebook(nb):
    nb.metadata = {}
    for cell in nb.cells:
        cell.metadata = {}
