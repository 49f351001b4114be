"""One submission: bytes in, graded notebook, scores and feedback out, wherever that is done.

Read `task` first (the whole way), then what it goes through: `received` and `decode` (bytes become a notebook),
`identity` and `restore` (the assignment's cells), `execute` (behind the wall), `verify` (evidence becomes points),
`outcome` (what became of it, for whoever asks). `worker` is the process that does all of it, with a budget.
"""
