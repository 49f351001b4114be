"""Written answers, marked a question at a time over the whole class: a person decides, and what can be known is there.

Read `store` first (marks in nbgrader's gradebook, who gave what, undo), then `answers` (what is shown of each), `alike`
(which stand together), `numbers` and `places` (what their words agree with), `progress` (how far it is) and `page` (all
of it on one page). `grading.server.marking` answers the browser.
"""
