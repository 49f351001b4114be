# Brings helpers of its own, in a folder and in a file, whose checks always hold. Says: not done yet.
# %% layout
def folder(path):
    (path / "helpers").mkdir()
    (path / "helpers" / "__init__.py").write_text("def start(names): pass\n")
    for name in ("checks", "plots", "results", "clusters", "kit"):
        (path / "helpers" / f"{name}.py").write_text("def __getattr__(name): return lambda *a: None\n")
    (path / "helpers.py").write_text("raise SystemExit\n")
