# The same in Canvas, where each upload lies beside everybody's. Must: each file goes to its own student.
# %% download
platform = "canvas"


def download(zipped, notebook):
    return {"submissions.zip": zipped(
        ("ada_101_9001_lab6_kmeans-1.ipynb", notebook), ("ada_101_9002_tools.py", b"of ada"),
        ("bob_102_9003_tools.py", b"of bob"), ("bob_102_9004_lab6.zip", zipped(("x/lab6_kmeans.ipynb", notebook),
                                                                              ("x/bob.py", b""))))}


# %% must
collected = {"101": ["lab6_kmeans.ipynb", "tools.py"], "102": ["bob.py", "lab6_kmeans.ipynb", "tools.py"]}
contents = {"101/tools.py": b"of ada", "102/tools.py": b"of bob"}
says_not = ["two"]
