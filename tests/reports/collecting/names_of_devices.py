# Names that Windows keeps for devices, names with line ends, and two that differ in case. Must: nobody else loses a file.
# %% download
platform = "moodle"


def download(zipped, notebook):
    place = "A B_{}_assignsubmission_file/{}"
    return {"all.zip": zipped(
        (place.format(1, "lab6_kmeans.ipynb"), notebook), (place.format(1, "aux.txt"), b"notes"),
        (place.format(2, "con.ipynb"), notebook), (place.format(3, "lab6_kmeans.ipynb"), notebook),
        (place.format(4, "lab6_kmeans.ipynb"), notebook), (place.format(4, "a\n\x1b[2Jb.txt"), b""),
        (place.format(5, "lab6_kmeans.ipynb"), notebook), (place.format(5, "Notes.txt"), b"1"),
        (place.format(5, "notes.txt"), b"2"), (place.format(6, "lab6_kmeans.ipynb"), notebook),
        (place.format(6, "ü" * 200 + ".txt"), b""))}


# %% must
collected = {"1": ["_aux.txt", "lab6_kmeans.ipynb"], "2": ["lab6_kmeans.ipynb"], "3": ["lab6_kmeans.ipynb"],
             "4": ["a--[2Jb.txt", "lab6_kmeans.ipynb"], "5": ["Notes.txt", "lab6_kmeans.ipynb"],
             "6": ["lab6_kmeans.ipynb", "ü" * 56 + ".txt"]}
says = ["aux.txt' is named like a device", "_aux.txt'", "Student 2 handed in _con.ipynb", "two of its entries are named",
        "too much in its name, and was taken as", "All else in it was taken"]
says_not = ["\x1b"]
