# Puts modules beside the notebook that a kernel imports by itself, or in the first cell that whoever looks at it runs.
# %% layout
def folder(path):
    mark = path.parents[2] / "mark.txt"
    for name in ("sitecustomize", "IPython", "traitlets", "random", "debugpy", "django", "pdb", "psutil", "sqlite3",
                 "numpy", "helpers"):
        (path / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write('{name} was imported')\n")
