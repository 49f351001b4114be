# Shows fifteen tables whose cells span a thousand columns and 65,534 rows, and one that Markdown fills up to a million cells. Keeps: a b.
# %% layout
from nbformat.v4 import new_markdown_cell


def notebook(nb):
    rows = ("<tr>" + "<td colspan=1000 rowspan=65534>" * 20 + "</tr>") * 14
    nb.cells[1:1] = [new_markdown_cell(f"<table>{rows}</table>") for _ in range(15)]
    nb.cells.insert(1, new_markdown_cell("|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + "|\n" * 2000))
