# Left the cells of two answers as they were, and wrote below and above the questions in their own cells. Waits: 2 3.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        if cell.id == "homework-2-text":
            cell.source += "\n\nMore ways of writing,\n\nmore clusters."
        if cell.id == "homework-3-text":
            cell.source = "It does ones well.\n" + cell.source.replace("some digits?", "some digits? A 4 is like a 9!")
