"""Takes the pictures of docs/ from JupyterLab as it is today: make screenshots, or name some of `PICTURES`.

A picture is a function that gets a browser and a folder to work in, and a file to write; it is added to `PICTURES`.
"""

import sys
import tempfile
from pathlib import Path

import browser

from grading import corpus
from grading.corpus import ROOT, Case

SOLVED = Case("solved", "The solutions.", frozenset(), "", {})
# JupyterLab lays cells out only once they are near, which would move what was scrolled to its place.
ALL_LAID_OUT = ".jp-Cell { content-visibility: visible !important }"
LARGEST = 250_000           # bytes, so that the README opens fast


def lab(context, folder, target):
    """Take step c in JupyterLab: what it asks, the code, the figure and the lines of its check."""
    served = browser.lay_out(folder)
    with browser.jupyterlab(served) as address:
        page = browser.Page(context, address, served, corpus.submission(SOLVED, further=False))
        page.run_all()
        page.page.keyboard.press("Control+B")                                # the files on the left, away
        page.page.add_style_tag(content=ALL_LAID_OUT)
        page.outputs("step-c").locator("img").wait_for()
        page.cell("step-c-text").evaluate("cell => cell.scrollIntoView()")
        page.page.screenshot(path=target)


PICTURES = {"lab": lab}


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
