# Was saved in an old encoding by an editor, with an umlaut. Says: is not in UTF-8, as notebooks are. Waits: 1 2 3.
# %% layout
def folder(path):
    file = path / "lab6_kmeans.ipynb"
    text = file.read_text().replace("# Lab 6", "# Übung 6")
    file.write_bytes(text.encode("latin-1", errors="replace"))
