# Computes in one call that Python cannot interrupt. Keeps: a b. Says: took no interrupt. Harms: it takes all the time.
# %% step_c
import itertools
sum(itertools.repeat(0))
