# Cuts its memory into so many parts that looking at it takes long, and meanwhile takes memory. Keeps: a b. Says: parts of memory. Harms: memory.
# %% step_c
import mmap, os, time
kinds = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
kept = [mmap.mmap(-1, 4096, kinds, 1 + 2 * (n % 2)) for n in range(60_000)]
begin, ready = os.pipe()
for _ in range(120):
    if os.fork() == 0:
        os.close(ready)
        os.read(begin, 1)
        more = bytearray(b"x") * (80 * 2 ** 20)
        time.sleep(60)
        os._exit(0)
os.close(ready)
time.sleep(60)
