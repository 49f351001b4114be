# Puts a pipe where nbgrader reads the time of the submission. Says: is a pipe and not a file. Harms: it waits for ever.
# %% layout
import os


def folder(path):
    os.mkfifo(path / "timestamp.txt")
