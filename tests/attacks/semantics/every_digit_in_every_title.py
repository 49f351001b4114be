# Titles every centroid with all ten digits, one of which is right. Keeps: a b c d e f g h i. Says: titles differ.
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axes = plt.subplots(5, 10)
for i, ax in enumerate(axes.flat):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title("0 1 2 3 4 5 6 7 8 9")
