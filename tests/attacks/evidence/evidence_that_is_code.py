# Hands out a pickle, an object array and a text to be evaluated. Keeps: a. Says: cannot be read.
# %% step_b
import base64, os, pickle
from helpers.kit import wire as e
from IPython.display import display


class Runs:
    __reduce__ = lambda self: (os.system, ("touch /tmp/run-by-a-pickle",))


code = {"kind": "ndarray", "dtype": "object", "shape": [1], "base64": base64.b64encode(pickle.dumps(Runs())).decode()}
seen = dict.fromkeys(("x_train", "y_train", "x_test", "y_test"), code | {"low": "__import__('os').system('id')"})
x_train = y_train = x_test = y_test = 0           # so that the check is called
checks.step_b = lambda *a: display({e.MIME: {"version": 1, "step": "b", "nonce": e.nonce(), "seen": seen}}, raw=True)
