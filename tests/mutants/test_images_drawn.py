# Draws the test images. Loses: c. Says: the images come from x_test
# %% step_c
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_test[i], cmap="gray")
