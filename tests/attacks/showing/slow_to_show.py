# Writes Markdown, code and HTML that take hours to be turned into a page. Keeps: a b.
# %% step_c
from IPython.display import HTML, display
display(HTML("<div>" * 200_000))
# %% layout
from nbformat.v4 import new_code_cell, new_markdown_cell


def notebook(nb):
    done = next(i for i, cell in enumerate(nb.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == "check_c")
    nb.cells.insert(done + 1, new_code_cell("if False: " + "a." * 200_000 + "a"))       # IPython stays in it, too
    tags = "".join(f"<b a={i}>" for i in range(600))
    nb.cells[1:1] = [new_markdown_cell("![" * 500_000), new_markdown_cell("[^1]" * 200_000),
                     new_markdown_cell('```ansys\n"' + "\\" * 60 + "\n```"),    # a pattern that is searched for years
                     *(new_markdown_cell((tags + "<p>x" * 2500)[:9_990]) for _ in range(5)),
                     new_markdown_cell("![](attachment:a)\n" * 500, attachments={"a": {"image/png": "A" * 2_000_000}})]
