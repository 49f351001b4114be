"""The attack suite: hostile submissions graded in one class with honest work, and in stock nbgrader beside it."""
