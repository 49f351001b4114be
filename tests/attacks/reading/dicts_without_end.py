# Brings millions of empty dicts in its metadata, each of which takes memory and time. Says: holds more than 2,000,000 values. Harms: memory.
# %% layout
def folder(path):
    file = path / "lab6_kmeans.ipynb"
    text = file.read_text()
    file.write_text('{"metadata": {"x": [' + "{}," * 5_000_000 + '{}]}, ' + text[text.index('"cells"'):])
