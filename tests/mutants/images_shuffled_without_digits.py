# Shuffles the training images but not their digits. Loses: b. Says: changed or reordered
# %% step_b
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
np.random.shuffle(x_train)
# %% step_c
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i], cmap="gray")
