"""The lab as students meet it: the released folder, in JupyterLab, in a browser, without a network."""

import re

import browser
import corpus
import nbformat
import pytest
from corpus import RELEASE, Case

from helpers import lab

FIGURES = {"step-c": "9 images in 3 rows: 5, 0, 4; 1, 9, 2; 1, 3, 1", "step-j": "50 images in 5 rows: "}
TABLES = ("table-b", "table-d", "table-e", "table-g", "table-h", "table-i", "summary")
CHECKS = [f"check-{step}" for step in lab.steps]
# What stands between the steps, and how its words begin for those who do not see it.
LESSONS = {"see-near": "The closer pair: you guessed 1 and 1; it is 4 and 9.",
           "watch": "Digits that lost their centroid: you guessed 5; it is 5 and 9.",
           "see-cards": "10 clusters, one in a row", "see-weakest": "5 clusters, one in a row",
           "measure": "The curve with a peak: you guessed accuracy; it is ARI."}
GUESSES = {"guess-near": '"1 and 1"', "guess-lost": "5", "guess-10": "0.3", "guess-50": "0.6",
           "guess-curve": '"accuracy"'}
THEMES = ("JupyterLab Light", "JupyterLab Dark")
TEST_IMAGES_FORGOTTEN = 'x_train = x_train.astype("float32") / 255'


@pytest.fixture(scope="module")
def open_lab(tmp_path_factory):
    """Return a function that opens a notebook in the one JupyterLab of these tests."""
    folder = browser.lay_out(tmp_path_factory.mktemp("student"))
    with browser.jupyterlab(folder) as address, browser.chromium() as context:
        yield lambda notebook, name: browser.Page(context, address, folder, notebook, name)


@pytest.fixture(scope="module")
def untouched(open_lab):
    """The lab as released, after Run All."""
    lab = open_lab(nbformat.read(RELEASE, as_version=4), "untouched")
    lab.run_all()
    return lab


@pytest.fixture(scope="module")
def finished(open_lab, solved):
    """The lab with every step filled in and every guess made, after Run All."""
    notebook = corpus.submission(solved, further=False)
    for cell in notebook.cells:
        cell.source = cell.source.replace("None", GUESSES[cell.id]) if cell.id in GUESSES else cell.source
    lab = open_lab(notebook, "finished")
    lab.run_all()
    return lab


def test_the_lab_opens_ready_and_says_step_by_step_what_is_not_done_yet(untouched):
    assert untouched.said("start").startswith("Ready. The data is at hand")
    for check in CHECKS:
        assert re.fullmatch(f"Step {check[-1]} is not done yet: .+", untouched.said(check)), check
    for table in TABLES:
        assert re.fullmatch("Step [a-j] is not done yet: this cell needs .+", untouched.said(table)), table
    assert untouched.said("progress").startswith("0 of 10 steps")


def test_a_step_can_be_done_with_the_keyboard_alone(open_lab):
    lab = open_lab(nbformat.read(RELEASE, as_version=4), "keyboard")
    press = lab.page.keyboard.press
    for key in ["Shift+Enter"] * 4 + ["Enter", "Control+A"]:       # past the opening, start and the words of step a
        press(key)
    lab.page.keyboard.insert_text("import numpy as np")
    for key in ["Shift+Enter"] * 3:                                # step a, the words of its check, its check
        press(key)
    lab.outputs("check-a").get_by_text("✓ NumPy is imported.").wait_for()


def test_every_check_of_a_finished_lab_says_what_holds(finished):
    for check in CHECKS:
        *lines, last = finished.said(check).split("\n")
        assert [line for line in lines if not re.match("✓ .+", line)] == [], check
        assert last == f"Step {check[-1]} is right: 1 point"
    assert finished.said("check-f-function").endswith("Step f, part 1 is right.")
    assert finished.said("progress").startswith("All ten steps hold.")


def test_the_steps_that_hold_are_those_of_the_values_as_they_are(finished):
    page = finished.page
    finished.cell("progress").click()
    page.evaluate("() => jupyterapp.commands.execute('notebook:insert-cell-above')")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("kept, accuracy_10 = accuracy_10, 0.1")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    below = page.locator(".jp-Notebook .jp-Cell").nth(finished.places["progress"] + 1).locator(".jp-OutputArea-output")
    below.get_by_text("9 of 10 steps so far. Steps that hold: a b c d e f g i j.").wait_for()
    page.locator(".jp-Notebook .jp-Cell").nth(finished.places["progress"]).click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("accuracy_10 = kept")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    page.evaluate("() => jupyterapp.commands.execute('notebook:delete-cell')")


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("theme", THEMES)
def test_what_stands_between_the_steps_is_shown_whole_in_both_themes(request, finished, theme, width):
    request.addfinalizer(lambda: finished.page.set_viewport_size({"width": 1280, "height": 900}))
    finished.page.set_viewport_size({"width": width, "height": 900})
    finished.theme(theme)
    for cell, words in LESSONS.items():
        image = finished.outputs(cell).locator("img")
        image.scroll_into_view_if_needed()
        assert image.get_attribute("alt").startswith(words), cell
        box = finished.outputs(cell).last.bounding_box()
        assert 300 < image.bounding_box()["width"] <= box["width"] + 1 and box["x"] + box["width"] <= width, cell
    for cell in (*TABLES, "guesses"):
        assert finished.outputs(cell).last.evaluate("shown => shown.scrollWidth <= shown.clientWidth + 1"), cell


