# Puts two megabytes behind a valid time, which nbgrader's parser of dates takes minutes for. Keeps: a b. Says: 'timestamp.txt' was left out. Harms: it takes all the time there is.
# %% layout
def folder(path):
    (path / "timestamp.txt").write_text("2030-01-01 10:00:00 UTC" + " 1" * 10 ** 6)
