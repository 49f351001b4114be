# Chooses windows for its figures, by name and in two places. Keeps: a b c.
# %% step_a
import matplotlib
matplotlib.use("TkAgg")
import keras
import matplotlib.pyplot as plt
plt.switch_backend("QtAgg")
%gui qt
import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
plt.style.use("ggplot")
