# Hands out evidence that is nested as deep as a message can be. Keeps: a. Says: cannot be read.
# %% step_b
from helpers.kit import wire as e
from IPython.display import display
deep = 1
for _ in range(400):
    deep = {"kind": "array", "values": deep}
deep = {"version": 1, "step": "b", "nonce": e.nonce(), "seen": {"x_train": deep}}
x_train = y_train = x_test = y_test = 0           # so that the check is called
checks.step_b = lambda *a: display({e.MIME: deep}, raw=True)
