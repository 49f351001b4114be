"""A real JupyterLab in a real browser, for the browser tests and for the pictures in docs/.

The server has a home of its own and no network; `Page` does with the notebook what a student does.
"""

import contextlib
import os
import queue
import re
import secrets
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
from corpus import NOTEBOOK, RELEASE
from playwright.sync_api import sync_playwright

from helpers.data import ARCHIVE

BROWSERS = ("chromium", "google-chrome", "chromium-browser")
NO_PROXY_THERE = "http://127.0.0.1:9"       # where a server or kernel ends that asks for the network
READY = re.compile(r"(http://127\.0\.0\.1:\d+/lab)\?token=")
CONTRAST = Path(__file__).with_name("contrast.js").read_text()
LINES = """all => all.map(one => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll("br").forEach(end => end.replaceWith("\\n"));
    return copy.textContent;
})"""
START, RUN = 60_000, 120_000                # milliseconds for JupyterLab to open, and for the lab to run


def executable():
    """Return the path of an installed Chromium or Chrome."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("no browser is installed that the tests can drive: run make browser")


def lay_out(folder):
    """Put what students get into a folder, and the archive where Keras has it after the first download.

    Returns
    -------
    pathlib.Path
        The folder of the lab; the home of its user lies beside it.
    """
    shutil.copytree(RELEASE.parent, folder / "lab", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "home" / ".keras" / "datasets").mkdir(parents=True)
    shutil.copyfile(ARCHIVE, folder / "home" / ".keras" / "datasets" / "mnist.npz")
    return folder / "lab"


@contextlib.contextmanager
def jupyterlab(folder, *arguments):
    """Serve a folder, of a student or a course, on a free port of this machine alone; its user's home lies beside it.

    Parameters
    ----------
    folder : pathlib.Path
    *arguments : str
        More of JupyterLab's.

    Yields
    ------
    str
        The address of JupyterLab, with its token.
    """
    token = secrets.token_hex(16)
    command = [str(Path(sys.executable).with_name("jupyter")), "lab", "--no-browser", "--ip=127.0.0.1", "--port=0",
               "--expose-app-in-browser", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}",
               "--LabApp.news_url=None", *arguments]
    command += ["--allow-root"] if os.geteuid() == 0 else []
    server = subprocess.Popen(command, cwd=folder, env=environment(folder.parent / "home"),
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(server.stderr, said))
    reader.start()
    try:
        yield f"{_address(said)}?token={token}"
    finally:
        server.terminate()
        server.wait(30)
        reader.join(30)
        server.stderr.close()


def environment(home):
    """Return the environment of a server whose user has this home, settings of no one else, and no network."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "IPYTHON", "KERAS", "XDG_"))}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NO_PROXY_THERE)
    return {**kept, **proxies, "no_proxy": "127.0.0.1,localhost", "HOME": str(home),
            "JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime")}


def _read(stream, said):
    for line in stream:
        said.put(line)
    said.put(None)


def _address(said):
    """Return the address that the server names once it answers there."""
    lines = []
    while (line := said.get(timeout=60)) is not None:
        lines.append(line)
        if found := READY.search(line):
            return found.group(1)
    raise RuntimeError("JupyterLab did not start:\n" + "".join(lines))


@contextlib.contextmanager
def chromium(width=1280, height=900):
    """Open a browser that reaches this machine alone.

    Yields
    ------
    playwright.sync_api.BrowserContext
        Its `wanted` lists the addresses elsewhere that were asked for, all in vain.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        context = browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(START)
        context.wanted = []
        context.route(_is_elsewhere, lambda route: (context.wanted.append(route.request.url), route.abort()))
        yield context
        browser.close()


def _is_elsewhere(address):
    return not address.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "file:"))


class Page:
    """A notebook open in JupyterLab.

    Parameters
    ----------
    context : playwright.sync_api.BrowserContext
    address : str
        JupyterLab's, with its token.
    folder : pathlib.Path
        What JupyterLab serves; the notebook is written into it.
    notebook : nbformat.NotebookNode
    name : str
        The file's name without its ending.
    """

    def __init__(self, context, address, folder, notebook, name=NOTEBOOK):
        nbformat.write(notebook, folder / f"{name}.ipynb")
        self.places = {cell.id: place for place, cell in enumerate(notebook.cells)}
        self.code = [cell.id for cell in notebook.cells if cell.cell_type == "code"]
        self.wanted = context.wanted
        self.page = context.new_page()
        self.page.goto(address.replace("/lab?", f"/lab/tree/{name}.ipynb?"))
        self.page.get_by_text("| Idle", exact=False).wait_for()

    def cell(self, name):
        """Return the cell with this id."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(self.places[name])

    def outputs(self, name):
        """Return what stands below the cell with this id, its errors too."""
        return self.cell(name).locator(".jp-OutputArea-output")

    def said(self, name):
        """Return the text below the cell with this id, whether it was laid out or not."""
        return "\n".join(self.outputs(name).evaluate_all(LINES)).strip()

    def run_all(self):
        """Choose Run All Cells from the menu, and wait until the last cell has run."""
        self.choose("Run", "Run All Cells")
        prompt = self.cell(self.code[-1]).locator(".jp-InputPrompt")
        prompt.get_by_text(f"[{len(self.code)}]:").wait_for(timeout=RUN)

    def validate(self):
        """Press nbgrader's Validate, and return what its dialogue says."""
        self.page.get_by_role("button", name="Validate").click()
        dialogue = self.page.get_by_role("dialog").filter(has_text="Validation Results")
        dialogue.wait_for(timeout=RUN)
        said = dialogue.inner_text()
        dialogue.get_by_role("button", name="Ok").click()
        return said

    def contrasts(self, name):
        """Return the contrast of each piece of text below a cell with what lies behind it, 1 to 21 (WCAG 2.2)."""
        return self.outputs(name).evaluate_all(CONTRAST)

    def choose(self, *entries):
        """Choose an entry from the menus at the top."""
        for entry in entries:
            self.page.get_by_role("menuitem", name=entry, exact=True).click()

    def theme(self, name):
        """Change JupyterLab's theme, and wait until it shows."""
        self.page.evaluate("name => jupyterapp.commands.execute('apputils:change-theme', {theme: name})", name)
        self.page.locator(f'body[data-jp-theme-name="{name}"]').wait_for(state="attached")
