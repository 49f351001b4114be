# Rewrites outputs of earlier checks, by a display id. Keeps: b. Says: there is evidence more than once.
# %% first
from IPython.display import display

import helpers.kit.step as step

print_line = print
step.print = lambda line: display({"text/plain": line}, raw=True, display_id="line")
# %% step_a
# %% step_j
for _ in range(20):
    display({"text/plain": "1.0", "application/vnd.lab6.evidence+json": {"version": 1}}, raw=True, display_id="line",
            update=True)
