# Mounts a drive and installs packages, as in Google Colab. Keeps: a b c.
# %% step_a
%pip install -q scikit-learn
!pip install -q keras
%tensorflow_version 2.x
from google.colab import drive, files
drive.mount("/content/drive")
for name in files.upload():
    print(name)
%conda install -y matplotlib
import keras
import matplotlib.pyplot as plt
import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.metrics import accuracy_score
