# Hands in a link to somebody else's notebook. Says: is a symbolic link.
# %% layout
def folder(path):
    (path / "lab6_kmeans.ipynb").unlink()
    (path / "lab6_kmeans.ipynb").symlink_to(path.parents[1] / "honest_before" / "lab6_kmeans" / "lab6_kmeans.ipynb")
