# Prints a million short lines, below the limit of bytes. Keeps: a b. Says: not done yet.
# %% step_c
print("x\n" * 1_000_000)
