"""Written answers, marked a question at a time over the whole class: a person decides, and what can be known is there.

Read `store` first (marks in nbgrader's gradebook, who gave what, undo), then `answers` (what is shown of each), `alike`
(which stand together), `numbers` and `places` (what their words agree with), `progress` (how far it is), `page` (all of
it on one page) and `imported` (marks from a file). `mark_command` is the command; `server.marking` answers the browser.
"""
