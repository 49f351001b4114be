# Draws each image transposed. Loses: c. Says: transposed
# %% step_c
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i].T, cmap="gray")
