# Unpacks the digits as images of the test set. Loses: b. Says: this is the shape of x_test
# %% step_b
(x_train, x_test), (y_train, y_test) = keras.datasets.mnist.load_data()
# %% step_c
x_test, y_train = y_train, x_test
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i], cmap="gray")
