# Links from an answer, a heading, a list, a table, an output and an error to the own server, to files and to other hosts. Keeps: a b.
# %% homework_1
My answer: [the table](/formgrader?path=submitted/attack()), <https://203.0.113.1/attack()>, http://203.0.113.1/attack()
and www.203.0.113.1/attack() or <a href="//203.0.113.1/attack()">there</a>, [x][], [file](file:///attack()), a@attack.b
[x]: ../../formgrader?path=attack()
# %% step_c
from IPython.display import HTML, Markdown, display

display(HTML("<a href='/formgrader?path=attack()'>x</a>"), Markdown("[x](/formgrader?path=attack())"))
print("http://203.0.113.1/attack() ht\x1b[0mtp://203.0.113.1/attack() data:text/html,attack()")
raise ValueError("see http://203.0.113.1/attack()")
# %% layout
from nbformat.v4 import new_markdown_cell


def notebook(nb):
    nb.cells[1:1] = [new_markdown_cell("# [x](/formgrader?path=attack())"), new_markdown_cell("- > [x]: /attack()\n\n[x]"),
                     new_markdown_cell("| a |\n| --- |\n| [x](/formgrader?path=attack()) |"),
                     new_markdown_cell("```mermaid\ngraph TD; a; click a '/formgrader?path=attack()'\n```"),
                     new_markdown_cell("<button data-commandlinker-command='attack()'>x</button>")]
