"""Takes the pictures of docs/ from JupyterLab as it is today: make screenshots, or name some of `PICTURES`.

A picture is a function that gets a browser and a folder to work in, and a file to write; it is added to `PICTURES`.
"""

import sys
import tempfile
from pathlib import Path

import answering
import browser
import corpus
import demo
import formgrader
import nbformat
import numpy as np
from at_desk import AtDesk
from corpus import NOTEBOOK, SOLVED
from matplotlib.figure import Figure
from sklearn.cluster import MiniBatchKMeans

from grading.cli import main as lab6
from grading.course.commands import new_course
from grading.lab import ROOT
from helpers import data, plots

# JupyterLab lays cells out only once they are near, which would move what was scrolled to its place.
ALL_LAID_OUT = ".jp-Cell { content-visibility: visible !important } .Toastify { display: none }"
LARGEST = 200_000           # bytes, so that the README opens fast
COMMENT = "Right. Which two accuracies do you compare? Name both."


def lab(context, folder, target):
    """Take step c in JupyterLab: what it asks, the code, the figure and the lines of its check."""
    served = browser.lay_out(folder)
    with browser.jupyterlab(served) as address:
        page = browser.Page(context, address, served, corpus.submission(SOLVED, further=False))
        page.run_all()
        page.page.keyboard.press("Control+B")                                # the files on the left, away
        page.page.add_style_tag(content=ALL_LAID_OUT)
        page.outputs("step-c").locator("img").wait_for()
        page.page.set_viewport_size({"width": 1280, "height": 1062})         # down to the last line of the check
        page.cell("step-c-text").evaluate("cell => cell.scrollIntoView()")
        page.page.screenshot(path=target)


def marking(context, folder, target):
    """Take the page on which answers are marked, with a question, its rubric and an answer about a centroid."""
    course = folder / "course"
    new_course(course)
    (folder / "home").mkdir()
    answering.fill(course, 60)
    with browser.jupyterlab(course) as address:
        desk = AtDesk(context, address, "homework_2")
        answer = desk.page.locator("article", has=desk.page.locator(".sheet i.on"), has_text="✓ title").first
        desk.go(answer.get_attribute("data-number"))
        desk.give("1", "2")
        desk.press("c")
        desk.page.keyboard.type("Right. And what is bad about many clusters?")
        desk.give("Escape", "k", "j")                                        # back at its top
        desk.page.wait_for_timeout(2000)                                     # for the pictures that are in sight
        desk.page.set_viewport_size({"width": 1280, "height": 760})
        desk.page.screenshot(path=target)


def feedback(context, folder, target):
    """Take the feedback of a student with two answers marked: which items were given, and a comment."""
    course = folder / "course"
    new_course(course)
    (folder / "home").mkdir()
    place = course / "submitted" / "ada" / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    place.parent.mkdir(parents=True)
    nbformat.write(formgrader.answered(SOLVED), place)
    lab6(["grade", "--course", str(course)])
    with browser.jupyterlab(course) as address:
        desk = AtDesk(context, address)
        desk.press("1", "c")
        desk.page.keyboard.type(COMMENT)
        desk.give("Escape")
        desk.question = "homework_2"
        desk.open()
        desk.give("f")
    lab6(["feedback", "--course", str(course)])
    desk.page.goto((course / "feedback" / "ada" / NOTEBOOK / f"{NOTEBOOK}.html").as_uri())
    _show(desk.page, "Homework 1", None, target)


def _show(page, first, last, target, below=10):
    """Take a page from one heading to before another, or to its end."""
    top, size = page.locator("h2, h3", has_text=first).first, page.viewport_size
    top.evaluate("(heading, below) => window.scrollBy(0, heading.getBoundingClientRect().top - below)", below)
    begin = top.bounding_box()["y"] - below
    end = page.locator("h2, h3", has_text=last).first.bounding_box()["y"] - 10 if last else \
        page.evaluate("document.documentElement.getBoundingClientRect().bottom")
    page.screenshot(path=target, clip={"x": 0, "y": begin, "width": size["width"],
                                       "height": min(end, size["height"]) - begin})


def report(context, folder, target):
    """Take the page of the demo's class."""
    demo.lay_out(folder / "demo")
    lab6(["grade", "--course", str(folder / "demo")])
    page = context.new_page()
    page.goto((folder / "demo" / "report" / "index.html").as_uri())
    page.screenshot(path=target)


def groups(context, folder, target):
    """Draw the picture on top of the lab: images in a heap, and three groups that k-means makes of such images.

    `make release` does not put it there: paste it into the first cell of the source notebook.
    """
    images, digits = data.mnist().x_train[:6000].reshape(-1, 784) / np.float32(255), data.mnist().y_train[:6000]
    model, rng = MiniBatchKMeans(10, random_state=0).fit(images), np.random.default_rng(1)
    counts = [np.bincount(digits[model.labels_ == cluster], minlength=10) for cluster in range(10)]
    purest = sorted(range(10), key=lambda cluster: counts[cluster].max() / counts[cluster].sum())
    figure = Figure(figsize=(9, 2.6), layout="constrained")
    heap, arrow, sorted_ = figure.subplots(1, 3, width_ratios=(8, 1, 8))
    rows = [images[rng.choice(np.flatnonzero(model.labels_ == cluster), 8)]
            for cluster in (purest[-1], purest[4], purest[0])]
    plots.mosaic(heap, rng.permutation(np.concatenate([*rows, images[:16]])).reshape(4, 10, 784), [[""] * 10] * 4)
    arrow.annotate("", (1, 0.5), (0, 0.5), arrowprops={"arrowstyle": "->", "lw": 2})
    arrow.axis("off")
    plots.mosaic(sorted_, [[row.mean(axis=0), *row] for row in rows], [["mean", *[""] * 8], [""] * 9, [""] * 9])
    figure.savefig(target, dpi=90, facecolor="white")


PICTURES = {"groups": groups, "lab": lab, "marking": marking, "feedback": feedback, "report": report}


def main(names):
    """Take pictures by name, all where none is named."""
    for name in names or PICTURES:
        target = ROOT / "docs" / f"{name}.png"
        with tempfile.TemporaryDirectory() as folder, browser.chromium(1280, 1020) as context:
            PICTURES[name](context, Path(folder), target)
        if target.stat().st_size > LARGEST:
            raise ValueError(f"{target} is larger than {LARGEST} bytes")
        print(f"Took {target.relative_to(ROOT)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
