# Is a file of bytes that are no text. Says: is not a notebook.
# %% layout
def folder(path):
    (path / "lab6_kmeans.ipynb").write_bytes(bytes(range(256)) * 1000)
