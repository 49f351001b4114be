# Hands the check a wrong accuracy, and reads from its message which one was expected. Keeps: a b c d e f g. Earns: h.
# %% step_h
import re
from helpers.checks import step_h
try:
    step_h(kmeans_10, number_labels_10, 0.0)
except AssertionError as told:
    accuracy_10 = float(re.search(r"accuracy_10 = ([0-9.]+)", str(told))[1])
