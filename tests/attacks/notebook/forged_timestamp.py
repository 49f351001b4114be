# Hands in with a time long before the deadline, and a time zone of its own. Keeps: a b.
# %% layout
def folder(path):
    (path / "timestamp.txt").write_text("1970-01-01 00:00:00 Mars/Olympus")
