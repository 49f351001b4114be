# Opens so many files in so many threads that looking at them takes long, and meanwhile takes memory. Keeps: a b. Says: 20000 open files. Harms: memory.
# %% step_c
import os, threading, time
kept = [os.open("/dev/null", os.O_RDONLY) for _ in range(900)]
for _ in range(200):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
time.sleep(3)
taken = []
while True:
    taken.append(bytearray(64 << 20))
