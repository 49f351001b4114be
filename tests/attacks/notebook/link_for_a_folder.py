# Hands in a link to the folder of another submission. Says: is a link that leads elsewhere.
# %% layout
import shutil


def folder(path):
    shutil.rmtree(path)
    path.symlink_to(path.parents[1] / "honest_before" / "lab6_kmeans")
