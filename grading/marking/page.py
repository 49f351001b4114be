"""All answers to one question on a page: what is shown of each, and what a browser is told of its mark."""

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from grading.marking import alike, numbers, places, progress
from grading.marking.answers import NOTHING, typed
from grading.shown.text import visible

FOLDER = Path(__file__).with_name("templates")
MOST = 500              # answers on a page


class Desk:
    """What a server keeps for those who mark a course.

    Parameters
    ----------
    store : grading.marking.store.Store
    answers : grading.marking.answers.Answers
    """

    def __init__(self, store, answers):
        self.store, self.answers, self.compared = store, answers, {}

    def questions(self):
        """Return (question, points) for each written answer, by its name."""
        points = self.store.questions()
        return {name: (one, points[name]) for name, one in self.answers.questions(points).items()}

    def page(self, question, marker, about):
        """Return the page of a question.

        Parameters
        ----------
        question : str
        marker : grading.marking.store.Marker
        about : dict
            ``names`` (whether students are named), ``part`` (a pair: which of how many parts of the class), ``second``
            (whether for second opinions), and ``nonce``, ``xsrf`` and ``base`` of the server.
        """
        questions = self.questions()
        asked, most = questions[question]
        everyone = {name: self.store.answers(name) for name in questions}
        there = everyone[question]
        cards = self._cards(question, there, about["names"])
        which, parts = about["part"]
        parts = max(parts, -(-len(cards) // MOST))
        which = min(which, parts)
        size = -(-len(cards) // parts) if cards else 0
        mine = cards[(which - 1) * size:which * size]
        if about["second"]:
            chosen = {*progress.sample(question, there.values())}
            mine = [card for card in cards if card["id"] in chosen]
        seen = [(one.title, name, progress.left(everyone[name].values())) for name, (one, _) in questions.items()]
        others = {answer.state["comment"] for name, its in everyone.items() if name != question
                  for answer in its.values()}
        return _template().render(
            question=asked, question_html=Markup(asked.html), most=most, questions=seen, total=len(cards),
            cards=in_own_order(mine, marker, question), parts=parts, marker=marker,
            ways=_ways(about["names"], which, parts), query="?names=1" if about["names"] else "",
            script=_text("marking.js"), style=_text("marking.css"),
            others=sorted(others - {""})[:MOST], state=self._state(asked, most, there, marker, about["second"]),
            **{**about, "part": which})

    def state(self, question, marker, second=False):
        """Return what a browser is told of all marks of a question, as JSON takes it."""
        return self._state(*self.questions()[question], self.store.answers(question), marker, second)

    def _state(self, asked, most, there, marker, second):
        question = asked.name
        _, items = self.store.rubric(question, asked.items)
        seconds = self.store.seconds(question)
        actions = progress.markers(self.store.actions())
        answers = {one: told(answer) for one, answer in there.items()}
        if second:
            answers = {one: {**answers[one], **_opinion(seconds.get((marker.id, one)))}
                       for one in progress.sample(question, there.values())}
        pace = actions.get(marker.id, {}).get("pace")
        return {"answers": answers, "rubric": {"items": items}, "most": most,
                "left": progress.left(there.values()), "pace": pace,
                "markers": [actions[by] for by in sorted(actions)],
                "distribution": progress.distribution(there.values()),
                "agreement": progress.agreement(there, seconds)}

    def _cards(self, question, there, names):
        """Return what is shown of each answer, similar ones together."""
        found = {one: self.answers.submission(answer.student) for one, answer in there.items()}
        cells = {one: its.cells.get(question) if its else None for one, its in found.items()}
        ids = sorted(there, key=lambda one: hashlib.sha256(one.encode()).digest())      # no order tells who it is
        texts = [typed(cells[one]) if cells[one] else "" for one in ids]
        beside = [found[one].beside if found[one] else NOTHING for one in ids]
        placed, near, groups, said = self._compare(question, texts, beside)
        number = {i: place for place, i in enumerate(placed, 1)}
        cards = []
        for i in placed:
            one, sheet = ids[i], beside[i]["sheet"]
            cards.append({
                "id": one, "number": number[i], "html": Markup(self.answers.shown(cells[one])) if cells[one] else None,
                "who": visible(f"{there[one].student} {there[one].person}".strip()) if names else "",
                "copies": [ids[j] for j in groups.get(i, ())], "near": near.get(i) and (number[near[i][0]], near[i][1]),
                "facts": beside[i]["facts"], "sheet": sheet, "said": [{
                    "text": visible(its.text), "of": its.of, "name": its.name,
                    "who": [number[int(who)] for who in its.who][:3], "more": max(0, len(its.who) - 3)}
                    for its in said[i]],
                "named": [name for name in {its.name for its in said[i] if its.of == "own"}],
                "places": places.spoken_of(texts[i], sheet)})
        return cards

    def _compare(self, question, texts, beside):
        """Return what takes long and changes only with the texts and what was verified."""
        key = hashlib.sha256(repr((texts, [one["numbers"] for one in beside])).encode(errors="replace")).digest()
        if self.compared.get(question, (None,))[0] != key:
            placed, near = alike.order(texts)
            groups = {i: [j for j in group if j != i] for group in alike.copies(texts) for i in group}
            everyone = numbers.Others({str(i): one["numbers"] for i, one in enumerate(beside)})
            said = [numbers.judged(text, one["numbers"], everyone) for text, one in zip(texts, beside)]
            self.compared[question] = key, (placed, near, groups, said)
        return self.compared[question][1]


def told(answer):
    """Return what a browser is told of an answer's mark."""
    items = [item["id"] for item in answer.state["items"] if item["given"]]
    return {**answer.state, "items": items, "token": answer.token, "by": answer.by, "at": answer.at}


def in_own_order(cards, marker, question):
    """Turn the order of cards for each marker, so that tiredness falls on different people; neighbours stay."""
    mixed = hashlib.sha256(f"{marker.id} {question}".encode()).digest()
    start = int.from_bytes(mixed[:4], "big") % len(cards) if cards else 0
    turned = cards[start:] + cards[:start]
    return turned[::-1] if mixed[4] % 2 else turned


def _opinion(state):
    if state is None:
        return {"points": None, "items": [], "correction": 0.0, "comment": "", "waits": True, "flag": False, "by": ""}
    return {**state, "items": [item["id"] for item in state["items"] if item["given"]], "by": ""}


def _ways(names, which, parts):
    """Return other ways to see the page, as (words, query)."""
    kept = "names=1&" if names else ""
    own = f"part={which}of{parts}&" if parts > 1 else ""
    split = [("whole class", kept)] if parts > 1 else []
    return [*split, *((f"part {number} of {max(parts, 2)}", f"{kept}part={number}of{max(parts, 2)}")
                      for number in range(1, max(parts, 2) + 1)),
            ("without names", own) if names else ("with names", f"names=1&{own}"), ("second opinions", "second=1")]


@cache
def _template():
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True,
                              finalize=lambda value: visible(value) if type(value) is str else value)
    return environment.get_template("page.html.j2")


def _text(name):
    return Markup((FOLDER / name).read_text())
