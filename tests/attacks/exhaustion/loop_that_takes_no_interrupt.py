# Loops and takes no interrupt. Keeps: a b. Says: took no interrupt. Harms: it takes all the time there is.
# %% step_c
while True:
    try:
        while True:
            pass
    except KeyboardInterrupt:
        pass
