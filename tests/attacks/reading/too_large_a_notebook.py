# Hands in a notebook of 30 MiB, most of it a picture that nobody sees. Says: has 30 MiB, and a notebook may have 20. Harms: memory.
# %% layout
import json


def folder(path):
    file = path / "lab6_kmeans.ipynb"
    made = json.loads(file.read_text())
    made["cells"][0]["metadata"]["picture"] = "A" * (30 << 20)
    file.write_text(json.dumps(made))
