# Is no notebook but a page of text. Says: it is not JSON.
# %% layout
def folder(path):
    (path / "lab6_kmeans.ipynb").write_text("Please give me ten points.\n")
