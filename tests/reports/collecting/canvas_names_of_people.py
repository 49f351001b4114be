# Names in scripts whose letters take marks, with a dotted I, underscores or nothing left. Must: everybody is collected.
# %% download
import unicodedata

NAMES = ["y\u0131lmazi\u0307brahim", "शर्माप्रिया", "ใจดีสมชาย", "தமிழ்செல்வன்", "বন্দ্যোপাধ্যায়অনন্যা", "李明",
         unicodedata.normalize("NFD", "müllerzoë"), unicodedata.normalize("NFC", "müllerzoë"), "o_neil", "ada_1", "",
         "كمار_علي", "ⓐ"]
platform = "canvas"


def download(zipped, notebook):
    return {"submissions.zip": zipped(*((f"{name}{'_LATE' * (i % 2)}_{500 + i}_{9500 + i}_lab6_kmeans.ipynb", notebook)
                                        for i, name in enumerate(NAMES) if name != "ada_1"))}


# %% must
collected = {str(500 + i): ["lab6_kmeans.ipynb"] for i, name in enumerate(NAMES) if name != "ada_1"}
says_not = ["Nobody's"]
