# Prints its environment and that of every process that it can see.
# %% first
import glob, os

print(dict(os.environ))
for path in glob.glob("/proc/*/environ"):
    try:
        print(open(path, "rb").read())
    except OSError:
        pass
