# Has pictures whose address is the formgrader's own, with a folder of the submission in it that holds a configuration. Keeps: a b.
# %% homework_1
My answer. ![my drawing](/formgrader?path=submitted/attack()/lab6_kmeans) <img src="/formgrader?path=attack()">
# %% step_c
from IPython.display import HTML, Image, display

display(HTML("<img src='/formgrader?path=attack()'>"), Image(url="/formgrader?path=attack()"))
# %% layout
from nbformat.v4 import new_markdown_cell


def notebook(nb):
    nb.cells[1:1] = [new_markdown_cell("![x](../../../formgrader?path=attack())"),
                     new_markdown_cell("![x][y]\n\n[y]: //203.0.113.1/attack().png"),
                     new_markdown_cell("![x](data:image/svg+xml,attack()) ![x](files/attack().png)")]


def folder(path):
    (path / "nbgrader_config.py").write_text("raise SystemExit('attack')\n")
