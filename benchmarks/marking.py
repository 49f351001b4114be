"""What marking costs: 36 answers of 12 students, marked by a script on the marking page and in nbgrader's formgrader.

Both times the same marks are given, with the keys and clicks that each page needs at least; the program counts them,
the pages that are loaded, and the seconds in which nothing could be done. Run it with make bench-marking.
"""

import tempfile
import time
from pathlib import Path

import answering
import blocks
import browser
from at_desk import PLACE, AtDesk
from corpus import NOTEBOOK

from benchmarks.results import PAGE
from grading.course.commands import new_course

STUDENTS = 12
POINTS = {"homework_1": (0.5, 0.5), "homework_2": (1, 0.5, 0.5), "homework_3": (0.5,) * 4}    # as the source has it
COMMENT = "Which two?"          # one in six answers has it


def chosen(number, question):
    """Return which items an answer gets, as keys: a mixture of full, part and none."""
    keys = [str(key + 1) for key in range(len(POINTS[question]))]
    return keys if number % 3 == 0 else keys[:1 + number % len(keys)] if number % 3 == 1 else keys[1:]


class Counted:
    """Counts what somebody does on a page, and how long they wait."""

    def __init__(self, page):
        self.page, self.keys, self.clicks, self.waits, self.loading = page, 0, 0, [], []

    def key(self, *keys, until=None):
        """Press keys; wait for what shows that the last was taken."""
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)
        self.wait(until)

    def type(self, text):
        """Type a text."""
        self.page.keyboard.type(text)
        self.keys += len(text)

    def click(self, where, until=None):
        """Click on something, and wait."""
        where.click()
        self.clicks += 1
        self.wait(until)

    def wait(self, until):
        """Wait for a function of the page to hold, and note how long."""
        if until:
            began = time.perf_counter()
            self.page.wait_for_function(until)
            self.waits.append(time.perf_counter() - began)


def here(context, address):
    """Mark all on the marking page; return what it took."""
    desk = AtDesk(context, address, "homework_1")
    counted, number = Counted(desk.page), 0
    for question in POINTS:
        desk.question = question
        began = time.perf_counter()
        desk.open()
        counted.loading.append(time.perf_counter() - began)
        for which in range(STUDENTS):
            keys = chosen(number, question)
            on = f"document.querySelectorAll('#rubric [aria-pressed=true]').length === {len(keys)}"
            if len(keys) == len(POINTS[question]):
                counted.key("f", until=on)
            else:
                for place, key in enumerate(keys, 1):
                    counted.key(key, until=on.replace(f"=== {len(keys)}", f"=== {place}"))
            if number % 6 == 0:
                counted.key("c")
                counted.type(COMMENT if number == 0 else "wh")
                counted.key(*([] if number == 0 else ["Tab"]), "Escape")
            before = desk.current
            if which < STUDENTS - 1:
                counted.key("n", until=f"document.querySelector('article.current').dataset.number !== '{before}'")
            number += 1
        desk.saved()
    return counted


def formgrader(context, address):
    """Mark the same in the formgrader: its buttons where they fit, else its fields; return what it took."""
    base, _, token = address.partition("/lab?")
    page = context.new_page()
    counted, number = Counted(page), 0
    page.goto(f"{base}/{PLACE}?{token}")            # where a token logs in for the whole server
    page.goto(f"{base}/formgrader/gradebook/{NOTEBOOK}/{NOTEBOOK}")
    _load(counted, page.locator("#main-table").get_by_role("link", name="Submission").first)
    for which in range(STUDENTS):
        for question in POINTS:
            keys = chosen(number, question)
            cell = page.locator(".nbgrader_cell", has=page.locator(f"#{question}"))
            full = len(keys) == len(POINTS[question])
            with page.expect_response("**/api/grade/*"):
                if full:
                    counted.click(cell.get_by_role("button", name="Full"))
                else:
                    counted.click(page.locator(f"#{question}"))
                    counted.type(f"{sum(POINTS[question][int(key) - 1] for key in keys):g}")
                    counted.key("Tab")
                began = time.perf_counter()
            counted.waits.append(time.perf_counter() - began)
            if number % 6 == 0:
                counted.click(page.locator(f"#{question}-comment"))
                counted.type(COMMENT)
                counted.key("Tab")
            number += 1
        if which < STUDENTS - 1:
            _load(counted, page.get_by_role("link", name="Next").first)
    return counted


def _load(counted, link):
    """Follow a link to the next page on which answers are marked."""
    began, before = time.perf_counter(), counted.page.url
    counted.click(link)
    counted.page.wait_for_url(lambda address: address != before)
    counted.page.wait_for_function("() => window.formgrader?.grades?.loaded && formgrader.comments.loaded")
    counted.loading.append(time.perf_counter() - began)


def table(found):
    """Return what was counted, as Markdown."""
    lines = ["| What | Keys | Clicks | Pages loaded | Waiting for these | Longest wait after a key or a click |",
             "| --- | ---: | ---: | ---: | ---: | ---: |"]
    lines += [f"| {name} | {one.keys} | {one.clicks} | {len(one.loading)} | {sum(one.loading):.1f} s | "
              f"{max(one.waits):.2f} s |" for name, one in found.items()]
    ours, theirs = (one.keys + one.clicks for one in found.values())
    return "\n".join([*lines, "", f"36 answers of 12 students: {ours} keys and clicks here, {theirs} there.", ""])


def main():
    """Measure both, and write the table into docs/performance.md."""
    with tempfile.TemporaryDirectory(prefix="lab6-") as name, browser.chromium() as context:
        found = {}
        for way, mark in (("the marking page", here), ("nbgrader's formgrader", formgrader)):
            course = Path(name, way.split()[-1], "course")
            (course.parent / "home").mkdir(parents=True)
            new_course(course)
            answering.fill(course, STUDENTS)
            with browser.jupyterlab(course) as address:
                found[way] = mark(context, address)
    PAGE.write_text(blocks.replace(PAGE.read_text(), "marking", table(found)))
    print(table(found))


if __name__ == "__main__":
    main()
