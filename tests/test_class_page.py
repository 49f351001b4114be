"""The page of a class of 300 in a real browser: its first screen, its table, on a phone, in the dark and on paper."""

import re

import browser
import pytest
import three_hundred

from grading.pages.class_page import write_page

PAGES = re.compile(rb"/Type ?/Page\b")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return the page, opened at 1280 by 900."""
    path = tmp_path_factory.mktemp("report") / "index.html"
    write_page(path, three_hundred.rows())
    with browser.chromium() as context:
        page = context.new_page()
        page.errors = []
        page.on("console", lambda message: page.errors.append(message.text))
        page.goto(path.as_uri())
        yield page


def bottom(page, words):
    """Return where the section ends that has these words."""
    return page.get_by_text(words, exact=True).first.evaluate(
        "one => one.closest('section').getBoundingClientRect().bottom")


def unfold(page, is_open):
    page.locator(".long").evaluate("(one, is_open) => { one.open = is_open; }", is_open)


def first(page):
    """Return the words of the row that is shown at the top of the table."""
    rows = page.locator(".all tbody tr").evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect().top, one.innerText])")
    return min(rows)[1]


def test_the_first_screen_says_what_matters(shown):
    for heading in ("The most common mistakes", "Who needs help", "What needs you", "Late: 13"):
        assert bottom(shown, heading) <= 900, heading
    assert shown.evaluate("document.documentElement.scrollHeight") < 4000
    assert shown.errors == []


def test_the_table_is_sorted_without_a_script(shown):
    unfold(shown, True)
    found = {}
    for way in ("points", "late", "flags", "name", "id"):
        shown.locator(f"#by-{way}").check()
        found[way] = first(shown)
    assert "s000000" in found["id"] and "s000005" in found["points"] and "s000005" in found["flags"]
    assert "Late by 3 days 2 h" in found["late"] and "Absent0" in found["name"]
    assert shown.locator("script").count() == 0
    unfold(shown, False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_it_and_no_word_is_broken_up(shown, scheme):
    shown.set_viewport_size({"width": 390, "height": 844})
    shown.emulate_media(color_scheme=scheme)
    unfold(shown, True)
    try:
        assert shown.evaluate("document.documentElement.scrollWidth") == 390
        widths = shown.locator(".all .why").evaluate_all("all => all.map(one => one.clientWidth).filter(Boolean)")
        assert len(widths) > 100 and min(widths) > 300
        assert min(shown.locator("main p, main li").evaluate_all(browser.CONTRAST)) >= 4.5
    finally:
        unfold(shown, False)
        shown.set_viewport_size({"width": 1280, "height": 900})
        shown.emulate_media(color_scheme="light")


def test_it_is_printed_in_six_pages_with_everybody_on_them(shown):
    assert len(PAGES.findall(shown.pdf(format="A4"))) <= 6
    shown.emulate_media(media="print")
    try:
        assert shown.locator(".all .who:visible").count() == 314
    finally:
        shown.emulate_media(media="screen")
