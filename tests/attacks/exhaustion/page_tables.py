# Reads one byte in each 2 MiB of a terabyte that it cannot write: each costs Linux a page of page tables, and no process any memory. Keeps: a b. Harms: memory.
# %% step_c
import mmap, time
memory = mmap.mmap(-1, 2 ** 40, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ)
print(sum(memory[place] for place in range(0, 2 ** 40, 2 ** 21)))
time.sleep(60)
