# Brings outputs of no known kind, of which nbformat makes gigabytes of errors. Keeps: a b. Harms: memory.
# %% layout
import json


def folder(path):
    file = path / "lab6_kmeans.ipynb"
    made = json.loads(file.read_text())
    next(cell for cell in made["cells"] if cell["cell_type"] == "code")["outputs"] = [{"output_type": "x"}] * 100_000
    file.write_text(json.dumps(made))
