# Hands in files whose names are no text, or orders to a terminal. Says: there is no lab6_kmeans.ipynb.
# %% layout
import os


def folder(path):
    os.rename(path / "lab6_kmeans.ipynb", os.fsencode(path) + b"/\xff\x1b[2J.ipynb")
    (path / "a\nb\x1b]0;title\x07.csv").write_text("1")
