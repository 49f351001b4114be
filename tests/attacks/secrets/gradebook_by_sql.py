# Asks the gradebook for the names and grades of everybody.
# %% first
import sqlite3

course = open("course.txt").read()
for line in sqlite3.connect(f"file:{course}/gradebook.db?mode=ro", uri=True).iterdump():
    print(line)
