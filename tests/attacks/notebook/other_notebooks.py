# Hands in more notebooks, with names that may be taken for paths or for the assignment. Keeps: a b.
# %% layout
def folder(path):
    whole = (path / "lab6_kmeans.ipynb").read_bytes()
    for name in ("lab6_kmeans-1", "other", "lab6_kmeans ", "..", "-h", "*", "lab6_kmeans.ipynb"):
        (path / f"{name}.ipynb").write_bytes(whole)
