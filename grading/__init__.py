"""What the instructor runs. `helpers` knows nothing of it."""
