# Does most steps, and loses them to one absent package. Flags: 6 steps were lost after one error in the cell of step a: ModuleNotFoundError: No module named 'pandas'. Says: c: its cell ended with NameError: name 'plt' is not defined.
# %% step_a
import numpy as np
import pandas as pd
import keras
import matplotlib.pyplot as plt
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
# %% step_b
# %% step_c
# %% step_d
# %% step_e
# %% step_f
