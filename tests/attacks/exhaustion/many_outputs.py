# Shows hundreds of thousands of outputs. Keeps: a b. Says: its outputs were larger than.
# %% step_c
from IPython.display import display
for i in range(400_000):
    display({"text/plain": "x"}, raw=True)
