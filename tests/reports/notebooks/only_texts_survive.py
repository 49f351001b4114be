# Was saved in an old format by a program that keeps neither metadata nor ids. Keeps: a b c. Waits: 3.
# %% homework_3
It does ones well.
# %% layout
def notebook(nb):
    nb.nbformat_minor = 4
    for cell in nb.cells:
        cell.metadata = {}
        del cell["id"]
