# Was committed with the marks of a merge, and the ends of lines of Windows. Says: holds the marks of a merge in git. Waits: 1 2 3.
# %% layout
def folder(path):
    file = path / "lab6_kmeans.ipynb"
    text = file.read_text().replace('"cells": [\n', '"cells": [\n<<<<<<< Updated upstream\n=======\n>>>>>>>\n', 1)
    file.write_bytes(text.replace("\n", "\r\n").encode())
