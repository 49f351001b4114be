# The index does not change, so that one image is drawn nine times. Loses: c. Says: the same image
# %% step_c
digits_figure, axes = plt.subplots(3, 3)
i = 0
for ax in axes.flat:
    ax.imshow(x_train[i], cmap="gray")
