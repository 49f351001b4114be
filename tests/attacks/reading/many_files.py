# Brings thousands of empty files beside the notebook, each of which somebody might name. Keeps: a b. Says: left out.
# %% layout
def folder(path):
    for number in range(9_990):
        (path / f"{number}.txt").touch()
