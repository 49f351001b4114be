# Recurses until the stack of C is full. Keeps: a b. Says: its kernel died.
# %% step_c
import sys, threading
sys.setrecursionlimit(10 ** 9)
exec("def f(n): return [n].sort(key=lambda i: f(n + 1))\nf(0)")
