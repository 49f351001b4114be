# Is JSON nested a hundred thousand deep. Says: nested too deep.
# %% layout
def folder(path):
    (path / "lab6_kmeans.ipynb").write_text("[" * 100_000 + "]" * 100_000)
