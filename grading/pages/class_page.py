"""A class on one page: numbers, charts and a table, as HTML that needs nothing else and runs no script.

What stands in a row came from students, so every text is escaped, by the template and by `grading.pages.charts`.
"""

import math
from collections import defaultdict
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from grading.lab import lab
from grading.pages import csv_file
from grading.pages.charts import bars
from grading.pages.csv_file import Style, harmless
from grading.shown.text import visible
from grading.submission import remarks
from grading.submission.kinds import listed
from grading.submission.outcome import GONE, NOT_GRADABLE
from helpers.kit.verdict import how_many

TEMPLATE = "page.html.j2"
BARS = 20           # bars of the histogram
REASONS, NAMES, LONGEST = 5, 12, 300        # reasons for a step, students named for one, characters shown of a text


def page(rows, possible=None, made="", items=()):
    """Return the page of a class.

    Parameters
    ----------
    rows : sequence of grading.submission.outcome.Row
        One for each submission, in the order of the table.
    possible : dict of str to float, optional
        The points of each step; one by default.
    made : str
        When the page was made.
    items : dict of str to dict of str to list of dict, optional
        The items of the rubric that were given, by student and by answer.

    Returns
    -------
    str
        A whole HTML document.
    """
    possible = possible or _one_each()
    graded = [row for row in rows if row.points and not row.problem]
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True, finalize=_visible)
    return environment.get_template(TEMPLATE).render(
        title=lab().title, made=made, rows=rows, graded=graded, steps=list(lab().steps), possible=possible,
        totals=totals(rows, possible), histogram=_histogram(graded, possible), passed=_passed(graded, possible),
        lost=lost(graded, possible), attention=[(row.student, what) for row in rows for what in _attention(row)],
        late=[row for row in rows if row.late], gone=[row.student for row in rows if GONE in row.flags],
        shared=remarks.shared(graded), written=how_often(items or {}),
        one_each=possible == _one_each(), cut=_cut, how_many=how_many, waits=waits, listed=listed, names=NAMES,
        most=sum(possible.values()))


def totals(rows, possible=None):
    """Return the numbers of a class, by name.

    Returns
    -------
    dict
        ``submissions``, ``graded``, ``stopped``, ``waiting``, ``answers``, ``full`` (submissions with all automatic
        points), ``timed`` (those graded now), ``seconds`` (of their grading, together) and, where there are any,
        ``mean`` and ``median``.
    """
    possible, graded = possible or _one_each(), sorted(row.total for row in rows if row.points and not row.problem)
    found = {"submissions": len(rows), "graded": len(graded), "stopped": sum(bool(row.problem) for row in rows),
             "waiting": sum(bool(row.waits) for row in rows), "answers": sum(len(row.waits) for row in rows),
             "full": sum(total >= sum(possible.values()) for total in graded),
             "timed": sum(bool(row.seconds) for row in rows), "seconds": sum(row.seconds for row in rows)}
    if graded:
        half = len(graded) // 2
        found["mean"] = sum(graded) / len(graded)
        found["median"] = graded[half] if len(graded) % 2 else (graded[half - 1] + graded[half]) / 2
    return found


def lost(graded, possible=None):
    """Return the steps that somebody lost, each with its most common reasons.

    Returns
    -------
    list of (str, int, list of (str, list of str), int)
        Step, how many lost it, the reasons with the students, most common first, and how many have a rarer reason.
    """
    found, possible = [], possible or _one_each()
    for step in lab().steps:
        losers = [row for row in graded if row.points.get(step, 0) < possible[step]]
        if losers:
            why = defaultdict(list)
            for row in losers:
                why[_cut(dict(row.reasons).get(step, "no reason was given"))].append(row.student)
            reasons = sorted(why.items(), key=lambda item: (-len(item[1]), item[0]))
            found.append((step, len(losers), reasons[:REASONS], sum(len(who) for _, who in reasons[REASONS:])))
    return found


def how_often(items):
    """Return how often each item of the rubric was given.

    Parameters
    ----------
    items : dict of str to dict of str to list of dict
        By student and by answer.

    Returns
    -------
    list of (str, list of (str, float, int, int))
        A question, and of each of its items the words, the points, how often it was given, and of how many answers.
    """
    counts = defaultdict(lambda: defaultdict(list))
    for its in items.values():
        for name, marked in its.items():
            for item in marked:
                counts[name][item["id"], item["words"], item["points"]].append(item["given"])
    return [(name.replace("_", " "), [(words, points, sum(given), len(given))
                                      for (_, words, points), given in its.items()])
            for name, its in sorted(counts.items())]


def _one_each():
    return dict.fromkeys(lab().steps, 1.0)


def _attention(row):
    stopped = [f"{NOT_GRADABLE}: {row.problem}"] if row.problem else []
    return [_cut(what) for what in (*stopped, *row.flags)]


def _histogram(graded, possible):
    most = sum(possible.values())
    wide = max(1, math.ceil(most / BARS))           # points that share a bar
    lows = range(0, int(most) + 1, wide)
    names = [f"{low}" if low in (low + wide - 1, most) else f"{low}–{min(low + wide - 1, math.ceil(most))}"
             for low in lows]
    places = [min(max(int(row.total // wide), 0), len(names) - 1) for row in graded]
    counts = [places.count(place) for place in range(len(names))]
    return bars("Points", "Submissions by automatic points", names, counts, counts)


def _passed(graded, possible):
    counts = [sum(row.points.get(step, 0) >= possible[step] for row in graded) for step in lab().steps]
    shown = [f"{count / len(graded):.0%}" if graded else "" for count in counts]
    return bars("Step", "Share of graded submissions that earned all points of each step", lab().steps, counts,
                shown, highest=len(graded))


def waits(row):
    """Return what waits for a person, in few words: homework 1 2; to confirm: homework 3."""
    confirm = f"to confirm: {_few(row.confirms)}" if row.confirms else ""
    return "; ".join(filter(None, [_few(row.waits), confirm]))


def _few(names):
    first = [name.rpartition(" ")[0] for name in names]         # said once for those that share it
    return " ".join(name.removeprefix(f"{before} ") if before == above else name
                    for name, before, above in zip(names, first, [None, *first]))


def _visible(value):
    return visible(value) if type(value) is str else value


def _cut(text):
    text = " ".join(str(text).split())
    return text if len(text) <= LONGEST else text[:LONGEST - 2] + " …"


def grades_csv(rows, path, style=None):
    """Write a class as CSV: submission, the steps, total, lateness and its penalty, to mark by hand, attention.

    A text that a spreadsheet would take for a formula gets an apostrophe before it. The file appears whole or not at
    all.

    Parameters
    ----------
    rows : sequence of grading.submission.outcome.Row
    path : path-like
    style : grading.pages.csv_file.Style, optional
    """
    style = style or Style()
    steps = list(lab().steps)
    made = [["submission", *steps, "total", "hours late", "late penalty", "to mark by hand", "attention"]]
    for row in rows:
        points = [style.number(row.points.get(step, 0)) for step in steps] if row.points else [""] * len(steps)
        late = [style.number(row.late / 3600), style.number(row.penalty)] if row.late else ["", ""]
        made.append([harmless(row.student), *points, style.number(row.total) if row.points else "", *late,
                     harmless("; ".join(row.waits)), harmless("; ".join(_attention(row)))])
    csv_file.write(path, made, style)


def write_page(path, *arguments, **named):
    """Write `page` to a file, in one move."""
    csv_file.replace(path, page(*arguments, **named))
