# Deleted a check, with its text, and the cell of its step, and did the work in a cell of its own. Keeps: a b c.
# %% layout
def notebook(nb):
    nb.cells = [cell for cell in nb.cells if cell.id not in ("check-b", "check-b-text")]
    for cell in nb.cells:
        if cell.id == "step-b":
            cell.metadata, cell.id = {}, "my-own"
