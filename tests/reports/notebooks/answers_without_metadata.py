# Has written answers whose cells lost metadata and id, as when they are deleted and written anew. Waits: 1 2 3.
# %% homework_1
Fifty are better: 0.79 and not 0.55.
# %% homework_2
Each way of writing a digit gets a cluster of its own.
# %% homework_3
It does ones well, and mixes 4 and 9.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith("homework"):
            cell.metadata, cell.id = {}, cell.id[-1] + "-new"
