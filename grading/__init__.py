"""What the instructor runs. `helpers` knows nothing of it.

From the command to the point, in reading order: `cli` and `run` are the commands; `coordinator` hands submissions to
the workers of `cluster` and is the one that saves. `task` is the work on one submission, in a course of its own
(`workplace`), by nbgrader with these steps: `restore` (with `identity`), `execute` (in `kernel`, behind the wall),
`verify` (with `reading`, `errors` and `facts`), `shorten` and `marked`. `html` is how its feedback is written.

Around it: `classroom` knows who handed in what, `submission` reads it, `records` (with `queries` and `staged`) writes
the gradebook and the folders, `report`, `page` and `charts` show what came of it. `release`, `collect` and `export`
(with `roster`) are the ways to students and platforms, `marking` is for written answers, `server` guards whoever looks
at what was handed in, and `attacks` tries all of it.
"""
