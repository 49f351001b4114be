# Draws with ImageGrid from mpl_toolkits, which places its axes when the figure is drawn.
# %% step_c
from mpl_toolkits.axes_grid1 import ImageGrid

digits_figure = plt.figure(figsize=(5, 5))
grid = ImageGrid(digits_figure, 111, nrows_ncols=(3, 3), axes_pad=0.1)
for ax, image in zip(grid, x_train[:9]):
    ax.imshow(image, cmap="gray")
plt.show()
# %% step_j
centroids_50 = kmeans_50.cluster_centers_.reshape(50, 28, 28)
centroids_figure = plt.figure(figsize=(12, 7))
grid = ImageGrid(centroids_figure, 111, nrows_ncols=(5, 10), axes_pad=0.3)
for i, ax in enumerate(grid):
    ax.imshow(centroids_50[i], cmap="gray")
    ax.set_title(reference_labels_50[i], fontsize=8)
    ax.axis("off")
plt.show()
