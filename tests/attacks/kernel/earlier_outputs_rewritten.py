# Rewrites the outputs of earlier checks from a later cell, by the id of a display. Keeps: b. Says: there is evidence more than once.
# %% first
from IPython.display import display

import helpers.checks as checks

print_line = print
checks.print = lambda line: display({"text/plain": line}, raw=True, display_id="line")
# %% step_j
for _ in range(20):
    display({"text/plain": "1.0", "application/vnd.lab6.evidence+json": {"version": 1}}, raw=True, display_id="line",
            update=True)
