# Is the first half of a notebook. Says: only a part of one.
# %% layout
def folder(path):
    whole = (path / "lab6_kmeans.ipynb").read_bytes()
    (path / "lab6_kmeans.ipynb").write_bytes(whole[:len(whole) // 2])
