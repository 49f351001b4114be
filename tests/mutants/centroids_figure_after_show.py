# Takes the figure of the centroids after plt.show(). Loses: j. Says: after plt.show()
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
plt.figure(figsize=(10, 6))
for i in range(50):
    plt.subplot(5, 10, i + 1)
    plt.imshow(centroids_50[i], cmap="gray")
    plt.title(reference_labels_50[i])
plt.show()
centroids_figure = plt.gcf()
