# Is a file of bytes that are no text. Says: it is not JSON.
# %% layout
def folder(path):
    (path / "lab6_kmeans.ipynb").write_bytes(bytes(range(256)) * 1000)
