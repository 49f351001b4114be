# Hands out megabytes of JSON as evidence of step b, and a few more for each field. Keeps: a. Says: cannot be read.
# %% step_b
from helpers.kit import wire as e
from IPython.display import display
huge = {"version": 1, "step": "b", "nonce": e.nonce(), "seen": {str(i): "x" * 100 for i in range(50_000)}}
x_train = y_train = x_test = y_test = 0           # so that the check is called
checks.step_b = lambda *a: display({e.MIME: huge}, raw=True)
