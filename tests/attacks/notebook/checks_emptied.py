# Empties every check. Says: not done yet.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith("check_"):
            cell.source = ""
