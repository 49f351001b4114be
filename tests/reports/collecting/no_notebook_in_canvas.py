# A text and an address typed into Canvas, and an archive. Must: all of it is laid out, and each is named as it is.
# %% download
platform = "canvas"


def download(zipped, notebook):
    return {"submissions.zip": zipped(("lovelaceada_101_text.html", b"<p>I was ill.</p>"),
                                      ("hoppergrace_LATE_102_link.html", b"<a href='https://drive.google.com/x'>x</a>"),
                                      ("李明_103_9003_work.rar", b"Rar!\x1a\7\1\0"))}


# %% must
collected = {"101": ["text.html"], "102": ["link.html"], "103": ["work.rar"]}
says = ["Handed something in, but no notebook: ", "101 (text.html: a text typed into Canvas)",
        "102 (link.html: a link to Google Drive)", "103 (work.rar: a rar archive)"]
