"""A class whose answers were put together by a program, graded without being run: for marking, in tests and pictures.

Each answer is one or more of the sentences below, with numbers of its own submission, rarely of another.
"""

import json
import random
from functools import cache

import numpy as np
from corpus import NOTEBOOK
from nbgrader.api import Gradebook

from grading.course.classroom import Classroom
from grading.lab import grade_id_of
from grading.shown.html import OURS
from grading.submission import beside, marked
from grading.submission.received import Submission
from grading.submission.task import Graded
from helpers import data
from helpers.kit.kinds import stretch

SENTENCES = {
    "homework_1": [
        "50 clusters are better.", "I choose 50, because more images get the right digit.",
        "With 10 clusters I got {few:.4f}, with 50 clusters {many:.4f}.",
        "The accuracy goes from {few:.2%} to {many:.2%}, so 50 wins.",
        "Going from 10 to 50 clusters raises the accuracy by {gain:.2f} percentage points.",
        "accuracy_10 is {few:.3f} and accuracy_50 is {many:.3f}.",
        "About {many:.0%} are right with 50 clusters, only about {few:.0%} with 10.",
        "Fifty is better since ten digits have many handwritings.", "10 is easier to read, though.",
        "Mit 50 Clustern: {many_comma}; mit 10: {few_comma}.", "50, because the number is higher.",
        "It depends on the goal, but by accuracy ({many:.4f} against {few:.4f}) it is 50."],
    "homework_2": [
        "More clusters leave room for several styles of one digit.",
        "The slanted 1 and the upright 1 each get a centroid of their own.",
        "Row {row}, column {column}, title {title} is sharp.", "In row {row}, column {column} I see a narrow shape.",
        "The centroid in row {row}, column {column}, title {other} is blurred.",
        "With ten clusters some digits have to share one, so their images are named wrongly.",
        "The 4 and the 9 still look alike, because their means overlap.",
        "Too many clusters sum up nothing: with one for each image the accuracy is 1.",
        "Somebody has to look at every cluster to name it, and fifty are more work than ten.",
        "3, 5 and 8 share most of their strokes and stay mixed.", "A round 0 and a flat 0 are two clusters now.",
        "Centroids are means, so rare styles vanish in them."],
    "homework_3": [
        "It works without any label, which is a strength.", "It finds 0 and 1 well, since they share few pixels.",
        "It is bad at telling 4 from 9.", "Pixels are compared one by one, so a shifted digit is far away.",
        "Clusters are not classes.", "One has to choose k beforehand, and the start is random.",
        "A classifier with labels would do better.", "With {many:.0%} it beats guessing by far.",
        "I learned that a mean of images is an image.", "Labels are needed to name the clusters.",
        "Other data would need a distance that fits it.", "Its clusters are round, and digits are not."],
}
LONG = "I looked at all fifty pictures, and what I saw is that a digit which people write in many ways, such as the " \
    "2 with and without a loop or the 7 with and without a bar, has several centroids; the 1 is slanted more or less."
COPIES = (2, 4, 5)      # who copied an answer of the second student


def student(number):
    """Return the id of a student: one that stands in no answer."""
    return f"student-{number:04}"


def answers(number, numbers, sheet, rng):
    """Return the answers of a student, by grade_id."""
    place = rng.randrange(50)
    words = {"few": numbers["Accuracy with 10 clusters"], "many": numbers["Accuracy with 50 clusters"],
             "gain": 100 * numbers["Improvement"], "row": place // 10 + 1, "column": place % 10 + 1,
             "title": sheet["titles"][place], "other": str((int(sheet["titles"][place]) + 5) % 10)}
    words |= {f"{name}_comma": f"{words[name]:.4f}".replace(".", ",") for name in ("few", "many")}
    found = {name: " ".join(rng.sample(given, rng.randint(1, 4))).format(**words) for name, given in SENTENCES.items()}
    if number % 25 == 3:
        found["homework_2"] = f"{LONG} {SENTENCES['homework_2'][number // 25 % 12].format(**words)}"
    return found


