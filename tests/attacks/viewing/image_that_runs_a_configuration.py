# Shows an image whose address is the formgrader's, with a folder's configuration: looking at it would run that.
# %% layout
from nbformat.v4 import new_markdown_cell

ADDRESS = "http://127.0.0.1:8888/formgrader?path=submitted/image_that_runs_a_configuration/lab6_kmeans"


def notebook(nb):
    nb.cells.insert(0, new_markdown_cell(f'![a table]({ADDRESS})'))


def folder(path):
    mark = path.parents[2] / "mark.txt"
    (path / "nbgrader_config.py").write_text(f"open({str(mark)!r}, 'w').write('a configuration ran')\n")
