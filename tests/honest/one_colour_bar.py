# Calls colorbar() once, after the loop: it takes a part of the last image's place.
# %% step_c
digits_figure = plt.figure(figsize=(8, 8))
for i in range(9):
    plt.subplot(3, 3, i + 1)
    plt.imshow(x_train[i], cmap="gray")
    plt.title(f"y = {y_train[i]}")
plt.colorbar()
plt.show()
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure = plt.figure(figsize=(12, 7))
for i in range(50):
    plt.subplot(5, 10, i + 1)
    plt.imshow(centroids_50[i], cmap="gray")
    plt.title(reference_labels_50[i])
    plt.axis("off")
plt.colorbar(orientation="horizontal")
plt.show()
