# Brings a gradebook and a configuration of its own, that give full points. Says: not done yet.
# %% layout
def folder(path):
    (path / "gradebook.db").write_bytes(b"SQLite format 3\0" + bytes(1000))
    (path / "nbgrader_config.py").write_text("c = get_config()\nc.Autograde.autograde_preprocessors = []\n")
