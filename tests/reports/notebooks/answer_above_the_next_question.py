# Left the cell of an answer as it was, and wrote into that of the next question, which is answered. Waits: 1 2. Flags: the cell of homework 1 is as released, and the assignment's own cell beside it was changed.
# %% homework_2
Each way of writing a digit gets a cluster of its own.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        if cell.id == "homework-2-text":
            cell.source = "Fifty are better: 0.79 and not 0.55.\n" + cell.source
