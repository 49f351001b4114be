# Makes a grid of 2 × 5 and leaves one axes empty. Loses: c. Says: 2 rows and 5 columns
# %% step_c
digits_figure = plt.figure()
for i in range(9):
    plt.subplot(2, 5, i + 1)
    plt.imshow(x_train[i], cmap="gray")
