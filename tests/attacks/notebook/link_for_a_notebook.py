# Hands in a link to the notebook of somebody else. Says: is a link that leads elsewhere.
# %% layout
def folder(path):
    (path / "lab6_kmeans.ipynb").unlink()
    (path / "lab6_kmeans.ipynb").symlink_to(path.parents[1] / "honest_before" / "lab6_kmeans" / "lab6_kmeans.ipynb")
