# Hands in a link to the folder of somebody else's submission. Says: is a symbolic link.
# %% layout
import shutil


def folder(path):
    shutil.rmtree(path)
    path.symlink_to(path.parents[1] / "honest_before" / "lab6_kmeans")
