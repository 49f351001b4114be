# Starts at image 1 instead of 0. Loses: c. Says: starts at 1
# %% step_c
digits_figure = plt.figure()
for i in range(1, 10):
    plt.subplot(3, 3, i)
    plt.imshow(x_train[i], cmap="gray")
