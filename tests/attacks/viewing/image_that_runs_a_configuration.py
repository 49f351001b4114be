# Shows an image whose address is the formgrader's, with a folder's configuration: looking at it would run that.
# %% homework_2
![a table](http://127.0.0.1:8888/formgrader/?x=1&path=submitted/image_that_runs_a_configuration/lab6_kmeans&path=.)
# %% layout
def folder(path):
    mark = path.parents[2] / "mark.txt"
    (path / "nbgrader_config.py").write_text(f"open({str(mark)!r}, 'w').write('a configuration ran')\n")
