# Draws with origin="lower" and turns the axis back, and makes the grid with add_gridspec.
# %% step_c
digits_figure = plt.figure()
grid = digits_figure.add_gridspec(3, 3)
for i in range(9):
    ax = digits_figure.add_subplot(grid[i // 3, i % 3])
    ax.imshow(x_train[i], origin="lower", cmap="gist_gray")
    ax.invert_yaxis()
# %% step_j
centroids_50 = np.reshape(kmeans_50.cluster_centers_, (50, 28, 28, 1))
centroids_figure = plt.figure(figsize=(11, 6))
grid = centroids_figure.add_gridspec(5, 10, hspace=0.5)
for i, image in enumerate(centroids_50):
    ax = centroids_figure.add_subplot(grid[i // 10, i % 10])
    ax.imshow(image[:, :, 0], cmap="grey")
    ax.set_title(f"Digit {reference_labels_50[i]}", loc="left", fontsize=6)
