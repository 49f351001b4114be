# Hands in a folder with the name of the notebook. Says: is a folder and not a file.
# %% layout
def folder(path):
    (path / "lab6_kmeans.ipynb").unlink()
    (path / "lab6_kmeans.ipynb").mkdir()
