# Brings the same tag hundreds of thousands of times, which nbformat compares with each other. Keeps: a b. Harms: it takes all the time there is.
# %% layout
import json


def folder(path):
    file = path / "lab6_kmeans.ipynb"
    made = json.loads(file.read_text())
    made["cells"][0]["metadata"]["tags"] = ["x"] * 300_000
    file.write_text(json.dumps(made))
