# Starts threads without end. Keeps: a b. Harms: no process can be started on the machine.
# %% step_c
import threading, time
while True:
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
