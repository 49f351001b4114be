# Replaces the source of every later cell by nothing. Says: there is no evidence.
# %% first
get_ipython().input_transformers_cleanup.append(lambda lines: ["pass\n"])
