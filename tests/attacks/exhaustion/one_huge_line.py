# Prints one line of 200 MB. Keeps: a b. Says: its outputs were larger than.
# %% step_c
print("x" * 200_000_000)
