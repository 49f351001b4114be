"""The command `lab6 attack`: it grades all attacks and prints what came of them, beside what stock nbgrader gives."""

import datetime
import hashlib
import json
import tempfile
from importlib.metadata import version
from pathlib import Path

import blocks
from rich.table import Table
from rich.text import Text

from attacking import attack, in_class, in_stock
from grading.lab import ROOT
from grading.pages import terminal
from grading.wall import bubblewrap
from helpers.kit.verdict import how_many

PAGE = ROOT / "docs" / "security.md"
KEPT = ROOT / "benchmarks" / "attacks-in-stock.jsonl"
HARMFUL = "not tried: would harm the machine"


def run(options):
    """Run `lab6 attack`; return its exit status: 1 where an attack does what it must not."""
    if options.write and options.name:
        raise ValueError("the table in docs/security.md is of all attacks: leave out the names, or --write.")
    attacks, console = attack.attacks(options.name), terminal.console()
    bubblewrap.check()
    with tempfile.TemporaryDirectory(prefix="lab6-") as folder:
        console.print(f"Grading {how_many(len(attacks), 'attack')} in one class with honest work ...", highlight=False)
        results, done = in_class.grade(attacks, Path(folder) / "class")
        stock = against_stock(attacks, Path(folder), console) if options.against_stock else \
            known_of_stock(attacks) if options.write else {}
    console.print(table(attacks, results, stock))
    wrong = [*done, *(trouble for one in attacks for trouble in troubles(one, results[one.name]))]
    console.print("\n".join(wrong) or "Nobody else lost a point, no file changed, no secret leaked, no process stayed.",
                  style="bold red" if wrong else "green", highlight=False)
    if options.write and not wrong:
        PAGE.write_text(blocks.replace(PAGE.read_text(), "attacks", markdown(attacks, results, stock)))
        console.print(f"Written into {PAGE.relative_to(ROOT)}.")
    return 1 if wrong else 0


def troubles(one, result):
    """Return what an attack got or lost against what its first line says, a sentence for each."""
    found = []
    if result.earned != one.keeps | one.earns:
        found.append(f"{one.name} earned {steps(result.earned)} and not {steps(one.keeps | one.earns)}: {result.said}")
    if one.says not in result.said:
        found.append(f"{one.name}: the grader does not say {one.says!r}, but {result.said or 'nothing'}")
    return found + [f"{one.name} got at {place}" for place in result.crossed]


def against_stock(attacks, folder, console, kept=KEPT):
    """Grade attacks in stock nbgrader, and return what came of each that was tried, by name.

    Each result is kept as soon as it is there: a run that was stopped goes on from there.
    """
    known = known_of_stock(attacks, kept)
    left = [one for one in attacks if not one.harms and one.name not in known]
    console.print(f"Grading {len(left)} of {len(attacks)} in stock nbgrader, one by one ...", highlight=False)
    if left:
        in_stock.template(folder / "template")
    for number, one in enumerate(left, 1):
        found = known[one.name] = in_stock.grade(one, folder / "template", folder / "stock")
        with open(kept, "a") as file:
            print(json.dumps([_key(one), sorted(found.earned), found.crossed, found.failed]), file=file)
        console.print(f"{number}/{len(left)} {one.name}: {stock_words(one, found)}", highlight=False, markup=False)
    return known


def known_of_stock(attacks, kept=KEPT):
    """Return what is kept of attacks in this version of nbgrader, by name; one that has changed since is not known."""
    lines = kept.read_text().splitlines() if kept.exists() else ()
    found = {key: in_stock.Stock(frozenset(earned), tuple(crossed), failed)
             for key, earned, crossed, failed in map(json.loads, lines)}
    return {one.name: found[_key(one)] for one in attacks if _key(one) in found}


def _key(one):
    """Return what names an attack by all that it hands in, and nbgrader by its version."""
    handed_in = repr((one.kind, sorted(one.keeps), one.cells, one.layout))
    return f"{one.name} {hashlib.sha256(handed_in.encode()).hexdigest()[:16]} nbgrader {version('nbgrader')}"


def table(attacks, results, stock):
    """Make the table for a terminal."""
    made = Table(title="The attacks", show_lines=True)
    for head in ("Attack", "Points worked for", "Undeserved, here", *["Stock nbgrader"] * bool(stock)):
        made.add_column(head, overflow="fold")
    for one in attacks:
        made.add_row(*(Text(words) for words in _row(one, results[one.name], stock, one.name.replace("_", " "))))
    return made


def _row(one, result, stock, name):
    """Return the cells of an attack's row."""
    here = "; ".join(filter(None, [steps(result.earned - one.keeps), got_at(result.crossed)])) or "nothing"
    return [name, steps(one.keeps), here, *[stock_words(one, stock.get(one.name))] * bool(stock)]


def steps(some):
    """Return steps as words: "a b c", or "-"."""
    return " ".join(sorted(some)) or "-"


def got_at(places):
    """Say what an attack read or changed that is not its own, or nothing."""
    return f"gets at {', '.join(places)}" if places else ""


def stock_words(one, found):
    """Say what came of an attack in stock nbgrader."""
    if found is None:
        return HARMFUL if one.harms else "not tried yet"
    undeserved, lost = found.earned - one.keeps, one.keeps - found.earned
    said = [f"{steps(undeserved)} undeserved" if undeserved else "", got_at(found.crossed),
            f"no grade: {found.failed}" if found.failed else f"{steps(lost)} lost" if lost else ""]
    return "; ".join(filter(None, said)) or "nothing"


def markdown(attacks, results, stock):
    """Return the table of all attacks as Markdown, with versions and date, a part for each kind."""
    lines = []
    for kind, title in attack.KINDS.items():
        head = [title, "What it does", "Worked for", "Undeserved, here", "Stock nbgrader"]
        rows = [[words[0], one.what, *words[1:]] for one in attacks if one.kind == kind
                for words in [_row(one, results[one.name], stock, f"`{one.name}`")]]
        lines += [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)] + [""]
    gained = sum(bool(stock[one.name].earned - one.keeps) for one in attacks if one.name in stock)
    beyond = sum(bool(stock[one.name].crossed) for one in attacks if one.name in stock)
    failed = sum(bool(stock[one.name].failed) for one in attacks if one.name in stock)
    ours = sum(bool(results[one.name].earned - one.keeps) for one in attacks)
    return "\n".join([f"{len(attacks)} attacks, {ours} of which gain a point here. {len(stock)} were tried on stock "
                      f"nbgrader: {gained} gain a point there, {beyond} read or change what is not theirs, {failed} "
                      "leave no grade.", "", *lines, f"{_versions()}, {datetime.date.today().isoformat()}.", ""])


def _versions():
    return ", ".join(f"{name} {version(name)}" for name in ("nbgrader", "nbclient", "ipykernel", "scikit-learn"))
