# Has a step and its check without metadata, after an editor that drops it; their ids and texts are as they were. Keeps: a b c.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        if cell.id in ("step-b", "check-b"):
            cell.metadata = {}
