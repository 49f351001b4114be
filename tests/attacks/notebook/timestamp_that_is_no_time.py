# Puts words where the time of handing in is read. Keeps: a b. Says: was left out.
# %% layout
def folder(path):
    (path / "timestamp.txt").write_text("yesterday, I promise")
