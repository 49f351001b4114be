"""How far marking is: what is left, how long that takes at this pace, and how far two markers agree."""

import hashlib
from collections import Counter, defaultdict

PAUSE = 300         # seconds after which somebody who marks was away
SAMPLE = 10         # answers of a question that two people mark


def markers(actions):
    """Return for each marker, by id, the name, how many answers they marked, and the seconds they took for one.

    Parameters
    ----------
    actions : list
        As `grading.marking.store.Store.actions` gives them.
    """
    found = defaultdict(lambda: {"name": "", "answers": set(), "times": []})
    for one in actions:
        if one.kind == "mark":
            found[one.by]["name"] = one.name
            found[one.by]["answers"].add(one.grade_id)
            found[one.by]["times"].append(one.at)
    return {by: {"name": one["name"], "marked": len(one["answers"]), "pace": _pace(**one)}
            for by, one in found.items()}


def _pace(name, answers, times):
    gaps = [after - before for before, after in zip(times, times[1:]) if after - before <= PAUSE]
    return sum(gaps) / len(answers) if len(answers) > 2 else None


def distribution(answers):
    """Return how many answers have how many points, as pairs, fewest points first."""
    return sorted(Counter(one.state["points"] for one in answers if one.state["points"] is not None).items())


def left(answers):
    """Return how many answers wait for a person."""
    return sum(one.state["waits"] for one in answers)


def sample(question, answers):
    """Return the ids of the answers of a question that two people mark: the same few for everybody."""
    return sorted((one.id for one in answers if not one.state["auto"]),
                  key=lambda one: hashlib.sha256(f"{question} {one}".encode()).digest())[:SAMPLE]


def agreement(answers, seconds):
    """Return how many answers were marked by two, in how many of these both gave the same, and the mean difference.

    Parameters
    ----------
    answers : dict of str to grading.marking.store.Answer
    seconds : dict of (str, str) to dict
        As `grading.marking.store.Store.seconds` gives them.
    """
    apart = [abs(state["points"] - answers[one].state["points"]) for (_, one), state in seconds.items()
             if one in answers and None not in (state["points"], answers[one].state["points"])]
    return {"both": len(apart), "same": sum(not off for off in apart), "off": sum(apart) / len(apart) if apart else 0.0}
