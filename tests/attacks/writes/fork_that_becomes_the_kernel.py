# Forks: the child goes on as the kernel, the parent ends at once. Says: its kernel died.
# %% first
import os
if os.fork():
    os._exit(0)
