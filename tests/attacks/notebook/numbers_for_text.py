# Has cells whose source, type and outputs are of other kinds than a notebook's. Says: is not a whole notebook.
# %% layout
import json


def folder(path):
    nb = json.loads((path / "lab6_kmeans.ipynb").read_text())
    nb["cells"][1]["source"], nb["cells"][2]["outputs"], nb["cells"][3] = 7, {"a": 1}, "cell"
    (path / "lab6_kmeans.ipynb").write_text(json.dumps(nb))
