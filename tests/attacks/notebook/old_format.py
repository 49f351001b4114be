# Is a notebook of format 3, which has worksheets.
# %% layout
import json


def folder(path):
    cells = [{"cell_type": "code", "input": "print(1)", "outputs": [], "language": "python", "metadata": {}}]
    (path / "lab6_kmeans.ipynb").write_text(json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""},
                                                        "worksheets": [{"cells": cells, "metadata": {}}]}))