def test_guesses_are_answered_where_they_were_made_and_once_more_at_the_end(finished):
    for cell, k, guess in (("table-h", 10, "0.30"), ("table-i", 50, "0.60")):
        assert re.search(rf"Accuracy with {k} clusters: you guessed {guess}; it is 0\.\d\d\.", finished.said(cell))
    rows = finished.outputs("guesses").locator("tbody tr").all()
    assert [row.locator("td").first.text_content() for row in rows] == ["1 and 1", "5", "0.30", "0.60", "accuracy"]


def test_the_picture_on_top_shows_and_has_words(untouched):
    image = untouched.cell("title").locator("img")
    assert image.evaluate("image => image.naturalWidth") > 400 and len(image.get_attribute("alt")) > 100


def test_every_figure_shows_and_has_words(finished):
    for cell, words in FIGURES.items():
        image = finished.outputs(cell).locator("img")
        image.scroll_into_view_if_needed()
        assert image.bounding_box()["width"] > 200 and image.evaluate("image => image.naturalWidth") > 200, cell
        assert image.get_attribute("alt").startswith(words)
    assert finished.page.locator('.jp-Notebook img:not([alt]), .jp-Notebook img[alt=""]').count() == 0


@pytest.mark.parametrize("cell", TABLES)
def test_every_table_has_a_caption_and_says_which_header_belongs_to_what(finished, cell):
    table = finished.outputs(cell).locator("table")
    assert table.locator("caption").text_content()
    assert table.locator("thead th[scope=col]").count() == table.locator("thead tr > *").count() > 1
    assert table.locator("tbody th[scope=row]:first-child").count() == table.locator("tbody tr").count() > 0


def test_the_summary_shows_the_numbers_of_this_run(finished):
    shown = finished.outputs("summary").locator("tbody tr").first.locator("td").all_text_contents()
    for accuracy, k, check in zip(shown, (10, 50), ("check-h", "check-i"), strict=True):
        assert re.search(rf"accuracy_{k} is (0\.\d{{4}})", finished.said(check)).group(1) == accuracy


@pytest.mark.parametrize("theme", THEMES)
def test_what_the_lab_shows_is_easy_to_read_in_both_themes(finished, untouched, theme):
    for page in (finished, untouched):
        page.theme(theme)
        for cell in (*CHECKS, *TABLES, "check-f-function", "guesses", "progress"):
            contrasts = page.contrasts(cell)
            assert contrasts and min(contrasts) >= 4.5, (theme, cell, contrasts)


def test_pale_text_would_be_noticed(finished):
    finished.theme(THEMES[0])
    finished.outputs("summary").locator("caption").evaluate("caption => caption.style.color = '#888'")
    assert 3 < min(finished.contrasts("summary")) < 4.5
    finished.outputs("summary").locator("caption").evaluate("caption => caption.style.color = ''")


def test_headings_go_down_one_level_at_a_time(untouched):
    headings = untouched.page.locator(".jp-RenderedMarkdown").locator("h1, h2, h3, h4, h5, h6")
    levels = [int(name[1]) for name in headings.evaluate_all("all => all.map(one => one.tagName)")]
    assert levels[0] == 1 and levels.count(1) == 1 and len(levels) > 15
    assert [pair for pair in zip(levels, levels[1:]) if pair[1] > pair[0] + 1] == []


def test_validate_says_that_a_finished_lab_passes(finished):
    assert "passes all the tests" in finished.validate()


def test_validate_names_the_one_misstep_in_the_words_of_its_check(open_lab):
    case = Case("forgotten", "Leaves the test images.", frozenset("d"), "", {"step_d": TEST_IMAGES_FORGOTTEN})
    said = open_lab(corpus.submission(case, further=False), "forgotten").validate()
    assert re.findall(r"import step_(\w)", said) == ["d"]
    assert re.search(r"Expected: x_test from 0 to 1\s+Found: +x_test runs from 0 to 255\s+"
                     r"Likely: +only the other array was divided by 255\s+Try: +divide x_test by 255 too", said)


def test_nothing_was_asked_of_the_network(untouched, finished):
    assert finished.wanted == []
    untouched.page.evaluate("fetch('http://203.0.113.1/').catch(() => null)")
    assert finished.wanted == ["http://203.0.113.1/"]
