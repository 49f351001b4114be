# Tags every check so that its error is expected, and does work in steps a and b. Keeps: a b. Says: not done yet.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        cell.metadata.tags = ["raises-exception"]
