# Draws nine images picked at random. Loses: c. Says: x_train[0] to x_train[8], in reading order
# %% step_c
np.random.seed(9)
digits_figure, axes = plt.subplots(3, 3)
for ax in axes.flat:
    ax.imshow(x_train[np.random.randint(60000)], cmap="gray")
