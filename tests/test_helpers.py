"""The data without a network, names before their steps are done, tables and pictures in words."""

import os
import shutil
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from grading.lab import ROOT
from helpers import data, plots, results


def python(code, **environment):
    """Run code in a Python of its own."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          env={"PATH": "/usr/bin:/bin", **environment})


def test_importing_helpers_imports_no_large_library():
    run = python("import numpy, sys\nbefore = {*sys.modules}\nfrom helpers import checks, data, plots, results\n"
                 "print(len({*sys.modules} - before) < 100, "
                 "[name for name in ('keras', 'sklearn', 'matplotlib', 'IPython', 'pandas') if name in sys.modules])")
    assert run.stdout == "True []\n", run.stderr


LOAD = """
import socket
def refuse(*arguments): raise OSError("there is no network")
socket.socket.connect = refuse
from helpers import data
data.prepare()
import keras
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
print(x_train.shape, x_test.shape, keras.backend.backend())
"""


def test_keras_finds_the_data_without_a_network(tmp_path):
    run = python(LOAD, HOME=str(tmp_path))
    assert run.stdout.strip().endswith("(60000, 28, 28) (10000, 28, 28) jax"), run.stderr
    assert data.is_genuine(tmp_path / ".keras" / "datasets" / "mnist.npz")


def test_a_home_that_cannot_be_written_is_replaced(tmp_path):
    (tmp_path / "file").write_text("a file where a folder should be")
    run = python(LOAD, HOME=str(tmp_path), KERAS_HOME=str(tmp_path / "file" / "keras"))
    assert "(60000, 28, 28)" in run.stdout, run.stderr


def test_a_damaged_archive_is_replaced(tmp_path):
    broken = tmp_path / ".keras" / "datasets" / "mnist.npz"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"half a download")
    run = python(LOAD, HOME=str(tmp_path))
    assert "(60000, 28, 28)" in run.stdout, run.stderr


@pytest.mark.parametrize(("asked", "configured", "chosen"), [
    ("", "", "jax"), ("tensorflow", "", "jax"), ("jax", "tensorflow", "jax"), ("", "not json", "jax")])
def test_the_backend_is_one_that_is_installed(tmp_path, monkeypatch, asked, configured, chosen):
    monkeypatch.setattr(data, "_installed", lambda: ["jax"])
    monkeypatch.setenv("KERAS_BACKEND", asked)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    (tmp_path / "keras.json").write_text(f'{{"backend": "{configured}"}}' if configured != "not json" else "{")
    monkeypatch.setattr(data, "ARCHIVE", tmp_path / "none")
    data.prepare()
    assert data.os.environ["KERAS_BACKEND"] == chosen


def test_a_configured_backend_is_kept_when_it_is_installed(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "_installed", lambda: ["jax", "torch"])
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    (tmp_path / "keras.json").write_text('{"backend": "torch"}')
    assert data.choose_backend(tmp_path) == "torch"


def test_no_backend_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "_installed", lambda: [])
    with pytest.raises(ModuleNotFoundError, match="pip install jax"):
        data.choose_backend(tmp_path)


def test_without_the_archive_the_words_say_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "ARCHIVE", tmp_path / "none.npz")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="load_data"):
        data.mnist.__wrapped__()


def test_a_release_without_the_data_starts_and_holds_step_a(tmp_path):
    shutil.copytree(ROOT / "release" / "lab6_kmeans" / "helpers", tmp_path / "helpers")
    code = ("from helpers import checks, start\nstart({})\nimport keras, numpy, matplotlib.pyplot, sklearn.cluster\n"
            "import sklearn.metrics\nchecks.step_a(globals())\ntry: checks.step_b(1, 2, 3, 4)\n"
            "except AssertionError as error: print(error)\n")
    (tmp_path / "run.py").write_text(code)      # a script's own folder comes first
    run = subprocess.run([sys.executable, "run.py"], cwd=tmp_path, capture_output=True, text=True,
                         env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)})
    assert "Step b will download the data once" in run.stdout, run.stderr
    assert "accuracy_score is imported" in run.stdout, run.stdout + run.stderr
    assert "Step b is not done yet: The MNIST archive is not on this machine yet" in run.stdout


def test_looking_at_the_archive_makes_no_other_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "home"))
    data.mnist.__wrapped__()
    assert not (tmp_path / "home").exists()


CELLS = r"""
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_line_magic("colors", "NoColor")
for cell in {cells!r}:
    print("== cell")
    shell.run_cell(cell)
