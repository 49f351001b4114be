"""Every attack, graded in one class with honest work: it gets what its first line says, and harms nobody."""

import dataclasses
from importlib.metadata import version

import pytest

from grading import attack, attack_class, attack_command, attack_harm
from grading.attack_class import Result
from grading.attack_stock import Stock
from helpers.checks import JUDGES

ATTACKS = attack.attacks()


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    return attack_class.grade(ATTACKS, tmp_path_factory.mktemp("attacks"))


@pytest.mark.parametrize("name", [one.name for one in ATTACKS])
def test_an_attack_gets_what_its_first_line_says_and_no_more(graded, name):
    one, = attack.attacks([name])
    assert attack_command.troubles(one, graded[0][name]) == []


def test_nobody_else_is_harmed(graded):
    assert graded[1] == []


def test_the_corpus_is_large_and_of_every_kind():
    names = [one.name for one in ATTACKS]
    assert len(names) >= 60 and len(set(names)) == len(names)
    for kind in attack.KINDS:
        assert sum(one.kind == kind for one in ATTACKS) >= 5, kind
    assert sum(bool(one.keeps) for one in ATTACKS) >= 20
    assert all(one.keeps | one.earns <= set(JUDGES) and not one.keeps & one.earns for one in ATTACKS)


def test_what_gains_a_point_here_is_written_down():
    text = attack_command.PAGE.read_text()
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
    before = attack_harm.files(tmp_path)
    (tmp_path / "changed").write_text("y")
    (tmp_path / "gone").unlink()
    for name in ("new", "autograded/mallory/notebook", "autograded/mallory2", "gradebook.db"):
        (tmp_path / name).write_text("x")
    assert attack_harm.harm(before, tmp_path, ["mallory"]) == [
        f"{tmp_path}/autograded/mallory2 is new", f"{tmp_path}/changed is changed", f"{tmp_path}/gone is gone",
        f"{tmp_path}/new is new"]


def test_a_process_that_stays_is_named():
    import subprocess
    survivors = attack_harm.Survivors()
    said = subprocess.run(["sh", "-c", "setsid sleep 3 >/dev/null 2>&1 & echo $!"], capture_output=True, text=True)
    assert said.stdout.strip() in survivors.named(seconds=0.1)[0]
    assert survivors.named(seconds=10) == []


@pytest.mark.parametrize(("html", "live"), [
    ("<script>attack()</script>", True), ("<img src=x onerror=attack()>", True), ("<svg onload='attack()'>", True),
    ("&lt;script&gt;attack()&lt;/script&gt;", False), ("<span>attack</span>()", False),
    ("<img alt='\" onerror=attack() \"'>", False), ("<a href='JavaScript:attack()'>", True),
    ("<p>attack()</p>", False)])
def test_a_script_that_would_run_is_noticed(tmp_path, html, live):
    (tmp_path / "feedback" / "mallory").mkdir(parents=True)
    (tmp_path / "feedback" / "mallory" / "page.html").write_text(html)
    assert attack_harm.crossed(tmp_path, "mallory") == (("the browser",) if live else ())


def test_a_secret_in_an_output_is_noticed(tmp_path):
    (tmp_path / "autograded" / "mallory").mkdir(parents=True)
    (tmp_path / "autograded" / "mallory" / "x.ipynb").write_text(attack_harm.CANARY.format(place="gradebook"))
    assert attack_harm.crossed(tmp_path, "mallory") == ("the gradebook",)


@pytest.mark.parametrize("result", [
    Result(frozenset("ab"), "not done yet", ()), Result(frozenset("abd"), "other words", ()),
    Result(frozenset("abd"), "not done yet", ("the source",))])
def test_a_point_words_or_a_secret_that_should_not_be_are_trouble(tmp_path, result):
    (tmp_path / "kernel").mkdir()
    path = tmp_path / "kernel" / "mallory.py"
    path.write_text("# Tries it. Keeps: a b. Earns: d. Says: not done yet.\n# %% first\nprint(1)\n")
    one = attack.read(path)
    assert (one.kind, one.what, one.cells) == ("kernel", "Tries it", {"first": "print(1)"})
    assert attack_command.troubles(one, Result(frozenset("abd"), "c: not done yet", ())) == []
    assert len(attack_command.troubles(one, result)) == 1


def test_what_stock_nbgrader_makes_of_an_attack_is_said_in_words(tmp_path):
    (tmp_path / "kernel").mkdir()
    path = tmp_path / "kernel" / "mallory.py"
    path.write_text("# Tries it. Keeps: a b.\n")
    one = attack.read(path)
    assert attack_command.in_stock(one, None) == "not tried yet"
    assert attack_command.in_stock(dataclasses.replace(one, harms=True), None) == "not tried: would harm the machine"
    assert attack_command.in_stock(one, Stock(frozenset("ab"), ())) == "nothing"
    assert attack_command.in_stock(one, Stock(frozenset("acd"), ("the source",))) == \
        "c d undeserved; gets at the source; b lost"
    assert attack_command.in_stock(one, Stock(frozenset(), (), "it hangs")) == "no grade: it hangs"


def test_a_page_without_a_place_for_the_table_is_an_error():
    with pytest.raises(ValueError, match="no place for the table of attacks"):
        attack_command.page("no markers", "")
