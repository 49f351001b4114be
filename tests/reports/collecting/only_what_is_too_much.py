# People whose only file has too long a name, is too large or says when it was handed in, one named so that a cut name would be another's. Must: all stand in the table.
# %% download
platform = "canvas"


def download(zipped, notebook):
    long = "a_very_2_long_name" * 20
    name = "x" * 240                    # what somebody is called, as far as Canvas has it
    return {"all.zip": zipped((f"ada_1_9_{long}.ipynb", notebook), (f"bob_3_9_{long}.pdf", b"%PDF"),
                              (f"eve_2_3_{name}_4_9_lab6_kmeans.ipynb", notebook),
                              (f"{name}李明李明_5_9_{long}.ipynb", notebook),
                              ("dan_6_9_lab6_kmeans.ipynb", bytes(51 * 2 ** 20)),
                              ("gus_8_9_timestamp.txt", b"x"))}


# %% must
collected = {"1": ["lab6_kmeans.ipynb"], "3": [("a_very_2_long_name" * 20 + ".pdf")[-60:]],
             "5": ["lab6_kmeans.ipynb"], "6": ["lab6_kmeans.ipynb.left-out"], "8": ["left-out.txt"]}
says = ["larger than a submission may be, and was left out", "no notebook: 3 (", "6 (lab6_kmeans.ipynb.left-out", "8 ("]
