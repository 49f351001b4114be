"""The class for people: `terminal` (progress and the table), `class_page` (HTML), `csv_file` (spreadsheets).

They are given rows (`grading.submission.outcome.Row`) and ask no gradebook.
"""
