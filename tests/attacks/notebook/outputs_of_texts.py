# Gives every text cell outputs without a type, on which a reader of graded notebooks would stumble. Keeps: a b.
# %% layout
def notebook(nb):
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            cell["outputs"] = [{}, 7]
