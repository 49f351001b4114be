# Draws all images into the same axes. Loses: c. Says: 1 image
# %% step_c
digits_figure = plt.figure()
for i in range(9):
    plt.imshow(x_train[i], cmap="gray")
