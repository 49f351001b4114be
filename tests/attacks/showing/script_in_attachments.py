# Hides a script in an attachment, in the name of a file and in metadata that pages show. Keeps: a b.
# %% layout
from nbformat.v4 import new_markdown_cell


def notebook(nb):
    cell = new_markdown_cell("![x](attachment:a.svg) ![\" onerror=attack() \"](attachment:a.svg)")
    cell.attachments = {"a.svg": {"image/svg+xml": "PHN2ZyBvbmxvYWQ9ImF0dGFjaygpIj48L3N2Zz4="}}
    nb.cells.insert(1, cell)
    nb.metadata.title = "</title><script>attack()</script>"
    nb.metadata.language_info = {"name": "</script><script>attack()</script>", "pygments_lexer": "html"}
