# Shows no traceback and no error. Says: not done yet.
# %% first
shell = get_ipython()
shell.showtraceback = shell._showtraceback = shell.showsyntaxerror = lambda *a, **k: None
