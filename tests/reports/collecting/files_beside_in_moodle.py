# A module and data that the notebook reads, uploaded beside it or in an archive. Must: they lie where it finds them.
# %% download
platform = "moodle"


def download(zipped, notebook):
    place = "A B_{}_assignsubmission_file/{}"
    packed = [("lab6/lab6_kmeans.ipynb", notebook), ("lab6/tools.py", b"t = 1"), ("lab6/data/x.csv", b"1"),
              ("lab6/.git/HEAD", b""), ("lab6/__pycache__/tools.pyc", b""), ("__MACOSX/lab6/._tools.py", b"")]
    return {"all.zip": zipped(
        (place.format(401, "lab6_kmeans.ipynb"), notebook), (place.format(401, "tools.py"), b"t = 1"),
        (place.format(402, "lab6.zip"), zipped(*packed)),
        (place.format(403, "lab6_kmeans.ipynb"), notebook), (place.format(403, "tools.py"), b"right"),
        (place.format(403, "more.zip"), zipped(("tools.py", b"other"), ("data/x.csv", b"1"))),
        (place.format(404, "lab6_kmeans.ipynb"), notebook), (place.format(404, "timestamp.txt"), b"2020-01-01"),
        (place.format(404, "Timestamp.TXT"), b"2020-01-01"), (place.format(404, "d/" * 30 + "deep.txt"), b""))}


# %% must
collected = {"401": ["lab6_kmeans.ipynb", "tools.py"], "402": ["data/x.csv", "lab6_kmeans.ipynb", "tools.py"],
             "403": ["data/x.csv", "lab6_kmeans.ipynb", "tools.py"], "404": ["lab6_kmeans.ipynb"]}
contents = {"403/tools.py": b"right"}
says = ["Student 403 handed in two files tools.py. Not collected: tools.py", "Of student 404 left out", "timestamp.txt"]
