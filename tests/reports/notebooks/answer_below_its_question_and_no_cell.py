# Wrote below a question in its own cell, and deleted the cell of the answer. Waits: 2. Flags: the cell of homework 2 was missing and put back.
# %% layout
def notebook(nb):
    nb.cells = [cell for cell in nb.cells if cell.id != "homework-2"]
    for cell in nb.cells:
        if cell.id == "homework-2-text":
            cell.source += "\n\nMore ways of writing, more clusters."
