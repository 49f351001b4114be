# An archive of 9,990 empty files around a notebook. Must: the notebook is taken, and the rest is a line.
# %% download
platform = "moodle"


def download(zipped, notebook):
    many = [(f"x/{i:04}.txt", b"") for i in range(9990)]
    return {"all.zip": zipped(
        ("A B_1_assignsubmission_file/work.zip", zipped(*many, ("x/lab6_kmeans.ipynb", notebook))),
        ("A B_2_assignsubmission_file/lab6_kmeans.ipynb", notebook))}


# %% must
collected = {"1": [*(f"{i:04}.txt" for i in range(999)), "lab6_kmeans.ipynb"], "2": ["lab6_kmeans.ipynb"]}
says = ["work.unpacked holds 9,991 files, and a submission may bring 1,000. Left out: 0999.txt, ", " and 8,981 more."]
lines = 6
