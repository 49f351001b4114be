# Gives one small page of each 2 MiB to a pipe, and the rest back: all of it stays, as no process's memory. Keeps: a b. Harms: memory.
# %% step_c
import ctypes, os, time
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.madvise.argtypes, libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int], [ctypes.c_void_p, ctypes.c_size_t]
pipes = []
for _ in range(400):
    pipes.append(os.pipe())
    for _ in range(16):
        start = libc.mmap(None, 2 ** 22, 3, 0x22, -1, 0)
        huge = (start + 2 ** 21 - 1) // 2 ** 21 * 2 ** 21
        libc.madvise(huge, 2 ** 21, 14)                 # MADV_HUGEPAGE
        ctypes.memset(huge, 1, 1)
        if libc.syscall(278, pipes[-1][1], (ctypes.c_size_t * 2)(huge, 4096), 1, 2) < 0:        # vmsplice
            raise OSError(ctypes.get_errno(), "vmsplice")
        libc.munmap(start, 2 ** 22)
time.sleep(60)
