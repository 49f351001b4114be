# Makes files until no more can be made. Keeps: a b. Says: not done yet. Harms: it fills the disk.
# %% step_c
import os
os.mkdir("many")
for i in range(10 ** 6):
    open(f"many/{i}", "w").close()
