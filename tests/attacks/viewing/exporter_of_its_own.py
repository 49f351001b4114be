# Names a module of its own as the program that exports it, and links to the address that exports it.
# %% homework_1
See [my code](http://127.0.0.1:8888/nbconvert/script/submitted/exporter_of_its_own/lab6_kmeans/lab6_kmeans.ipynb).
# %% layout
def notebook(nb):
    nb.metadata.language_info = {"name": "python",
                                 "nbconvert_exporter": "submitted.exporter_of_its_own.lab6_kmeans.exporter.Exporter"}


def folder(path):
    mark = path.parents[2] / "mark.txt"
    (path / "exporter.py").write_text(f"open({str(mark)!r}, 'w').write('an exporter ran')\n")
