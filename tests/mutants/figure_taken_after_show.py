# Takes the current figure after plt.show(), which starts a new one. Loses: c. Says: after plt.show()
# %% step_c
plt.figure(figsize=(6, 6))
for i in range(9):
    plt.subplot(3, 3, i + 1)
    plt.imshow(x_train[i], cmap="gray")
plt.show()
digits_figure = plt.gcf()
