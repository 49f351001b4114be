# Takes memory in many processes, each below the limit of one. Keeps: a b. Says: MiB of memory. Harms: memory.
# %% step_c
import os, time
for _ in range(8):
    if os.fork() == 0:
        hoard = b"x" * (600 * 2 ** 20)
        time.sleep(60)
time.sleep(60)
