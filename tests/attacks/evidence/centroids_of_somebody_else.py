# Pastes the centroids of somebody else's fit as numbers into the notebook. Keeps: a b c d e. Earns: f.
# %% step_f_function
# %% step_f
import base64
kmeans_10 = MiniBatchKMeans(10)
kmeans_10.cluster_centers_ = np.frombuffer(base64.b64decode("PASTED"), "float32").reshape(10, 784)
# %% layout
import base64

from sklearn.cluster import MiniBatchKMeans

from helpers import data


def notebook(nb):
    fit = MiniBatchKMeans(10, random_state=3).fit(data.mnist().x_train.reshape(-1, 784).astype("float32") / 255)
    pasted = base64.b64encode(fit.cluster_centers_.astype("float32")).decode()
    for cell in nb.cells:
        cell.source = cell.source.replace("PASTED", pasted)
