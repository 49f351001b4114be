# Puts modules beside the notebook that a kernel imports before its first cell.
# %% layout
def folder(path):
    mark = path.parents[2] / "mark.txt"
    for name in ("sitecustomize", "usercustomize", "IPython", "traitlets", "random", "platform", "tornado", "zmq"):
        (path / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write('{name} was imported')\n")
