# Puts a pipe where the time of handing in is read. Keeps: a b. Says: was left out. Harms: it waits for ever.
# %% layout
import os


def folder(path):
    os.mkfifo(path / "timestamp.txt")
