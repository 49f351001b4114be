# Imports, out of habit, a package in its second line that is not there when it is graded. Says: a: its cell ended with ModuleNotFoundError: No module named 'pandas'.
# %% step_a
import numpy as np
import pandas as pd
import keras
import matplotlib.pyplot as plt
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
