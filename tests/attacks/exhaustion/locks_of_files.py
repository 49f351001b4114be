# Locks single bytes of files, hundreds of thousands: Linux keeps something for each. Keeps: a b. Harms: memory.
# %% step_c
import fcntl, os
files = [os.open(f"x{number}", os.O_RDWR | os.O_CREAT) for number in range(400)]
for place in range(0, 10 ** 6, 2):
    for file in files:
        fcntl.lockf(file, fcntl.LOCK_EX, 1, place)
