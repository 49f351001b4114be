# Calls plt.gray() when all is drawn. Loses: c. Says: plt.gray() changes only the last image
# %% step_c
digits_figure = plt.figure()
for i in range(9):
    plt.subplot(3, 3, i + 1)
    plt.imshow(x_train[i])
plt.gray()
