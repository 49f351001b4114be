# Has page tables in fifty processes, each with no more addresses than it may have. Keeps: a b. Harms: memory.
# %% step_c
import mmap, os, time
for _ in range(50):
    if os.fork() == 0:
        memory = mmap.mmap(-1, 60 * 2 ** 30, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ)
        print(sum(memory[place] for place in range(0, len(memory), 2 ** 21)))
        time.sleep(60)
        os._exit(0)
    time.sleep(0.05)
time.sleep(60)