"""
START = "from helpers import checks, plots, results, start\nstart(globals())"


def shown_by(folder, *cells):
    """Run cells in an IPython of their own, after the notebook's first; return what each shows."""
    run = python(CELLS.format(cells=[START, *cells]), HOME=str(folder))
    assert not run.stderr, run.stderr
    return [said.strip() for said in run.stdout.split("== cell\n")[2:]]


@pytest.mark.parametrize("use", ["X_train + 1", "len(X_train)", "print(X_train.shape)", "[row for row in X_train]",
                                 "def use():\n    return X_train\nuse()", "del X_train",
                                 "X_train += 1", "results.shapes(X_train, 7)"])
def test_any_use_of_a_name_without_a_value_says_in_a_line_which_step_makes_it(tmp_path, use):
    said, = shown_by(tmp_path, use)
    assert said == ("Step e is not done yet: this cell needs X_train, which step e makes. Run the line that makes it "
                    "first, also after each restart of the kernel.")


def test_a_check_says_what_its_step_lacks_whichever_of_its_names_have_no_value(tmp_path):
    none, one, own, earlier, held = shown_by(
        tmp_path, "checks.step_h(kmeans_10, number_labels_10, accuracy_10)",
        "X_test = 7\nchecks.step_e(X_train, X_test)", "def retrieve_info(labels, y): pass\nkmeans_10 = 7",
        "accuracy_10 = 0.5\nchecks.step_h(kmeans_10, number_labels_10, accuracy_10)",
        "results.progress(globals())")
    assert none == ("Step h is not done yet: accuracy_10 has no value yet (check its spelling, or the error above; "
                    "print(...) shows a number but gives None).")
    assert one.startswith("Step e does not hold yet.\n  Expected: a value under the name X_train") and own == ""
    assert earlier.startswith("Step h does not hold yet.\n  Expected: kmeans_10 is a MiniBatchKMeans")
    assert "0 of 10 steps so far" in held


def test_slips_that_only_spelling_explains_get_words_of_their_own(tmp_path):
    capital, later, dots, own, typed, check = shown_by(
        tmp_path, "X_train, y_train, x_test, y_test = 1, 2, 3, 4\nchecks.step_b(x_train, y_train, x_test, y_test)",
        "del X_train\nx_train = 5\nX_train", "a = 1\nb = max(…)", "a = '…'\nb = (1", "kmeans_10 = ...",
        "number_labels_10 = accuracy_10 = 0.5\nchecks.step_h(kmeans_10, number_labels_10, accuracy_10)")
    assert "Likely:   You have X_train: its name is x_train, letter by letter, small or" in capital
    assert later.endswith("Run the line that makes it first, also after each restart of the kernel.")
    assert dots == ("Line 2 holds a … of the text, which marks what you put there yourself. Put that in its place, and "
                    "run the cell again.")
    assert "SyntaxError" in own and typed == ""
    assert "the step that makes it does not hold yet" in " ".join(check.split())


def test_a_check_that_is_run_first_after_a_restart_says_what_it_needs(tmp_path):
    code = CELLS.format(cells=["from helpers.checks import step_e\nstep_e(X_train, X_test)",
                               "results.shapes(X_train, X_test)"])
    check, table = python(code, HOME=str(tmp_path)).stdout.split("== cell\n")[1:]
    assert check.startswith("Step e is not done yet: X_train and X_test have no values yet")
    assert table.strip() == "This cell needs results: run the first cell of the notebook, then this one again."


def test_other_errors_are_python_s_own_and_no_name_stands_in_for_another(tmp_path):
    typed, wrong, odd, names = shown_by(tmp_path, "X_trian", "[].shape", "1 / 0", "x_train = 5; del x_train\n"
                                        "import builtins\n'X_train' in globals() or hasattr(builtins, 'X_train')")
    assert "NameError: name 'X_trian' is not defined" in typed
    assert "AttributeError: 'list' object has no attribute 'shape'" in wrong and "ZeroDivisionError" in odd
    assert "False" in names


