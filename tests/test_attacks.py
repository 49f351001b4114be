"""Every attack, graded in one class with honest work: it gets what its first line says, and harms nobody."""

import dataclasses
import json
from importlib.metadata import version

import pytest
from attacking import attack, command, harm, in_class
from attacking.in_class import Result
from attacking.in_stock import Stock
from tiers import selected, some_of_each

from helpers import lab

ATTACKS = attack.attacks()


FEW = some_of_each([one.name for one in ATTACKS], {one.name: one.kind for one in ATTACKS}.get, 2,
                   "two of each kind meet all that stands in their way")


@pytest.fixture(scope="module")
def graded(request, tmp_path_factory):
    return in_class.grade(attack.attacks(selected(request, "name")), tmp_path_factory.mktemp("attacks"), timeout=15,
                          notebook_timeout=40)


@pytest.mark.parametrize("name", FEW)
def test_an_attack_gets_what_its_first_line_says_and_no_more(graded, name):
    one, = attack.attacks([name])
    assert command.troubles(one, graded[0][name]) == []


def test_nobody_else_is_harmed(graded):
    assert graded[1] == []


def test_the_corpus_is_large_and_of_every_kind():
    names = [one.name for one in ATTACKS]
    assert len(names) >= 60 and len(set(names)) == len(names)
    for kind in attack.KINDS:
        assert sum(one.kind == kind for one in ATTACKS) >= 5, kind
    assert sum(bool(one.keeps) for one in ATTACKS) >= 20
    assert all(one.keeps | one.earns <= set(lab.steps) and not one.keeps & one.earns for one in ATTACKS)


def test_what_gains_a_point_here_is_written_down():
    text = command.PAGE.read_text()
    for one in ATTACKS:
        assert f"| `{one.name}` | {one.what} |" in text, "make the table again: lab6 attack --write"
        assert not one.earns or f"| `{one.name}` | {one.what} | {' '.join(sorted(one.keeps)) or '-'} | " \
            f"{' '.join(sorted(one.earns))} |" in text
    assert f"nbgrader {version('nbgrader')}" in text


# --- what looks for harm finds it ---

def test_a_file_that_changed_appeared_or_went_is_harm(tmp_path):
    for name in ("kept", "changed", "gone"):
        (tmp_path / name).write_text("x")
    (tmp_path / "autograded" / "mallory").mkdir(parents=True)
    before = harm.files(tmp_path)
    (tmp_path / "changed").write_text("y")
    (tmp_path / "gone").unlink()
    for name in ("new", "autograded/mallory/notebook", "autograded/mallory2", "gradebook.db"):
        (tmp_path / name).write_text("x")
    assert harm.harm(before, tmp_path, ["mallory"]) == [
        f"{tmp_path}/autograded/mallory2 is new", f"{tmp_path}/changed is changed", f"{tmp_path}/gone is gone",
        f"{tmp_path}/new is new"]


def test_a_process_that_stays_is_named():
    import subprocess
    survivors = harm.Survivors()
    said = subprocess.run(["sh", "-c", "setsid sleep 3 >/dev/null 2>&1 & echo $!"], capture_output=True, text=True)
    assert said.stdout.strip() in survivors.named(seconds=0.1)[0]
    assert survivors.named(seconds=10) == []


@pytest.mark.parametrize(("html", "live"), [
    ("<script>attack()</script>", True), ("<img src=x onerror=attack()>", True), ("<svg onload='attack()'>", True),
    ("&lt;script&gt;attack()&lt;/script&gt;", False), ("<span>attack</span>()", False),
    ("<img alt='\" onerror=attack() \"'>", False), ("<a href='JavaScript:attack()'>", True),
    ("<p>attack()</p>", False), ("<img src='/attack()'>", True), ("<td rowspan=9>", True), ("<td>attack()", False)])
def test_a_script_that_would_run_is_noticed(tmp_path, html, live):
    (tmp_path / "feedback" / "mallory").mkdir(parents=True)
    (tmp_path / "feedback" / "mallory" / "page.html").write_text(html)
    assert harm.crossed(tmp_path, "mallory") == (("the browser",) if live else ())


def test_a_secret_in_an_output_is_noticed(tmp_path):
    (tmp_path / "autograded" / "mallory").mkdir(parents=True)
    (tmp_path / "autograded" / "mallory" / "x.ipynb").write_text(harm.CANARY.format(place="gradebook"))
    assert harm.crossed(tmp_path, "mallory") == ("the gradebook",)


@pytest.mark.parametrize("result", [
    Result(frozenset("ab"), "not done yet", ()), Result(frozenset("abd"), "other words", ()),
    Result(frozenset("abd"), "not done yet", ("the source",))])
def test_a_point_words_or_a_secret_that_should_not_be_are_trouble(tmp_path, result):
    (tmp_path / "kernel").mkdir()
    path = tmp_path / "kernel" / "mallory.py"
    path.write_text("# Tries it. Keeps: a b. Earns: d. Says: not done yet.\n# %% first\nprint(1)\n")
    one = attack.read(path)
    assert (one.kind, one.what, one.cells) == ("kernel", "Tries it", {"first": "print(1)"})
    assert command.troubles(one, Result(frozenset("abd"), "c: not done yet", ())) == []
    assert len(command.troubles(one, result)) == 1


def test_what_stock_nbgrader_makes_of_an_attack_is_said_in_words(tmp_path):
    (tmp_path / "kernel").mkdir()
    path = tmp_path / "kernel" / "mallory.py"
    path.write_text("# Tries it. Keeps: a b.\n")
    one = attack.read(path)
    assert command.stock_words(one, None) == "not tried yet"
    assert command.stock_words(dataclasses.replace(one, harms=True), None) == "not tried: would harm the machine"
    assert command.stock_words(one, Stock(frozenset("ab"), ())) == "nothing"
    assert command.stock_words(one, Stock(frozenset("acd"), ("the source",))) == \
        "c d undeserved; gets at the source; b lost"
    assert command.stock_words(one, Stock(frozenset(), (), "it hangs")) == "no grade: it hangs"


def test_what_is_kept_of_stock_nbgrader_counts_until_the_attack_changes(tmp_path, monkeypatch):
    one, kept = ATTACKS[0], tmp_path / "kept.jsonl"
    assert command.known_of_stock(ATTACKS, kept) == {}
    kept.write_text(json.dumps([command._key(one), ["a"], ["the source"], ""]) + "\n")
    assert command.known_of_stock(ATTACKS, kept) == {one.name: Stock(frozenset("a"), ("the source",), "")}
    assert command.known_of_stock([dataclasses.replace(one, layout="x = 1")], kept) == {}
    monkeypatch.setattr(command, "version", lambda name: "0.0")
    assert command.known_of_stock(ATTACKS, kept) == {}
