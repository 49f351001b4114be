# Prints a million ends of lines and two hundred thousand colours, for a page of twelve million pixels that takes half a minute to make. Keeps: a b.
# %% step_c
import sys

for number in range(10):
    sys.stdout.write("\n" * 49_000 + "\x1b[31ma\x1b[1mb" * 4_000)
    sys.stdout.flush()
    sys.stderr.write("\x1b[38;2;1;2;3ma" * 6_000)
    sys.stderr.flush()
