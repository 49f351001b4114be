"""The whole class: `run` is what the commands do, `classroom` who handed in what, `people` and `roster` who is known.

`coordinator` lets work become grades on `executors`, and `records` is the one writer of gradebook and folders (with
`gradebook_sql` and `atomic`). `watch` grades what comes in, `receipts` signs what is handed out of it, and `extensions`
says who has longer. `commands` runs nbgrader's own, and `release` makes what students get.
"""
