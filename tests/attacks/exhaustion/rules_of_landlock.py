# Makes sets of rules for Landlock, of 65,536 rules each, which are no process's memory. Keeps: a b. Harms: memory.
# %% step_c
import ctypes, os, time
libc = ctypes.CDLL(None, use_errno=True)
sets = []
while (rules := libc.syscall(444, (ctypes.c_uint64 * 2)(0, 3), 16, 0)) >= 0:
    for port in range(65536):
        libc.syscall(445, rules, 2, (ctypes.c_uint64 * 2)(1, port), 0)
    sets.append(rules)
raise OSError(ctypes.get_errno(), len(sets))
