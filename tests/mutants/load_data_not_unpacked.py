# Keeps what load_data returns under one name only. Loses: b. Says: is an array of numbers
# %% step_b
x_train, x_test = keras.datasets.mnist.load_data()
y_train, y_test = x_train[1], x_test[1]
# %% step_c
x_train, x_test = x_train[0], x_test[0]
digits_figure, axes = plt.subplots(3, 3)
for i, ax in enumerate(axes.flat):
    ax.imshow(x_train[i], cmap="gray")
