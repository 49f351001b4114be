# Is no notebook but a page of text. Says: is not a notebook.
# %% layout
def folder(path):
    (path / "lab6_kmeans.ipynb").write_text("Please give me ten points.\n")
