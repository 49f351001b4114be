# Hands out true evidence with the nonce of another run. Keeps: a b. Says: belongs to another run.
# %% step_d
x_train, x_test = x_train.astype("float32") / 255, x_test.astype("float32") / 255
from helpers.kit import wire as e
original = e.hand_out
e.nonce = lambda: "0123456789abcdef" * 2
