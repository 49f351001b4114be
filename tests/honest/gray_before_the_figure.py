# Calls plt.gray() before the figure exists, as the walk-through does: an empty figure more, yet all in grey.
# %% step_c
plt.gray()
digits_figure = plt.figure(figsize=(9, 9))
for i in range(9):
    plt.subplot(3, 3, i + 1)
    plt.imshow(x_train[i])
    plt.title(f"Number: {y_train[i]}")
    plt.subplots_adjust(0.2)
plt.show()
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28) * 255
plt.gray()
centroids_figure, axes = plt.subplots(5, 10, figsize=(20, 10))
for i, ax in enumerate(axes.flat):
    ax.matshow(centroids_50[i])
    ax.set_title(f"Number: {reference_labels_50[i]}")
    ax.axis("off")
