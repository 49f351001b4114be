# Draws four of nine digits before its loop ends with an error. Keeps: a b. Says: c: its cell ended with KeyError: 4.
# %% step_c
titles = {0: "5", 1: "0", 2: "4", 3: "1"}
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i], cmap="gray")
    ax.set_title(titles[i])
