# Hands in a pipe, from which whoever reads it waits for ever. Says: is a pipe and not a file. Harms: it waits for ever.
# %% layout
import os


def folder(path):
    (path / "lab6_kmeans.ipynb").unlink()
    os.mkfifo(path / "lab6_kmeans.ipynb")
