# Draws four images only, in a grid of nine. Loses: c. Says: 4 images
# %% step_c
digits_figure, axes = plt.subplots(3, 3)
for i in range(4):
    axes.flat[i].imshow(x_train[i], cmap="gray")
