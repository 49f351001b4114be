"""What the instructor runs. It is told the lab that it grades by `lab`; `helpers` knows nothing of it.

Each room says what it is for, and knows those above it alone:

- `shown`: what people may be shown of a submission, harmless
- `wall`: where students' code runs
- `submission`: one submission, bytes in, graded out: read, restore, execute, verify, shorten
- `pages`: the class for people: the table on the terminal, the page, CSV
- `course`: the whole class: the folder, the run, its workers, and the gradebook's one writer
- `marking`: written answers, marked a question at a time
- `platforms`: ways from and to Canvas, Moodle and others
- `server`: in front of nbgrader's pages in Jupyter, and the page for marking

`cli` has the commands, and `doctor` tries the wall and the server on this machine.
"""
