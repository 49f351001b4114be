# Puts a launcher of kernels beside the notebook, which a kernel started in that folder would be started by.
# %% layout
def folder(path):
    mark = path.parents[2] / "mark.txt"
    (path / "ipykernel_launcher.py").write_text(f"open({str(mark)!r}, 'w').write('a launcher ran')\n")
