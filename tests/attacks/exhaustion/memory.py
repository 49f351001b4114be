# Takes more memory than there is, and holds it. Keeps: a b. Harms: memory.
# %% step_c
hoard = []
while True:
    hoard.append(b"x" * 10 ** 8)
