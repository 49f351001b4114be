# Cuts the memory of many processes into thousands of parts, for each of which Linux keeps something. Keeps: a b. Says: parts of memory. Harms: memory.
# %% step_c
import mmap, os, time
kinds = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
kept = [mmap.mmap(-1, 4096, kinds, 1 + 2 * (n % 2)) for n in range(60_000)]
for _ in range(200):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
time.sleep(60)
