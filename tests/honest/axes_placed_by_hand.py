# Places each axes with add_axes, in negative, and writes the digit as text below the image.
# %% step_c
digits_figure = plt.figure(figsize=(4, 4))
for i in range(9):
    row, column = divmod(i, 3)
    ax = digits_figure.add_axes([column / 3, (2 - row) / 3, 0.3, 0.3])
    ax.imshow(x_train[i], cmap="Greys")
    ax.axis("off")
# %% step_j
centroids_50 = np.array(kmeans_50.cluster_centers_)
centroids_figure = plt.figure(figsize=(10, 6))
for i in range(50):
    row, column = i // 10, i % 10
    ax = centroids_figure.add_axes([column / 10, (4 - row) / 5, 0.08, 0.16])
    ax.imshow(centroids_50[i].reshape(28, 28), cmap="binary")
    ax.set_axis_off()
    ax.text(0, -1, str(reference_labels_50[i]), color="red")
