# Draws with plt.subplot on the current figure after plt.gray(), and takes the figure before plt.show().
# %% step_c
plt.figure(figsize=(5, 5))
plt.gray()
for i in range(9):
    plt.subplot(3, 3, i + 1)
    plt.imshow(x_train[i])
    plt.axis("off")
digits_figure = plt.gcf()
plt.show()
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape((-1, 28, 28))
plt.figure(figsize=(12, 7))
for i in range(50):
    plt.subplot(5, 10, i + 1)
    plt.imshow(centroids_50[i])
    plt.title(reference_labels_50[i])
    plt.xticks([])
    plt.yticks([])
plt.tight_layout()
centroids_figure = plt.gcf()
plt.show()
