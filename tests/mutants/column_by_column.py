# Fills the grid column by column. Loses: c. Says: rows and columns may be exchanged
# %% step_c
digits_figure, axes = plt.subplots(3, 3)
for i in range(9):
    axes[i % 3, i // 3].imshow(x_train[i], cmap="gray")
