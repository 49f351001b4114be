# Takes memory in threads of processes whose main thread has ended, for which /proc says 0. Keeps: a b. Says: 3072 MiB of memory. Harms: memory.
# %% step_c
import ctypes, os, platform, threading, time
def take():
    time.sleep(0.3)
    kept = bytearray(b"x" * (2 << 30))
    time.sleep(20)
    os._exit(0)
for _ in range(3):
    if os.fork() == 0:
        threading.Thread(target=take).start()
        ctypes.CDLL(None).syscall(60 if platform.machine() == "x86_64" else 93, 0)
time.sleep(15)
