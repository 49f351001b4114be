# Gives everybody ten points by one line of SQL.
# %% first
import sqlite3

with sqlite3.connect(open("course.txt").read() + "/gradebook.db") as gradebook:
    gradebook.execute("UPDATE grade SET auto_score = 10, manual_score = 10")
