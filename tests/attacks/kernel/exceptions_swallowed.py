# Tells IPython to do nothing about any exception. Says: not done yet.
# %% first
get_ipython().set_custom_exc((BaseException,), lambda *details: None)
