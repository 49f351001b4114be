# Draws the digits with the colour map hot. Loses: c. Says: the colour map 'hot'
# %% step_c
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i], cmap="hot")
