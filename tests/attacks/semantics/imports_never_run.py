# Writes the imports where they are never run, and gives the names to other things. Says: not done yet.
# %% step_a
if False:
    import keras, numpy as np, matplotlib.pyplot as plt
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.metrics import accuracy_score
