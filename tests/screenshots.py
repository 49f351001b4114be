"""Takes the pictures of docs/ from JupyterLab as it is today: make screenshots, or name some of `PICTURES`.

A picture is a function that gets a browser and a folder to work in, and a file to write; it is added to `PICTURES`.
"""

import contextlib
import sys
import tempfile
from pathlib import Path

import browser
import corpus
import demo
import formgrader
import nbformat
import numpy as np
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


@contextlib.contextmanager
def marking_page(context, folder):
    """Grade a class of one, and open the page on which its answers are marked; yield the formgrader and the course."""
    course = folder / "course"
    new_course(course)
    (folder / "home").mkdir()
    place = course / "submitted" / "ada" / NOTEBOOK / f"{NOTEBOOK}.ipynb"
    place.parent.mkdir(parents=True)
    nbformat.write(formgrader.answered(SOLVED), place)
    lab6(["grade", "--course", str(course)])
    with browser.jupyterlab(course) as address:
        desk = formgrader.Formgrader(context, address)
        desk.marking_page("10 / 15")
        desk.page.locator("#homework_1").fill("0.5")
        desk.page.locator("#homework_1-comment").fill(COMMENT)
        desk.page.locator("#homework_2").fill("2")
        desk.page.locator("#homework_2").press("Tab")
        desk.page.wait_for_timeout(2000)                                     # for what is saved, and its ticks to fade
        yield desk, course


def marking(context, folder, target):
    """Take the page on which answers are marked: the fact sheet, the scheme, an answer with points and a comment."""
    with marking_page(context, folder) as (desk, _):
        _show(desk.page, "Homework 1", "Homework 3", target, below=70)      # the bar at the top of the page


def feedback(context, folder, target):
    """Take the same answers in the feedback that the student gets, and one that is not marked yet."""
    with marking_page(context, folder) as (desk, course):
        desk.page.goto(f"{desk.address}/formgrader/manage_submissions/{NOTEBOOK}")
        desk.press("ada", "generate-feedback")
        desk.feedback(course, "ada")
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
