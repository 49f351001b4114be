# Puts words behind the hundredth character of a time, so that it is one for whoever reads a hundred. Keeps: a b. Says: 'timestamp.txt' was left out.
# %% layout
def folder(path):
    (path / "timestamp.txt").write_text("2030-01-01 10:00:00 UTC" + " " * 80 + "or never")
