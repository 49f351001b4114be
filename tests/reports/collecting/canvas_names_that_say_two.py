# People choose names that read like another's number, and hand in anonymously. Must: that is nobody's, and is said.
# %% download
platform = "canvas"
NOBODYS = ["ada_2_1_9_lab6_kmeans.ipynb", "ada_1_9_2_8_lab6_kmeans.ipynb", "ada_2_3_b_1_9_lab6_kmeans.ipynb",
           "ada_2_9001_text.html", "anon_2_9_lab6_kmeans.ipynb", "LATE_anon_2_9_lab6_kmeans.ipynb", "lab6_kmeans.ipynb"]


def download(zipped, notebook):
    theirs = ["eve_7_9_my lab (1)_2_8_lab6_kmeans.ipynb"]
    return {"submissions.zip": zipped(*((name, notebook) for name in NOBODYS + theirs))}


# %% must
# Canvas keeps no space and no bracket of a name of a person, so what stands behind one is a file's.
collected = {"7": ["lab6_kmeans.ipynb"]}
says = ["Nobody's, because the name does not say whose it is, or says two", *(name[:20] for name in NOBODYS)]
