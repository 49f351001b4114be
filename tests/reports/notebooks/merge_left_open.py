# Was committed with the marks of a merge in it. Says: holds the marks of a merge in git. Waits: 1 2 3.
# %% layout
def folder(path):
    file = path / "lab6_kmeans.ipynb"
    head, _, rest = file.read_text().partition('"cells": [\n')
    file.write_text(f'{head}"cells": [\n<<<<<<< HEAD\n=======\n>>>>>>> mine\n{rest}')
