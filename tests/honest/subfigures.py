# Draws each row of the grid in a subfigure of its own, and turns the pictures into negatives with Greys.
# %% step_c
digits_figure = plt.figure(figsize=(5, 5), layout="constrained")
for row, part in enumerate(digits_figure.subfigures(3, 1)):
    for column, ax in enumerate(part.subplots(1, 3)):
        ax.imshow(x_train[3 * row + column], cmap="Greys")
        ax.axis("off")
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(-1, 28, 28)
centroids_figure = plt.figure(figsize=(11, 7))
centroids_figure.suptitle("The 50 centroids")
for row, part in enumerate(centroids_figure.subfigures(5, 1, hspace=0.05)):
    for column, ax in enumerate(part.subplots(1, 10)):
        i = 10 * row + column
        ax.imshow(centroids_50[i], cmap="Greys")
        ax.set_title(str(reference_labels_50[i]), fontsize=9)
        ax.set(xticks=[], yticks=[])
