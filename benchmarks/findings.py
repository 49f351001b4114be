"""What becomes of the study's numbers: a result for machines, a picture, and the tables in docs/checks.md.

Tables and picture are made from the result alone, so that no number in them is typed in.
"""

import datetime
import json
import os
import platform

import blocks
import numpy as np
import scipy
import sklearn
from matplotlib.figure import Figure

from benchmarks import tails
from benchmarks.clusterings import DEFAULTS, LEGAL, REFUSED
from grading.lab import ROOT
from helpers.clusters import CEILINGS, FITS

RESULT = ROOT / "benchmarks" / "thresholds.json"
PICTURE, PAGE = ROOT / "docs" / "thresholds.png", ROOT / "docs" / "checks.md"
KS = ("10", "50")


def bounds(k):
    """Return the bounds that the checks set for k clusters, by name."""
    ceiling = next(accuracy for most, accuracy in CEILINGS.items() if k <= most)
    return {**FITS[k]._asdict(), "highest_accuracy": ceiling}


def store(results):
    """Sum up results, as `clusterings.measure` gives them, in ``thresholds.json``."""
    versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
                "scikit-learn": sklearn.__version__}
    machine = {"system": platform.system(), "kind": platform.machine(), "processors": os.cpu_count()}
    summed = {"made": datetime.date.today().isoformat(), "versions": versions, "machine": machine,
              "bounds": {k: bounds(int(k)) for k in KS},
              "defaults": {k: _defaults(results, int(k)) for k in KS},
              "cases": [_case(name, k, found) for name in (*LEGAL, *REFUSED) for k in (10, 50)
                        if (found := _of(results, name, k))]}
    RESULT.write_text(json.dumps(summed, indent=1, default=float).replace(",\n    0.", ", 0.") + "\n")


def _of(results, name, k):
    return sorted((one for one in results if one["name"] == name and one["k"] == k), key=lambda one: one["seed"])


def _defaults(results, k):
    found = _of(results, DEFAULTS, k)
    accuracies = [one["accuracy"] for one in found]
    return {"seeds": [found[0]["seed"], found[-1]["seed"]], **tails.summary(accuracies),
            "chance": tails.failing(accuracies, FITS[k].lowest_accuracy), "accuracies": accuracies}


def _case(name, k, found):
    extremes = {what: [min(one[what] for one in found), max(one[what] for one in found)]
                for what in ("accuracy", "inertia", "shift")}
    limits, refused = bounds(k), {}
    for one in found:
        for why in _beyond(one, limits):
            refused[why] = refused.get(why, 0) + 1
    return {"name": name, "legal": name in LEGAL, "k": k, "fits": len(found), **extremes,
            "refused": sum(bool(_beyond(one, limits)) for one in found), "by": refused}


def _beyond(one, limits):
    """Return the bounds that a clustering breaks."""
    broken = []
    for bound, limit in limits.items():
        side, what = bound.split("_")
        if one[what] > limit if side == "highest" else one[what] < limit:
            broken.append(bound)
    return broken


def write():
    """Draw the picture and write the tables again, from ``thresholds.json``."""
    result = json.loads(RESULT.read_text())
    draw(result).savefig(PICTURE, dpi=110, metadata={"Software": None})
    PAGE.write_text(page(PAGE.read_text(), result))


def page(text, result):
    """Return the text of docs/checks.md with its tables as a result has them."""
    for name, table in (("chances", _chances(result)), ("bounds", _bounds(result))):
        text = blocks.replace(text, name, table + "\n")
    return text


def _table(head, rows):
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows))


