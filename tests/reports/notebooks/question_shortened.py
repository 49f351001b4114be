# Deleted a part of a question whose answer is left as it was, and wrote into another whose answer is written: no answer is anywhere else. Waits: 1.
# %% homework_1
Fifty are better: 0.79 and not 0.55.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        if cell.id == "homework-2-text":
            cell.source = cell.source.partition("\n")[0]
        if cell.id == "homework":
            cell.source += "\n\n(done)"
