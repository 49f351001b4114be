# Ends its own process after real work. Keeps: a b. Says: its kernel died.
# %% step_c
import os
os._exit(0)
