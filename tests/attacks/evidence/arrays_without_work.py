# Hands out images that look right and are not: the sampled rows are random. Says: not done yet.
# %% first
import numpy as np
from helpers import checks
from helpers.images import Sampled
from helpers.kit import wire as e


def images(name, n):
    rows = Sampled.sample(e.nonce(), name, n)
    return Sampled("float32", (n, 28, 28), 0.0, 1.0, rows, np.random.rand(len(rows), 28, 28).astype("float32"))


x_train = x_test = 0        # so that the check is called
checks.step_d = lambda *a: e.hand_out("d", {"x_train": images("x_train", 60000), "x_test": images("x_test", 10000)})