@cache
def sheets():
    """Return sheets of the same real centroids, in orders of their own."""
    from sklearn.cluster import MiniBatchKMeans
    mnist, rng = data.mnist(), random.Random(1)
    images = mnist.x_train[:5000].reshape(-1, 784) / 255
    model = MiniBatchKMeans(50, random_state=0, n_init=1).fit(images)
    counts = np.zeros((50, 10), int)
    np.add.at(counts, (model.labels_, mnist.y_train[:5000]), 1)
    drawn = [(stretch(one.reshape(28, 28)), str(own.argmax())) for one, own in zip(model.cluster_centers_, counts)]
    return [beside.sheet({divmod(i, 10): one for i, one in enumerate(rng.sample(drawn, 50))}) for _ in range(12)]


def fill(course, number=300, seed=0, hostile=""):
    """Give a released course a class that is graded and not marked.

    Parameters
    ----------
    course : pathlib.Path
    number : int
        Of students.
    seed : int
    hostile : str
        What the first student's first answer holds beside its words.

    Returns
    -------
    grading.course.classroom.Classroom
    """
    rng, room, copy = random.Random(seed), Classroom(course), {}
    for which in range(number):
        few, many = rng.gauss(0.5486, 0.034), rng.gauss(0.7944, 0.0103)
        numbers = {"Accuracy with 10 clusters": few, "Accuracy with 50 clusters": many, "Improvement": many - few}
        sheet = sheets()[which % 12]
        written = answers(which, numbers, sheet, rng)
        written["homework_1"] += hostile if which == 0 else ""
        copy = written if which == 1 else copy
        written["homework_3"] = copy["homework_3"] if which in COPIES else written["homework_3"]
        facts = {"Accuracy with 10 clusters": f"{few:.4f}", "Accuracy with 50 clusters": f"{many:.4f}",
                 "Improvement": f"{100 * (many - few):+.2f} percentage points",
                 "Digits without a cluster, with 10": "5, 8", "Most confused, with 50": "4 taken for 9: 1502"}
        grade(room, student(which), written, {"facts": facts, "numbers": numbers, "sheet": sheet})
    return room


def grade(room, who, written, about):
    """Save what grading makes of the answers of somebody, by name, and of what was verified."""
    room.records.save(Submission(who), graded(room.folder / "release" / NOTEBOOK / f"{NOTEBOOK}.ipynb", written, about))


def kept(room, who):
    """Return the answers of somebody by name, and what was verified, as they were graded last."""
    path = room.folder / "autograded" / who / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    notebook = json.loads(path.read_text())
    written = {grade_id_of(cell): cell["metadata"][OURS]["source"] for cell in notebook["cells"]
               if OURS in cell["metadata"]}
    return written, notebook["metadata"]["lab6"]["beside"]


def graded(released, written, about):
    """Return what grading would have made of a notebook with these answers."""
    notebook = json.loads(released.read_text())
    notebook["metadata"]["lab6"] = {"beside": about}
    comments = dict.fromkeys(grade_id_of(cell) for cell in notebook["cells"]
                             if cell["metadata"].get("nbgrader", {}).get("solution"))
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    for cell in notebook["cells"]:
        if (name := grade_id_of(cell)) in written:
            cell["source"] = "What a graded notebook shows in its place."
            cell["metadata"][OURS] = {"source": written[name]}
    scores = {grade_id_of(cell): None if cell["cell_type"] == "markdown" else 1.0 for cell in notebook["cells"]}
    return Graded({f"{NOTEBOOK}.ipynb": json.dumps(notebook).encode()}, scores, comments,
                  marked.contents(notebook["cells"]), [], [], "", 0.0)


def marks(course, who):
    """Return what nbgrader has for a student's answers: points, comment and whether it waits, by name."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "lab6") as gradebook:
        notebook = gradebook.find_submission_notebook(NOTEBOOK, NOTEBOOK, who)
        comments = {one.name: one.manual_comment for one in notebook.comments}
        return {one.name: (one.manual_score, comments.get(one.name), one.needs_manual_grade)
                for one in notebook.grades if one.name in SENTENCES}
