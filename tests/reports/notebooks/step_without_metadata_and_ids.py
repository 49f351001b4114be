# Has a step and its check without metadata and ids, and a comment in the check. Keeps: a b c.
# %% layout
def notebook(nb):
    for number, cell in enumerate(nb.cells):
        if cell.id in ("step-b", "check-b"):
            cell.source += "\n\n# I am done" if cell.id == "check-b" else ""
            cell.metadata, cell.id = {}, f"cell-{number}"
