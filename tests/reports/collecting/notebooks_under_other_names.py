# Browsers, file managers and Colab rename what they save. Must: a student's only notebook is taken, and the lab's first.
# %% download
platform = "moodle"
NAMES = ["lab6_kmeans.ipynb.json", "lab6_kmeans.ipynb.txt", "lab6_kmeans.IPYNB", "LAB6_KMEANS.Ipynb.JSON",
         "Copy of lab6_kmeans.ipynb", "lab6_kmeans-Copy1.ipynb", "lab6_kmeans (1) (2).ipynb", "lab6_kmeans.ipynb.ipynb",
         "lab6.ipynb", "sub/Untitled.ipynb.txt"]


def download(zipped, notebook):
    files = [(f"A B_{201 + i}_assignsubmission_file/{name}", notebook) for i, name in enumerate(NAMES)]
    return {"all.zip": zipped(
        *files, ("A B_301_assignsubmission_file/lab6_kmeans.ipynb", notebook),
        ("A B_301_assignsubmission_file/lab6_kmeans.ipynb.json", b"old"),
        ("A B_301_assignsubmission_file/scratch.ipynb", b"{}"),
        ("A B_302_assignsubmission_file/one.ipynb", notebook), ("A B_302_assignsubmission_file/two.ipynb", notebook),
        ("A B_303_assignsubmission_file/all.zip", zipped(("work/Lab6_kmeans.IPYNB", notebook))))}


# %% must
collected = {**{str(201 + i): ["lab6_kmeans.ipynb"] for i in range(len(NAMES))},
             "301": ["lab6_kmeans.ipynb", "scratch.ipynb"], "302": ["one.ipynb", "two.ipynb"],
             "303": ["lab6_kmeans.ipynb"]}
says = ["Student 209 handed in lab6.ipynb, and no other notebook: collected as lab6_kmeans.ipynb",
        "Student 301 handed in two notebooks lab6_kmeans. Collected: lab6_kmeans.ipynb. Not collected: "
        "lab6_kmeans.ipynb.json",
        "Handed something in, but no notebook: 302 (one.ipynb: a notebook of another name, "]
