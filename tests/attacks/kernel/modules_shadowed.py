# Puts files named like NumPy, scikit-learn and IPython's extensions beside the notebook. Keeps: a b.
# %% layout
def folder(path):
    for name in ("numpy", "sklearn", "keras", "matplotlib", "ast", "json", "sitecustomize", "usercustomize", "helpers"):
        (path / f"{name}.py").write_text("raise SystemExit('shadowed')\n")
