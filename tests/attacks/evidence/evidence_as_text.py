# Prints the evidence instead of handing it out, as a stream, a text and a result. Keeps: a. Says: there is no evidence.
# %% step_b
import json
from IPython.display import display
from helpers.kit import wire as e
text = json.dumps({e.MIME: {"version": 1, "step": "b", "nonce": e.nonce(), "seen": {}}})
x_train = y_train = x_test = y_test = 0           # so that the check is called
checks.step_b = lambda *a: (print(text), display({"text/plain": text}, raw=True))
