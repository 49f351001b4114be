"""A class on one page: numbers, charts and a table, as HTML that needs nothing else and runs no script.

What stands in a row came from students, so every text is escaped, by the template and by `grading.pages.charts`.
"""

import math
import re
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
from grading.submission.outcome import GONE, NOT_GRADABLE, Flag
from helpers.kit.verdict import NOT_DONE, how_many

TEMPLATE = "page.html.j2"
BARS = 20           # bars of the histogram
REASONS, NAMES, LONGEST = 5, 12, 300        # reasons for a step, students named for one, characters shown of a text
MISTAKES, WEAKEST = 5, 10                   # the most common ones, and how many are named of the weakest
STUCK = 3           # steps at the end without a point, from which on somebody is said to have come no further
FEW = 40            # rows that are shown unfolded
NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


def page(rows, possible=None, made="", remark="", items=()):
    """Return the page of a class.

    Parameters
    ----------
    rows : sequence of grading.submission.outcome.Row
        One for each who is known, in the order of the table.
    possible : dict of str to float, optional
        The points of each step; one by default.
    made : str
        When the page was made.
    remark : str
        What was not to be known of who is in the class.
    items : dict of str to dict of str to list of dict, optional
        The items of the rubric that were given, by student and by answer.

    Returns
    -------
    str
        A whole HTML document.
    """
    possible, everybody = possible or _one_each(), rows
    rows = [row for row in everybody if not row.absent]
    graded = [row for row in rows if row.points and not row.problem]
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True, finalize=_visible)
    return environment.get_template(TEMPLATE).render(
        title=lab().title, made=made, remark=remark, everybody=everybody, rows=rows, graded=graded,
        absent=[row for row in everybody if row.absent], steps=list(lab().steps), possible=possible,
        totals=totals(rows, possible), histogram=_histogram(graded, possible), passed=_passed(graded, possible),
        lost=lost(graded, possible), mistakes=mistakes(graded, possible), weakest=weakest(graded, possible),
        stuck=stuck(graded), attention=kinds(rows), late=sorted((row for row in rows if row.late), key=_by_lateness),
        gone=[row.student for row in rows if GONE in row.flags], shared=remarks.shared(graded),
        of={row.student: row for row in everybody}, orders=_orders(everybody), together=together,
        written=how_often(items or {}),
        one_each=possible == _one_each(), cut=_cut, how_many=how_many, waits=waits, listed=listed, names=NAMES,
        few=FEW, most=sum(possible.values()))


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

    Reasons that differ only in their numbers are one, in the words of the first who has it.

    Returns
    -------
    list of (str, int, list of (str, list of str), int)
        Step, how many lost it, the reasons with the students, most common first, and how many have a rarer reason.
    """
    found = [(step, sum(len(who) for _, who in reasons), reasons) for step, reasons in _reasons(graded, possible)]
    return [(step, number, reasons[:REASONS], sum(len(who) for _, who in reasons[REASONS:]))
            for step, number, reasons in found]


def mistakes(graded, possible=None):
    """Return the most common mistakes across all steps: each with its step, its words and the students."""
    found = [(step, why, who) for step, reasons in _reasons(graded, possible) for why, who in reasons
             if why != NOT_DONE]
    return sorted(found, key=lambda one: -len(one[2]))[:MISTAKES]


def weakest(graded, possible=None):
    """Return the rows with the fewest points, fewest first: none that reach the median, or all points."""
    numbers = totals(graded, possible or _one_each())
    below = [row for row in graded if row.total < numbers["median"]] if graded else []
    return sorted(below, key=lambda row: (row.total, row.student))[:WEAKEST]


def stuck(graded):
    """Return the steps from which on some earned nothing more, down to the last, each with the students."""
    found, steps = defaultdict(list), list(lab().steps)
    for row in graded:
        after = max((place + 1 for place, step in enumerate(steps) if row.points.get(step, 0) > 0), default=0)
        if len(steps) - after >= min(STUCK, len(steps)):
            found[steps[after]].append(row.student)
    return sorted(found.items(), key=lambda item: steps.index(item[0]))


def kinds(rows):
    """Return what needs a person, flags of one kind together: each kind with the students and all words, most first."""
    found = defaultdict(list)
    for row in rows:
        for flag in _attention(row):
            found[flag.about].append((row.student, _cut(flag.said)))
    return sorted(found.items(), key=lambda item: (-len({student for student, _ in item[1]}), item[0]))


def together(row):
    """Return the reasons of a submission, each with all the steps that it cost: a list of (list of str, str)."""
    found = defaultdict(list)
    for step, why in row.reasons:
        found[why].append(step)
    return [(steps, why) for why, steps in found.items()]


def _reasons(graded, possible):
    """Yield each step that somebody lost, with its reasons and who has them, most common first."""
    possible = possible or _one_each()
    for step in lab().steps:
        why = {}
        for row in graded:
            if row.points.get(step, 0) < possible[step]:
                said = _cut(dict(row.reasons).get(step, "no reason was given"))
                why.setdefault(NUMBERS.sub("0", said), (said, []))[1].append(row.student)
        if why:
            yield step, sorted(why.values(), key=lambda item: (-len(item[1]), item[0]))


def _orders(rows):
    """Return the ways to sort the table: for each its name, its words, and the place of each student in it."""
    ways = {"id": ("id", lambda row: ()), "name": ("name", lambda row: (not row.name, row.name.casefold())),
            "points": ("points", lambda row: (not row.points, row.total)),
            "late": ("lateness", _by_lateness), "flags": ("what needs you", lambda row: not _attention(row))}
    ways = {way: how for way, how in ways.items() if way != "name" or any(row.name for row in rows)}
    return [(way, words, {row.student: place for place, row in enumerate(sorted(rows, key=key))})
            for way, (words, key) in ways.items()]


def _by_lateness(row):
    return -row.late


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
    return [*([Flag(NOT_GRADABLE, f"{NOT_GRADABLE}: {row.problem}")] if row.problem else ()), *row.flags]


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

    Who has handed nothing in has a row without points, which says so.

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
        said = [_cut(flag.said) for flag in _attention(row)]
        points = [style.number(row.points.get(step, 0)) for step in steps] if row.points else [""] * len(steps)
        late = [style.number(row.late / 3600), style.number(row.penalty)] if row.late else ["", ""]
        made.append([harmless(row.student), *points, style.number(row.total) if row.points else "", *late,
                     harmless("; ".join(row.waits)), "nothing handed in" if row.absent else harmless("; ".join(said))])
    csv_file.write(path, made, style)


def write_page(path, *arguments, **named):
    """Write `page` to a file, in one move."""
    csv_file.replace(path, page(*arguments, **named))
