# Hands in a pipe, from which whoever reads it waits. Says: there is no lab6_kmeans.ipynb. Harms: it waits for ever.
# %% layout
import os


def folder(path):
    (path / "lab6_kmeans.ipynb").unlink()
    os.mkfifo(path / "lab6_kmeans.ipynb")
