# Gives the name of the figure to the axes. Loses: c. Says: another call returned
# %% step_c
fig, digits_figure = plt.subplots(3, 3)
for i, ax in enumerate(digits_figure.flat):
    ax.imshow(x_train[i], cmap="gray")
