# Gives step a a hundred points, the rest none, and unlocks all checks. Keeps: a. Says: not done yet.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            step_a = cell.metadata.nbgrader.grade_id == "check_a"
            cell.metadata.nbgrader.update(points=100 if step_a else 0, locked=False, grade=step_a)
