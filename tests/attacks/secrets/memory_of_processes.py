# Searches the memory of its process, of its frames and of all others for what was left by somebody else.
# %% first
import gc, glob, re, sys

frame, found = sys._getframe(), []
while frame:
    found, frame = [*found, str(frame.f_locals)[:10 ** 5]], frame.f_back
found += [item for item in gc.get_objects() if isinstance(item, str)]
print(*re.findall(r"canary-of-[\w ]+-\w+", str(found)))
for path in glob.glob("/proc/*/mem"):
    try:
        print(open(path, "rb").read(100))
    except OSError as error:
        print(error)
