# Hands in a folder with the name of the notebook. Says: there is no lab6_kmeans.ipynb.
# %% layout
def folder(path):
    (path / "lab6_kmeans.ipynb").unlink()
    (path / "lab6_kmeans.ipynb").mkdir()
