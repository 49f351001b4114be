# Takes more memory than there is, and holds it. Keeps: a b. Says: not done yet. Harms: memory.
# %% step_c
hoard = []
while True:
    hoard.append(b"x" * 10 ** 8)