def test_a_student_who_takes_a_name_of_the_lab_is_told_so_and_keeps_the_checks(tmp_path):
    taken, gone, own, check, after = shown_by(
        tmp_path, "results = [7]\nresults.progress({})", "del plots\nplots.digit_grid([], [], 1, '')", "results.shape",
        "checks = []\nfrom helpers.checks import step_a\nstep_a(globals())", "print(checks, results)")
    assert taken == ("This cell needs results of the lab, and the name stands for something else now (a list): give "
                     "that another name, run the first cell of the notebook, then this one again.")
    assert gone == "This cell needs plots: run the first cell of the notebook, then this one again."
    assert "'list' object has no attribute 'shape'" in own
    assert check.startswith("Step a is not done yet: nothing that the lab needs is imported yet.\n  Error:")
    assert "of the lab" not in check and after == "[] [7]"


def test_tables_escape_what_students_wrote_and_have_headers():
    table = results.Table("A <b>", ["Name", "Value"], [["<script>", "&"]])
    page = table._repr_html_()
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert page.count('scope="col"') == 2 and page.count('scope="row"') == 1 and "<caption>A &lt;b&gt;" in page
    assert repr(table).split("\n") == ["A <b>", "Name      Value", "<script>  &"]


def test_a_table_of_values_that_do_not_fit_says_so_instead_of_raising():
    assert "cannot be filled in yet" in repr(results.first_20(np.arange(20), np.arange(7)))
    assert "cannot be filled in yet" in repr(results.improvement("a", "b"))
    assert "cannot be filled in yet" in repr(results.summary({}, 0.5, [1], 0.8))


def test_a_share_is_a_number_of_any_kind():
    for half in (Fraction(1, 2), Decimal("0.5"), np.float32(0.5), np.array(0.5)):
        assert results.improvement(half, 0.75).rows[0] == ["10", "0.5000", "30000"]
    assert all("cannot be filled in yet" in repr(results.accuracy(no)) for no in ("0.5", 10 ** 400, float("nan"), 1.5))


def test_the_first_20_come_from_the_arrays():
    table = results.first_20(np.arange(30) % 10, np.arange(30) % 5)
    assert table.caption == "The first 20 images: 10 of 20 right"
    assert table.rows[2:] == [["Images 10 to 19: true", *map(str, range(10))],
                              ["Images 10 to 19: yours", *"01234", *(f"{digit} ✗" for digit in range(5))]]


def test_the_summary_counts_the_clusters_of_each_digit():
    table = results.summary({0: 1, 1: 2}, 0.25, dict(enumerate(range(10))), 0.75)
    assert table.caption == "What this run found: +50.00 percentage points from 10 to 50 clusters"
    assert table.rows[0] == ["Accuracy", "0.2500", "0.7500"]
    assert [row[1:] for row in table.rows[1:]] == [["0", "1"], ["1", "1"], ["1", "1"], *[["0", "1"]] * 7]


def by_hand(images, centroids):
    """A right round of k-means."""
    labels = plots.distances(images, centroids).argmin(axis=1)
    return labels, np.array([images[labels == cluster].mean(axis=0) for cluster in range(len(centroids))])


@pytest.mark.parametrize(("one_round", "said"), [
    (by_hand, "is right for four points"),
    (lambda images, centroids: (None, None), "returns no labels or no means yet"),
    (lambda images, centroids: (by_hand(images, centroids)[0], None), "returns no labels or no means yet"),
    (lambda images, centroids: (plots.distances(images, centroids).argmin(axis=0), centroids), "goes along the other"),
    (lambda images, centroids: by_hand(images, centroids)[::-1], "Expected: labels [0, 0, 1, 1], means [[0, 1], [10"),
    (lambda images, centroids: by_hand(images, centroids)[:1], "Found:    [[0, 0, 1, 1]]"),
    (lambda images, centroids: 1 / 0, "Found:    ZeroDivisionError: division by zero")])
def test_a_round_is_tried_on_four_points(one_round, said):
    assert said in repr(results.try_round(one_round))


