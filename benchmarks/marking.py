"""What marking costs: 36 answers of 12 students, marked by a script on the marking page and in nbgrader's formgrader.

Both times the same marks are given, with the keys and clicks that each page needs at least; the program counts them,
the pages that are loaded, and the seconds in which nothing could be done. Run it with make bench-marking.
"""

import os
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
# Every third answer has one of these.
COMMENTS = ("Which two accuracies do you compare? Name both.", "Say where it stands: row, column and title.",
            "Right, but give a reason or a number for it.")


def comment(number, question):
    """Return the comment of an answer, or nothing."""
    return COMMENTS[[*POINTS].index(question)] if _kind(number) == 1 else ""


def chosen(number, question):
    """Return which items an answer gets, as keys: a mixture of full, part and none."""
    keys = [str(key + 1) for key in range(len(POINTS[question]))]
    return (keys, keys[:1 + number % (len(keys) - 1)], keys[1:])[_kind(number)]


def _kind(number):
    """Return which of three kinds of answers one is: whole, in part and to be told so, or in part."""
    return (number + number // len(POINTS)) % 3


class Counted:
    """Counts what somebody does on a page, and how long they wait."""

    def __init__(self, page):
        self.page, self.points, self.comments, self.waits, self.loading = page, 0, 0, [], []

    def key(self, *keys, until=None, comment=False):
        """Press keys; wait for what shows that the last was taken."""
        for key in keys:
            self.page.keyboard.press(key)
        self.count(len(keys), comment)
        self.wait(until)

    def click(self, where, comment=False):
        """Click on something."""
        where.click()
        self.count(1, comment)

    def count(self, number, comment):
        """Count keys and clicks, those for comments apart."""
        self.points += 0 if comment else number
        self.comments += number if comment else 0

    def wait(self, until):
        """Wait for a function of the page to hold, and note how long."""
        if until:
            began = time.perf_counter()
            self.page.wait_for_function(until)
            self.waits.append(time.perf_counter() - began)


def here(context, address):
    """Mark all on the marking page; return what it took."""
    desk = AtDesk(context, address, "homework_1")
    counted, number, used = Counted(desk.page), 0, set()
    for question in POINTS:
        desk.question = question
        began = time.perf_counter()
        desk.open()
        counted.loading.append(time.perf_counter() - began)
        for which in range(STUDENTS):
            keys, said = chosen(number, question), comment(number, question)
            if said and said in used:
                counted.key("c", said[:1], "Tab", comment=True)
            elif said:
                counted.key("c", *said, "Escape", comment=True)
            used |= {said}
            if len(keys) > 2:                           # all, and then without one, is shorter
                keys = ["f", *sorted({str(key + 1) for key in range(len(POINTS[question]))} - {*keys})]
            counted.key(*keys[:-1])
            before = desk.current
            counted.key(f"Shift+{keys[-1].upper()}", until=(
                f"document.querySelector('article.current').dataset.number !== '{before}'"
                if which < STUDENTS - 1 else "document.getElementById('trouble').textContent"))
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
                    counted.key(*f"{sum(POINTS[question][int(key) - 1] for key in keys):g}", "Tab")
                began = time.perf_counter()
            counted.waits.append(time.perf_counter() - began)
            if said := comment(number, question):
                counted.click(page.locator(f"#{question}-comment"), comment=True)
                counted.key(*said, "Tab", comment=True)
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
    lines = ["| What | Keys and clicks for points | ... for comments | Pages loaded | Waiting for these | "
             "Longest wait after a key |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    lines += [f"| {name} | {one.points} | {one.comments} | {len(one.loading)} | {sum(one.loading):.1f} s | "
              f"{max(one.waits):.2f} s |" for name, one in found.items()]
    ours, theirs = (one.points + one.comments for one in found.values())
    load = f"{os.getloadavg()[0]:.0f} processes waited for {os.cpu_count()} cores"
    return "\n".join([*lines, "", f"36 answers, {ours} keys and clicks here and {theirs} there: {ours / theirs:.2f} of "
                      f"them. Meanwhile {load}.", ""])


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
