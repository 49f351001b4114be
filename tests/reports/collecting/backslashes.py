# Windows' own packer writes backslashes between folders. Must: they are paths, and none of them leads outside.
# %% download
platform = "moodle"


def download(zipped, notebook):
    def of(student, *entries):
        return f"A B_{student}_assignsubmission_file/work.zip", zipped(*entries)
    return {"all.zip": zipped(
        of(1, ("work\\", b""), ("work\\lab6_kmeans.ipynb", notebook), ("work\\data\\x.csv", b"1")),
        of(2, ("..\\..\\evil.ipynb", notebook)), of(3, ("C:\\evil.ipynb", notebook)), of(4, ("\\evil.ipynb", notebook)),
        of(5, ("a\\\\evil.ipynb", notebook)), of(6, ("a/b\\lab6_kmeans.ipynb", notebook)))}


# %% must
collected = {"1": ["data/x.csv", "lab6_kmeans.ipynb"], **{student: ["work.zip"] for student in "2345"},
             "6": ["lab6_kmeans.ipynb"]}
says = [r"'..\\..\\evil.ipynb' has a path that leads elsewhere", "has an absolute path"]
