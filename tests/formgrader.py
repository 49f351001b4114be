"""nbgrader's formgrader in a real browser, as an instructor uses it: for its tests and for the pictures in docs/."""

import datetime

import corpus
import nbformat
from corpus import NOTEBOOK

GRADING = 120_000                           # milliseconds for a submission, the warm interpreter's start included
# What a hostile student writes: each would leave a trace in the window, or ask this address.
ELSEWHERE = "http://203.0.113.1/"
TRACES = f"""<script>window.attacked = true</script> <img src="x" onerror="window.attacked = true">
<img src="{ELSEWHERE}who-marks.png"> <svg onload="window.attacked = true"></svg>
<span id="homework_1"></span> <span id="homework_1-comment"></span> <span id="homework_2"></span>"""
ANSWERS = {
    "homework_1": "50 clusters are better: more images get the right digit. ",
    "homework_2": "With 50 clusters the upright and the slanted 1 each have a centroid of their own, and so have the "
                  "round and the narrow 0. Some stay blurred, such as those of 4 and 9, because they look alike.",
    "homework_3": "It finds most digits without a label. It mixes up 4 and 9, because it compares pixel by pixel.",
}


def answered(case, hostile=""):
    """Return a case as a notebook, without its ungraded end, with answers of a student's own."""
    notebook = corpus.submission(case, further=False)
    for cell in notebook.cells:
        cell.source = ANSWERS.get(corpus.grade_id_of(cell), cell.source)
    if hostile:
        next(cell for cell in notebook.cells if corpus.grade_id_of(cell) == "homework_1").source += hostile
        notebook.cells.insert(1, nbformat.v4.new_code_cell(f"from IPython.display import HTML\nHTML({hostile!r})"))
    return notebook


def stamp(folder, when):
    """Say when a submission was handed in, as nbgrader does."""
    (folder / "timestamp.txt").write_text(f"{when:%Y-%m-%d %H:%M:%S} UTC")


def day(number):
    """Return noon of a day in January."""
    return datetime.datetime(2030, 1, number, 12)


class Formgrader:
    """The formgrader, opened from JupyterLab's menu, and then in a tab of its own.

    Parameters
    ----------
    context : playwright.sync_api.BrowserContext
    address : str
        JupyterLab's, with its token.
    framed : bool
        Whether it may be opened from JupyterLab's menu, in a frame.
    """

    def __init__(self, context, address, framed=True):
        self.context, self.address = context, address.partition("/lab?")[0]
        at = f"{self.address}/formgrader/manage_assignments"
        if framed:
            lab = context.new_page()
            lab.goto(address)
            for entry in ("Nbgrader", "Formgrader"):
                lab.get_by_role("menuitem", name=entry, exact=True).click()
            lab.locator("iframe").content_frame.get_by_role("link", name=NOTEBOOK).wait_for()
            at = lab.frames[-1].url
        self.page = context.new_page()
        self.page.goto(at)

    def row(self, text):
        """Return the line of the table that has these words."""
        return self.page.locator("#main-table tr", has_text=text)

    def press(self, text, column):
        """Press the button in a column of a line, and return what the dialogue says once it is done."""
        self.row(text).locator(f".{column} a").click()
        return self.dialogue()

    def dialogue(self):
        """Wait for nbgrader's dialogue, close it, and return what it said."""
        dialogue = self.page.get_by_role("dialog")
        dialogue.locator(".modal-title").wait_for(timeout=GRADING)
        said = dialogue.inner_text()
        dialogue.get_by_role("button", name="OK").click()
        dialogue.wait_for(state="detached")
        return said

    def is_due(self, when):
        """Give the assignment a due date, in UTC."""
        self.row(NOTEBOOK).locator(".edit a").click()
        dialogue = self.page.get_by_role("dialog")
        dialogue.locator(".modal-duedate").fill(f"{when:%Y-%m-%dT%H:%M}")
        dialogue.locator(".modal-timezone").fill("+0000")
        dialogue.get_by_role("button", name="Save").click()
        dialogue.wait_for(state="detached")

    def submissions(self):
        """Go from the assignments to the submissions."""
        self.row(NOTEBOOK).locator(".num-submissions a").click()

    def marking_page(self, score):
        """Go through *Manual Grading* to the page of the submission with this score."""
        self.page.get_by_role("link", name="Manual Grading").click()
        for _ in ("the assignment", "its notebook"):
            self.row(NOTEBOOK).get_by_role("link", name=NOTEBOOK).click()
        self.row(score).get_by_role("link", name="Submission").click()
        self.is_ready()

    def is_ready(self):
        """Wait until the marking page has loaded what is in the gradebook."""
        self.page.wait_for_function("() => window.formgrader?.grades?.loaded && formgrader.comments.loaded")

    def feedback(self, course, student):
        """Open the feedback of a student, as a file."""
        self.page.goto((course / "feedback" / student / NOTEBOOK / f"{NOTEBOOK}.html").as_uri())
