# Shows forty thousand headings, of which JupyterLab makes a table of contents for minutes, in gigabytes. Keeps: a b.
# %% step_c
from IPython.display import HTML, display

for number in range(20):
    display(HTML("<h1>x" * 2000))
# %% layout
from nbformat.v4 import new_markdown_cell


def notebook(nb):
    nb.cells[1:1] = [new_markdown_cell("# x\n\n" * 1900) for _ in range(20)]
