# Computes in one call that Python cannot interrupt. Keeps: a b. Says: took no interrupt. Harms: it takes all the time.
# %% step_c
2 ** (2 ** 40) if False else pow(7, 10 ** 9)
