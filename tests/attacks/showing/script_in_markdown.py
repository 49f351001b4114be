# Writes scripts into a written answer, a heading and a raw cell. Keeps: a b.
# %% homework_1
<script>attack()</script> <img src=x onerror=attack()> [x](javascript:attack()) My answer.
# %% layout
from nbformat.v4 import new_markdown_cell, new_raw_cell


def notebook(nb):
    text = "<svg onload=attack()></svg><style>* {display: none}</style><script>attack()</script>"
    nb.cells[1:1] = [new_raw_cell(text), new_markdown_cell(f"# {text}"), new_markdown_cell(f"```\n</pre>{text}\n```")]
