# Draws the nine images in one row. Loses: c. Says: 1 row and 9 columns
# %% step_c
digits_figure, axes = plt.subplots(1, 9, figsize=(9, 1))
for i, ax in enumerate(axes):
    ax.imshow(x_train[i], cmap="gray")
