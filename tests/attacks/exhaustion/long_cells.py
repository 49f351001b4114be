# Sleeps in every cell, as long as a cell may. Keeps: a. Says: ran longer than. Harms: it takes all the time there is.
# %% step_b
import time
get_ipython().events.register("pre_run_cell", lambda info: time.sleep(20))
