# Archives that nobody here unpacks, pages, programs and links. Must: all of it is laid out, and each is named as it is.
# %% download
platform = "moodle"
FILES = {"201": ("work.rar", b"Rar!\x1a\7\1\0"), "202": ("work.7z", b"7z\xbc\xaf'\x1c"), "203": ("w.tar.gz", b"\x1f\x8b"),
         "204": ("lab6_kmeans.html", b"<html>"), "205": ("lab6_kmeans.py", b"# https://colab.research.google.com/x\n"),
         "206": ("link.txt", b"see https://colab.research.google.com/drive/1"),
         "207": ("My lab", b"https://drive.google.com/file/d/1"), "208": ("lab.docx", b"PK\3\4"),
         "209": ("lab6.zip", b"words"), "210": ("lab6_kmeans.ipynb.rar", b"Rar!\x1a\7\0")}


def download(zipped, notebook):
    files = [(f"A B_{student}_assignsubmission_file/{name}", content) for student, (name, content) in FILES.items()]
    typed = b"<p>https://colab.research.google.com/drive/2</p>"
    return {"all.zip": zipped(
        *files, ("A B_220_assignsubmission_onlinetext/onlinetext.html", typed),
        ("A B_221_assignsubmission_onlinetext_onlinetext.html", b"<p>I was ill.</p>"),
        ("A B_222_assignsubmission_file/lab6_kmeans.ipynb", notebook),
        ("A B_222_assignsubmission_onlinetext/onlinetext.html", typed))}


# %% must
collected = {**{student: [name] for student, (name, _) in FILES.items()}, "220": ["onlinetext.html"],
             "221": ["onlinetext.html"], "222": ["lab6_kmeans.ipynb", "onlinetext.html"]}
says = ["Handed something in, but no notebook: 201 (work.rar: a rar archive), 202 (work.7z: a 7z archive), "
        "203 (w.tar.gz: a gz archive), 204 (lab6_kmeans.html: a web page), 205 (lab6_kmeans.py: a Python program), "
        "206 (link.txt: a link to Google Colab), 207 (My lab: a link to Google Drive), 208 (lab.docx: a Word document), "
        "209 (lab6.zip: a zip archive that could not be unpacked), 210 (lab6_kmeans.ipynb.rar: a rar archive), "
        "220 (onlinetext.html: a link to Google Colab), 221 (onlinetext.html: a text typed into Moodle)."]
says_not = ["222 ("]
