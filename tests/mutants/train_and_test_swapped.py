# Unpacks the test set first. Loses: b. Says: this is the shape of x_test
# %% step_b
(x_test, y_test), (x_train, y_train) = keras.datasets.mnist.load_data()
# %% step_c
x_train, y_train, x_test, y_test = x_test, y_test, x_train, y_train
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i], cmap="gray")
