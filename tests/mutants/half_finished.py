# Done up to step e, the rest untouched. Loses: f g h i j. Says: not done yet
# %% step_f_function
def retrieve_info(cluster_labels, y):
    """Return a dict from each cluster in cluster_labels to its most frequent digit in y."""
    # Your code here
# %% step_f
# Your code here
# %% step_g
# Your code here
# %% step_h
# Your code here
# %% step_i
# Your code here
# %% step_j
# Your code here
