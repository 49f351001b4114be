"""What runs inside the wall. It is bound into it as a folder and imports nothing else of the grader."""
