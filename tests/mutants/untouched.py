# Nothing is done: every cell as released. Loses: a b c d e f g h i j. Says: not done yet
# %% step_a
# Your code here
# %% step_b
# Your code here
# %% step_c
# Your code here
# %% step_d
# Your code here
# %% step_e
# Your code here
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
