# Keeps the digits in plain lists, predicts instead of reading labels_, and rounds accuracies to four digits.
# %% step_g
clusters = kmeans_10.predict(X_train)
reference_labels_10 = retrieve_info(clusters, y_train)
number_labels_10 = []
for c in clusters:
    number_labels_10.append(int(reference_labels_10[c]))
# %% step_h
accuracy_10 = round(accuracy_score(y_train, number_labels_10), 4)
print(f"{accuracy_10:.2%}")
# %% step_i
kmeans_50 = MiniBatchKMeans(n_clusters=50, random_state=2024)
kmeans_50.fit(X_train)
clusters = kmeans_50.predict(X_train)
reference_labels_50 = retrieve_info(clusters, y_train)
number_labels_50 = [int(reference_labels_50[c]) for c in clusters]
accuracy_50 = round(accuracy_score(y_train, number_labels_50), 4)
