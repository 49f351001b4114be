# Keeps only the first 6000 training images in step b. Loses: b. Says: only a part was kept
# %% step_b
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train, y_train = x_train[:6000], y_train[:6000]
# %% step_c
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i], cmap="gray")
