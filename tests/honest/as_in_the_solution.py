# Every cell as in the source notebook.
