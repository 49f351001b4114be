"""What the steps of any lab are made of; it knows no lab.

Read `step` first (a lab, and a step declared once), then `kinds` (what a check looks at), `wire` (how that travels as
plain data, and is read back as hostile bytes), `verdict` (what a check found), and `show` and `session` (what
IPython shows of it). A lab uses `step`, `kinds`, `verdict` and `show`; a grader uses `step` and `wire`.
"""
