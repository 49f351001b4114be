# Hands out the evidence of step d in the check of step j. Keeps: a b. Says: not done yet.
# %% step_j
from helpers import data
checks.step_j = lambda *a: checks.step_d(*(data.mnist()[i].astype("float32") / 255 for i in (0, 2)))
