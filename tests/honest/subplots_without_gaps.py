# Takes the space between the pictures away with gridspec_kw, and draws on 0..255 again with a fixed range.
# %% step_c
digits_figure, axes = plt.subplots(3, 3, figsize=(6, 6), gridspec_kw={"wspace": 0, "hspace": 0}, squeeze=False)
for (row, column), ax in np.ndenumerate(axes):
    ax.imshow(x_train[row * 3 + column], cmap=plt.get_cmap("gray"))
    ax.set_axis_off()
digits_figure.subplots_adjust(left=0, right=1, bottom=0, top=1)
digits_figure.savefig("digits.png")
# %% step_j
centroids_50 = [centre.reshape(28, 28) for centre in kmeans_50.cluster_centers_]
centroids_figure, axes = plt.subplots(5, 10, figsize=(10, 6), gridspec_kw={"wspace": 0.1, "hspace": 0.4})
for centre, digit, ax in zip(centroids_50, [reference_labels_50[c] for c in range(50)], axes.ravel()):
    ax.imshow((centre * 255).astype("uint8"), cmap="gray_r")
    ax.set_title("→ {}".format(digit), color="darkblue", fontsize=10, pad=2)
    ax.set_axis_off()
