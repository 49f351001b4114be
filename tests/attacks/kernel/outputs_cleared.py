# Clears what a failed check showed, so that its cell is empty. Says: there is no evidence.
# %% first
from IPython.display import clear_output
shell = get_ipython()
shell.events.register("post_run_cell", lambda result: clear_output())
shell.showtraceback = lambda *a, **k: clear_output()
