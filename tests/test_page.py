"""The page and the CSV of a class: nothing in them runs, and their numbers add up."""

import csv
import dataclasses
import html
import re
import time
from html.parser import HTMLParser

import pytest
import three_hundred

from grading.pages.class_page import grades_csv, kinds, lost, mistakes, page, stuck, totals, weakest, write_page
from grading.pages.csv_file import Style
from grading.submission.outcome import GONE, Flag, Row
from helpers import lab

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></svg><svg onload=alert(1)>",
           "{{ 7 * 7 }}", "=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(1)", "a\nb", "\u202etxt", "\ud800"]


class Tags(HTMLParser):
    """Collects what a browser would see as tags and attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def row(student, lost="", why="a reason", **more):
    points = {step: float(step not in lost) for step in lab.steps}
    return Row(student, points, [(step, why) for step in lost], **more)


CLASS = [row("ada", waits=["homework 1", "homework 2"]), row("grace", "d", "divided twice"),
         row("alan", "de", "divided twice"), row("edsger", "d", "not done yet"),
         Row("kurt", problem="it is not a notebook")]


def test_nothing_that_a_student_wrote_becomes_a_tag():
    rows = [row(text, "d", text, waits=[text], flags=[Flag(text, text)], **more) for text in HOSTILE
            for more in ({}, {"problem": text})]
    made = page(rows)
    plain = page([row("ada", "d", waits=["x"], flags=[Flag("z", "z")]), Row("alan", problem="y")])
    seen, harmless = Tags(made), Tags(plain)
    assert seen.tags == harmless.tags and "script" not in seen.tags and "img" not in seen.tags
    assert [name for name, _ in seen.attributes if name.startswith("on") or name in ("src", "href")] == []
    assert "{{ 7 * 7 }}" in made


def test_the_totals_add_up():
    timed = [dataclasses.replace(one, seconds=seconds) for one, seconds in zip(CLASS, (3.0, 4.0, 0, 0, 0))]
    assert totals(timed) == {"submissions": 5, "graded": 4, "stopped": 1, "waiting": 1, "answers": 2, "full": 1,
                             "timed": 2, "seconds": 7.0, "mean": 9.0, "median": 9.0}


def test_the_most_common_reason_comes_first_with_who_has_it():
    assert lost(CLASS[:4])[0] == ("d", 3, [("divided twice", ["grace", "alan"]), ("not done yet", ["edsger"])], 0)
    assert lost(CLASS[:4])[1] == ("e", 1, [("divided twice", ["alan"])], 0)


def test_rarer_reasons_are_counted():
    rows = [row(f"s{i}", "d", f"reason {chr(97 + i)}") for i in range(9)]
    step, number, reasons, rarer = lost(rows)[0]
    assert number == 9 and sum(len(who) for _, who in reasons) + rarer == 9 and rarer == 4


def test_reasons_that_differ_in_numbers_alone_are_one():
    rows = [row("ada", "d", "accuracy 0.51, and 60 wrong"), row("bob", "d", "accuracy 0.6, and 7 wrong"),
            row("eve", "d", "x")]
    assert lost(rows) == [("d", 3, [("accuracy 0.51, and 60 wrong", ["ada", "bob"]), ("x", ["eve"])], 0)]


def test_the_most_common_mistakes_are_those_of_all_steps_without_what_was_not_begun():
    rows = [row(f"s{i}", "j", "not done yet") for i in range(9)] + [row("ada", "de", "twice"), row("bob", "d", "twice")]
    assert mistakes(rows) == [("d", "twice", ["ada", "bob"]), ("e", "twice", ["ada"])]
    assert len(mistakes([row(f"s{step}", step) for step in lab.steps])) == 5


def test_who_needs_help_is_named():
    rows = [row("ada"), row("bob", "abc"), row("eve", "d"), row("kim", "fghij"), row("max", "hij"),
            row("nil", "abcdefghij")]
    assert [one.student for one in weakest(rows)] == ["nil", "kim"]
    assert stuck(rows) == [("a", ["nil"]), ("f", ["kim"]), ("h", ["max"])]
    assert weakest([row("ada"), row("bob")]) == [] == weakest([])


def test_flags_of_one_kind_are_one_line_with_a_number():
    a, b, c = (Flag("Something was left out", f"'{name}.txt' was left out: a link") for name in "abc")
    rows = [row("ada", flags=[a, b]), row("bob", flags=[c]), row("eve", flags=[Flag("another", "a thing")]), CLASS[-1]]
    assert [(kind, len(found)) for kind, found in kinds(rows)] == [
        ("Something was left out", 3), ("Handed in, not gradable", 1), ("another", 1)]
    made = page(rows)
    assert "<b>2</b>Something was left out</summary>" in made and "bob: 'c.txt' was left out" in html.unescape(made)


def test_who_handed_nothing_in_has_a_row_and_counts_for_nothing_else():
    away = Row("zoe", name="Last, First", absent=True)
    made = page([*CLASS, away])
    assert "Not handed in</dt><dd>1</dd>" in made and "Submissions</dt><dd>5</dd>" in made
    assert re.search(r'class="who">Last, First <span class="soft">zoe</span>', made)
    assert "Not handed in" not in page(CLASS)


def test_each_row_leads_to_its_feedback_and_its_notebook():
    links = {"feedback": "../f/ada%22.html", "notebook": "../a/ada.ipynb"}
    ada = dataclasses.replace(CLASS[0], name="L, A", links=links)
    made = page([ada, *CLASS[1:]])
    assert '<a href="../f/ada%22.html">L, A</a>' in made and 'href="../a/ada.ipynb">notebook</a>' in made
    assert {value.partition("/")[0] for name, value in Tags(made).attributes if name == "href"} == {".."}


def test_every_order_of_the_table_has_a_place_for_each_row():
    rows = three_hundred.rows(30, 3)
    made = page(rows)
    for way in ("id", "name", "points", "late", "flags"):
        assert sorted(map(int, re.findall(rf"--{way}:(\d+);", made))) == [*range(33)]
        assert f"main:has(#by-{way}:checked) .all tbody tr {{ order: var(--{way}); }}" in made
    assert "by-name" not in page(CLASS)


def test_the_charts_say_in_words_what_they_show():
    made = page(CLASS)
    points, steps = [html.unescape(words) for words in re.findall(r"<desc[^>]*>(.*?)</desc>", made)]
    counts = [int(number) for number in re.findall(r"Points \d+: (\d+)", points)]
    assert sum(counts) == 4 and counts[10] == 1 and counts[9] == 2 and counts[8] == 1
    assert "Step d: 25%" in steps and "Step a: 100%" in steps
    assert made.count('role="img"') == made.count("<title id=") == 2


def test_what_stopped_or_was_flagged_stands_by_name():
    made = page([*CLASS, row("emmy", flags=[Flag("stopped", "its kernel was stopped after 300 s")], seconds=12.5)])
    assert "Handed in, not gradable: it is not a notebook" in made
    assert "its kernel was stopped after 300 s" in made and "12.5 s" in made and ">Seconds<" not in page(CLASS)


@pytest.mark.parametrize("rows", [[], [Row("kurt", problem="it is not a notebook")], [row("ada")]])
def test_a_class_may_be_empty_or_of_one(rows):
    made = page(rows)
    assert ("Nothing has been handed in yet" in made) == (not rows)
    assert all(one.student in made for one in rows)


def test_two_thousand_submissions_take_seconds_and_few_megabytes():
    start = time.process_time()
    made = page([row(f"student{i:04d}", "dgj"[i % 4:], "what was found: the likely cause " * 4) for i in range(2000)])
    assert time.process_time() - start < 5
    assert len(made) < 4_000_000 and "student1999" in made


def test_the_csv_holds_every_submission(tmp_path):
    grades_csv([dataclasses.replace(CLASS[0], flags=[Flag("a flag", "a flag")]), *CLASS[1:]], tmp_path / "grades.csv")
    with open(tmp_path / "grades.csv", newline="", encoding="utf-8-sig") as file:
        found = list(csv.DictReader(file))
    assert list(found[0]) == ["submission", *lab.steps, "total", "hours late", "late penalty", "to mark by hand",
                              "attention"]
    assert [one["submission"] for one in found] == [one.student for one in CLASS]
    assert found[1]["d"] == "0" and found[1]["total"] == "9" and found[0]["to mark by hand"] == "homework 1; homework 2"
    assert found[4]["total"] == "" and "it is not a notebook" in found[4]["attention"]
    assert found[0]["attention"] == "a flag"
    grades_csv([Row("zoe", absent=True)], tmp_path / "grades.csv")
    with open(tmp_path / "grades.csv", newline="", encoding="utf-8-sig") as file:
        away, = csv.DictReader(file)
    assert [value for value in away.values() if value] == ["zoe", "nothing handed in"]


def test_no_cell_of_the_csv_is_a_formula(tmp_path):
    grades_csv([row(text, problem=text, waits=[text]) for text in HOSTILE], tmp_path / "grades.csv")
    with open(tmp_path / "grades.csv", newline="") as file:
        found = list(csv.reader(file))
    assert len(found) == 1 + len(HOSTILE)
    assert [cell for line in found for cell in line if cell.lstrip().startswith(("=", "+", "-", "@"))] == []


def test_a_table_for_other_countries_has_their_separators(tmp_path):
    late = dataclasses.replace(CLASS[0], points={**CLASS[0].points, "a": 0.5}, late=5400.0, penalty=2.25)
    grades_csv([late], tmp_path / "grades.csv", Style(";", ","))
    assert (tmp_path / "grades.csv").read_text().splitlines()[1] == \
        '"ada";"0,5";' + '"1";' * 9 + '"9,5";"1,5";"2,25";"homework 1; homework 2";""'
    with pytest.raises(ValueError, match="a table cannot be separated by ';' with ';' in its numbers"):
        Style(";", ";")


def test_who_is_late_and_who_is_gone_stands_on_the_page():
    made = page([row("ada", late=93600.0, penalty=1.0), row("eve", flags=[GONE]), row("bob")])
    assert "Late by 1 day 2 h, 1 point off" in made and "<dt>Late</dt><dd>1</dd>" in made
    assert "and counted all the same: eve." in made and "nbgrader db student remove ID --force" in made
    assert "Late" not in page(CLASS) and "db student remove" not in page(CLASS)


def test_points_other_than_one_each_are_counted_and_not_steps():
    possible = {**dict.fromkeys(lab.steps, 2.0), "j": 7.0}
    def of(student, **less):
        points = {step: less.get(step, possible[step]) for step in lab.steps}
        return Row(student, points, [(step, "half") for step in less])
    rows = [of("ada"), of("bob", a=1.0), of("eve", j=3.0)]
    assert totals(rows, possible)["full"] == 1 and lost(rows, possible) == [
        ("a", 1, [("half", ["bob"])], 0), ("j", 1, [("half", ["eve"])], 0)]
    points, steps = [html.unescape(words) for words in re.findall(r"<desc[^>]*>(.*?)</desc>", page(rows, possible))]
    assert "Points 24–25: 2" in points and "Points 20–21: 1" in points and len(points.split(";")) <= 20
    assert "Step a: 67%; Step b: 100%" in steps and "Step j: 67%" in steps
    assert "of 25." in page(rows, possible) and "of 10: one for each of a to j." in page(CLASS)


def test_what_cannot_be_replaced_stays_as_it_was_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "grades.csv"
    path.mkdir()
    with pytest.raises(OSError):
        grades_csv(CLASS, path)
    assert list(tmp_path.iterdir()) == [path] and list(path.iterdir()) == []


def test_a_file_is_replaced_whole(tmp_path):
    (tmp_path / "grades.csv").write_text("before\n" * 1000)
    grades_csv([], tmp_path / "grades.csv")
    assert (tmp_path / "grades.csv").read_text().startswith('\ufeff"submission","a","b",')
    assert [path.name for path in tmp_path.iterdir()] == ["grades.csv"]


def test_a_name_cannot_turn_the_words_beside_it_around():
    assert "\u202e" not in page([row("\u202etxt", "d")])


def test_the_page_can_be_written_whatever_is_in_it(tmp_path):
    write_page(tmp_path / "class.html", [row(text) for text in HOSTILE])
    assert (tmp_path / "class.html").read_text().startswith("<!DOCTYPE html>")