def _chances(result):
    """The chance that honest work with default parameters falls below the lowest accuracy."""
    head = ["k", "fits", "mean", "sd", "min", "max", "skewness", "at least", "below it", "Clopper-Pearson, at most",
            "normal tail", "skew-normal tail", "exponential tail, at most"]
    rows = []
    for k, found in result["defaults"].items():
        chance = found["chance"]
        rows.append([k, found["fits"], *(f"{found[what]:.4f}" for what in ("mean", "sd", "min", "max")),
                     f"{found['skewness']:+.2f}", f"**{result['bounds'][k]['lowest_accuracy']}**", chance["failed"],
                     *(f"{chance[how]:.0e}" for how in ("observed", "normal", "skewed", "exponential"))])
    versions = result["versions"]
    made = (f"scikit-learn {versions['scikit-learn']}, NumPy {versions['numpy']}, {result['machine']['kind']}, "
            f"{result['made']}; seeds {' to '.join(map(str, result['defaults']['10']['seeds']))}.")
    return f"{_table(head, rows)}\n\n{made}\n\n![{_alt(result)}]({PICTURE.name})"


def _alt(result):
    panels = [f"k = {k}, from {found['min']:.2f} to {found['max']:.2f} around {found['mean']:.2f}, "
              f"and the threshold at {result['bounds'][k]['lowest_accuracy']} left of all of them"
              if not found["chance"]["failed"] else f"k = {k}, with {found['chance']['failed']} below the threshold"
              for k, found in result["defaults"].items()]
    return f"Histograms of the accuracies: {'; '.join(panels)}."


def _bounds(result):
    """What the three bounds let pass and refuse."""
    head = ["centroids", "k", "clusterings", "accuracy", "inertia, 1e6", "shift", "refused"]
    rows = []
    for k in KS:
        limits, cases = result["bounds"][k], [case for case in result["cases"] if case["k"] == int(k)]
        rows.append(["**bounds**", f"**{k}**", "", f"**{limits['lowest_accuracy']} to {limits['highest_accuracy']}**",
                     f"**at most {limits['highest_inertia'] / 1e6:.2f}**", f"**at most {limits['highest_shift']:.2f}**",
                     ""])
        rows += [_row(case) for case in _merged(cases)]
    return _table(head, rows)


def _merged(cases):
    """Put legal parameters of which nothing is refused together, a row for each model."""
    legal = [case for case in cases if case["legal"] and case["name"] != DEFAULTS]
    merged = [case for case in cases if case["name"] == DEFAULTS]
    for model in ("MiniBatchKMeans", "KMeans"):
        whole = [case for case in legal if case["name"].startswith(model) and not case["refused"]]
        merged.append({"name": f"{model}, {len(whole)} other sets of parameters", "k": whole[0]["k"], "legal": True,
                       "fits": sum(case["fits"] for case in whole), "refused": 0,
                       **{what: [min(case[what][0] for case in whole), max(case[what][1] for case in whole)]
                          for what in ("accuracy", "inertia", "shift")}} if whole else None)
    return [*filter(None, merged), *(case for case in cases if case["name"] != DEFAULTS and
                                     (case["refused"] or not case["legal"]))]


def _row(case):
    (low, high), inertia, shift = case["accuracy"], case["inertia"], case["shift"]
    name = f"`{case['name']}`" if case["name"] in LEGAL else case["name"]
    return [name, case["k"], case["fits"], f"{low:.3f} to {high:.3f}",
            f"{inertia[0] / 1e6:.3f} to {inertia[1] / 1e6:.3f}", f"{shift[0]:.2f} to {shift[1]:.2f}", case["refused"]]


def draw(result):
    """Draw the accuracies of default parameters, with the thresholds."""
    figure = Figure(figsize=(8, 3.2), layout="constrained")
    for axes, (k, found) in zip(figure.subplots(1, 2), result["defaults"].items()):
        threshold = result["bounds"][k]["lowest_accuracy"]
        axes.hist(found["accuracies"], bins=40, color="#3b6fb6")
        axes.axvline(threshold, color="#b3261e", linewidth=2)
        axes.text(threshold, 1.0, f" at least {threshold}", color="#b3261e", va="top",
                  transform=axes.get_xaxis_transform())
        axes.set(title=f"{k} clusters, {found['fits']} fits", xlabel="Accuracy on the training images", ylabel="Fits")
        axes.spines[["top", "right"]].set_visible(False)
    return figure
