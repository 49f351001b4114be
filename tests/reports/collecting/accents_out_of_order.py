# A name of 16,000 accents in an order that takes the square of their number to sort. Must: it is shortened at once.
# %% download
platform = "canvas"


def download(zipped, notebook):
    accents = "\u0301\u0323" * 8000
    return {"submissions.zip": zipped((f"ada_1_9_a{accents}.ipynb", notebook), (f"{accents}_2_9_x.ipynb", notebook),
                                      ("bob_3_9_lab6_kmeans.ipynb", notebook),
                                      ("bob_3_8_y.zip", zipped((f"a{accents}/x.txt", b""), ("z.txt", b""))))}


# %% must
collected = {"1": ["lab6_kmeans.ipynb"], "2": ["lab6_kmeans.ipynb"], "3": ["lab6_kmeans.ipynb", "x.txt", "z.txt"]}
says = ["too much in its name, and was taken as"]
