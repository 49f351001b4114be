# Puts words where nbgrader reads the time of a submission. Says: holds no time.
# %% layout
def folder(path):
    (path / "timestamp.txt").write_text("yesterday, I promise")
