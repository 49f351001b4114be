# The import of Matplotlib is commented out. Loses: a. Says: Matplotlib's pyplot imported
# %% step_a
import keras
# import matplotlib.pyplot as plt
import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
# %% step_c
import matplotlib.pyplot as plt
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i], cmap="gray")
