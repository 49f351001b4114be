# Forgets the colour map in step c. Loses: c. Says: imshow was called without a colour map
# %% step_c
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i])
