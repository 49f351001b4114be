"""What people may be shown of a submission: nothing in it runs, leads anywhere, covers anything or never ends.

Read `text`, `pictures` and `formulas` first (one kind of content each), then `html` (the filters of our pages), `inert`
(what a graded notebook keeps, wherever it is opened) and `shorten` (how much). `marking` puts the scheme of the marks
above an answer.
"""
