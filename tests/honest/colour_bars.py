# Puts a colour bar beside each digit and one beside all centroids.
# %% step_c
digits_figure = plt.figure(figsize=(9, 8))
for i in range(9):
    plt.subplot(3, 3, i + 1)
    plt.imshow(x_train[i], cmap="gray")
    plt.colorbar()
    plt.title(f"y = {y_train[i]}")
plt.tight_layout()
plt.show()
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure, axs = plt.subplots(5, 10, figsize=(12, 6))
for i, ax in enumerate(axs.flatten()):
    picture = ax.imshow(centroids_50[i], cmap="gray", vmin=0, vmax=1)
    ax.set_title(f"digit {reference_labels_50[i]}", fontsize=8)
    ax.axis("off")
centroids_figure.colorbar(picture, ax=axs, label="brightness")
plt.show()