def test_pictures_of_rounds_and_clusters_say_what_they_show():
    rng = np.random.default_rng(0)
    images, digits = rng.random((40, 784)).astype("float32"), np.arange(40) % 2
    history = [(images[:2], by_hand(images, images[:2])[0])] * 3
    assert "write its two lines" in repr(plots.rounds(images, digits, history[:1], None))
    shown = repr(plots.rounds(images, digits, history, 1))
    assert "you guessed 1" in shown and "0 in round 1, 0 in round 2" in shown
    model = SimpleNamespace(labels_=np.repeat([0, 1], 20), cluster_centers_=images[:2])
    assert repr(plots.cards(images, digits, model, weakest=1, columns=2)).startswith(
        "1 cluster, one in a row, each with its largest shares: cluster 0, row 1, column 1, 0: 50%, 1: 50%; drawn: ")


def test_a_curve_with_a_peak_is_named_and_one_that_grows_is_not():
    shown = repr(plots.curves([5, 10, 20], [0.1, 0.2, 0.3], [9, 5, 4], [0.1, 0.3, 0.2], "accuracy"))
    assert shown.startswith("The curve with a peak: you guessed accuracy; it is ARI.") and "largest with 10" in shown


def test_a_grid_of_digits_is_grey_titled_and_described():
    matplotlib.use("agg")
    picture = plots.digit_grid(np.random.default_rng(0).random((7, 784)), range(7), columns=3, alt="seven digits")
    shown, metadata = picture._repr_mimebundle_()
    assert shown["text/plain"] == repr(picture) == "seven digits"
    assert metadata["image/png"]["alt"] == "seven digits"
    assert len(shown["image/png"]) > 1000


BEGIN = """
import matplotlib.pyplot as plt, numpy as np
from IPython.core.pylabtools import print_figure
from helpers import start
start(globals())
draws = []
def draw(images):
    figure, axes = plt.subplots(1, 2)
    for ax, title in zip(axes, "ab"):
        ax.imshow(np.eye(9)) if images else ax.plot([1, 2])
        ax.set_title(title)
    figure.canvas.mpl_connect("draw_event", draws.append)
    return figure
"""
COUNT = """
shown = len(draws)
picture = print_figure(figure, "png", base64=True)
print(shown, len(draws) - shown, picture)
draws.clear()
"""
# Ways to show a figure, by Matplotlib's backend.
WAYS = {"inline": ["figure = draw({})", "figure = draw({}); plt.show()", "figure = draw({}); plt.close(figure)\nfigure",
                   "figure = draw({}); plt.close(figure); display(figure)",
                   "%config InlineBackend.figure_formats = ['retina']\nfigure = draw({})"],
        "agg": ["figure = draw({}); plt.close(figure)\nfigure",
                "figure = draw({}); plt.close(figure); display(figure)"]}


@pytest.fixture(scope="module", params=WAYS)
def shown(request):
    """Every way to show a figure, with images in it and then without, in a real kernel: its output, how often it was
    drawn for that, and how often, and as what, IPython draws it."""
    ways = [way.format(images) for way in WAYS[request.param] for images in (True, False)]
    notebook = new_notebook(cells=[new_code_cell(source) for way in ways for source in (way, COUNT)])
    notebook.cells.insert(0, new_code_cell(BEGIN))
    NotebookClient(notebook, resources={"metadata": {"path": str(ROOT)}}).execute(
        env={**os.environ, "MPLBACKEND": request.param})
    # What is printed may come in parts.
    return [(cell.source, cell.outputs, "".join(output.text for output in count.outputs).split())
            for cell, count in zip(notebook.cells[1::2], notebook.cells[2::2], strict=True)]


def test_a_figure_of_images_has_words_however_it_is_shown(shown):
    for way, [output], _ in shown[::2]:
        assert output.data["text/plain"] == output.metadata["image/png"]["alt"] == "2 images in 1 row: a, b", way
        assert output.data["image/png"] in output.data["text/html"], way


def test_another_figure_is_shown_in_ipythons_own_way(shown, request):
    own = {"inline": {"image/png", "text/plain"}, "agg": {"text/plain"}}[request.node.callspec.params["shown"]]
    for way, [output], _ in shown[1::2]:
        assert {*output.data} == own and output.data["text/plain"].startswith("<Figure"), way


def test_a_figure_is_drawn_once_however_it_is_shown_and_as_ipython_draws_it(shown):
    for way, [output], (draws, _, picture) in shown[::2]:
        assert int(draws) == 1 and output.data["image/png"] == picture, way
    for way, [output], (draws, draws_of_one, _) in shown[1::2]:
        assert int(draws) == ("image/png" in output.data) * int(draws_of_one), way
