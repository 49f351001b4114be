"""The marking page in a real browser, as somebody marks there: for its tests, its benchmark and docs/'s pictures."""

import json
import os
import re
import signal

PLACE = "lab6/marking"


class AtDesk:
    """Somebody who marks, in a browser of their own.

    Parameters
    ----------
    context : playwright.sync_api.BrowserContext
        Another person is another context.
    address : str
        JupyterLab's, with its token.
    question : str
    """

    def __init__(self, context, address, question="homework_1", query=""):
        self.base, _, token = address.partition("/lab?")
        self.page, self.question = context.new_page(), question
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{self.base}/{PLACE}/{question}?{token}")
        self.open(query)

    def open(self, query=""):
        """Load the page again."""
        self.page.goto(f"{self.base}/{PLACE}/{self.question}{query}")
        self.is_ready()

    def is_ready(self):
        """Wait until an answer is current."""
        self.page.locator("article.current").wait_for()

    def press(self, *keys):
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self):
        """Wait until the page says that all is saved."""
        self.page.locator("#saved", has_text="All saved").wait_for()

    def give(self, *keys):
        """Press keys and wait until what they give is saved."""
        self.press(*keys)
        self.saved()

    @property
    def current(self):
        """The number of the current answer."""
        return int(self.page.locator("article.current").get_attribute("data-number"))

    def mark(self, number=None):
        """Return what stands as the mark of an answer, by its number, or of the current one."""
        return self.page.locator(f"#a{number or self.current} .mark").inner_text()

    def go(self, number):
        """Make an answer the current one."""
        self.page.locator(f"#a{number} h2").click()

    def left(self):
        """Return how many answers are left, as the page says."""
        return int(self.page.locator(f'[data-left="{self.question}"]').inner_text())

    def is_left(self, number):
        """Wait until so many answers are left."""
        self.page.locator(f'[data-left="{self.question}"]', has_text=re.compile(f"^{number}$")).wait_for()

    def trouble(self):
        """Return what the page says is wrong, or nothing."""
        return self.page.locator("#trouble").inner_text()


def kill(home, address):
    """Kill the Jupyter server of this home at this address, as a crash does."""
    for file in (home / "runtime").glob("jpserver-*.json"):
        server = json.loads(file.read_text())
        if address.startswith(server["url"]):
            os.kill(server["pid"], signal.SIGKILL)
            file.unlink()
            return
    raise FileNotFoundError(f"no server of this home answers at {address}")
