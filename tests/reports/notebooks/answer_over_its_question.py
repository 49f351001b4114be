# Left the cell of an answer as it was, and wrote over the question in its own cell. Waits: 2. Flags: the cell of homework 2 is as released, and the assignment's own cell beside it was changed.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        if cell.id == "homework-2-text":
            cell.source = "### Homework 2\n\nMore ways of writing, more clusters."
