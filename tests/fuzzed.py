"""Submissions changed at random: in their bytes, in their structure, and where a notebook's fields hurt most."""

import copy
import json

from corpus import PREFIX
from nbformat.v4 import new_output

from grading.lab import grade_id_of
from grading.submission.execute import ExecuteSubmission

LONG, DEEP = "x" * 300_000, "\x02deep\x03"
JUNK = [None, True, False, 0, -1, 0.5, 7, 10 ** 30, 1e308, float("nan"), float("inf"), "", "x", "\x00", "\ud800", "é\n",
        LONG, [], {}, [None], [[]], [7, "x", None], {"a": 1}, {"": {}}, {"nbgrader": 7}, ["a line\n", 7], DEEP,
        "check_a", "code", "markdown", "1e400", {"text/plain": 7}, {"image/png": [None]}, [{"output_type": "stream"}]]
TEXTS = ["", "\x00", "\ud800", "import os\n" * 3000, LONG, "%" * 1000, "(" * 5000, "'''", "\\", "\r\n\x85\u2028",
         "<script>", "# -*- coding: klingon -*-", "\ufeff1", "![x](attachment:x)"]
BYTES = [b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xc3", b"\\u0000", b"\\ud800", b'"', b"{", b"]", b",", b"NaN", b"1e999",
         b"9" * 5000, b"[" * 5000, b"\r", b"\\", b"-", b"//"]


class Pasted(ExecuteSubmission):
    """Execution replaced: each check shows what `shown` says, whatever the notebook holds."""

    nonce, shown = "", {}

    def preprocess(self, nb, resources, km=None):
        resources.update(lab6_nonce=self.nonce, lab6_stopped=self.refused)
        for cell in nb.cells if not self.refused else ():
            if cell.cell_type == "code":
                step = (grade_id_of(cell) or "").removeprefix(PREFIX)
                cell.outputs = [new_output("display_data", copy.deepcopy(data)) for data in self.shown.get(step, ())]
        return nb, resources


def fuzzed(notebook, rng, ways=("bytes", "anywhere", "anywhere", "cells", "cells", "fields", "fields", "fields")):
    """Return the bytes of a notebook, given as JSON, after one to four changes of one kind."""
    notebook, way = copy.deepcopy(notebook), rng.choice(ways)
    for _ in range(rng.choice([1, 1, 2, 4])):
        if way == "anywhere":
            anywhere(notebook, rng)
        elif way == "cells" and isinstance(notebook.get("cells"), list):
            cells(notebook["cells"], rng)
        elif way == "fields":
            field(notebook, rng)
    content = written(notebook, rng)
    for _ in range(rng.randint(1, 4) if way == "bytes" else 0):
        content = spoilt(content, rng)
    return content


def written(notebook, rng):
    depth = rng.choice([50, 200, 900, 3000, 100_000])
    text = json.dumps(notebook, indent=rng.choice([None, 1]), ensure_ascii=True)
    return text.replace(json.dumps(DEEP), "[" * depth + "]" * depth).encode()


def spoilt(content, rng):
    """Flip, cut, insert, repeat or encode bytes in another way."""
    place, end = sorted(rng.randrange(len(content) + 1) for _ in "12")
    return rng.choice([
        content[:place], content[place:], content[:place] + rng.choice(BYTES) + content[place:],
        content[:place] + bytes([rng.randrange(256)]) + content[place + 1:], content[:place] + content[end:],
        content[:end] + content[place:], content[:place] + rng.choice(BYTES) + content[place + 1:],
        content.decode(errors="replace").encode(rng.choice(["utf-16", "utf-8-sig", "utf-32"])), content + content])


def places(content, path=()):
    """Yield the path of every part of a piece of JSON."""
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from places(value, (*path, key))


def at(content, path):
    for key in path:
        content = content[key]
    return content


def anywhere(notebook, rng):
    """Change one part, remove it, or put another in its place."""
    paths = list(places(notebook))
    if not paths:
        return
    *above, key = rng.choice(paths)
    inside = at(notebook, above)
    match rng.choice(["junk", "junk", "delete", "copy"]):
        case "junk":
            inside[key] = copy.deepcopy(rng.choice(JUNK))
        case "delete":
            del inside[key]
        case "copy":
            inside[key] = copy.deepcopy(at(notebook, rng.choice(paths)))


def cells(found, rng):
    """Move, repeat, remove, empty or add cells, or give one the identity of another."""
    if not found:
        return
    one, other = rng.randrange(len(found)), rng.randrange(len(found))
    match rng.choice(["swap", "repeat", "remove", "shuffle", "cut", "many", "junk", "identity", "type"]):
        case "swap":
            found[one], found[other] = found[other], found[one]
        case "repeat":
            found.insert(other, copy.deepcopy(found[one]))
        case "remove":
            del found[one]
        case "shuffle":
            rng.shuffle(found)
        case "cut":
            del found[min(one, other):max(one, other)]
        case "many":
            found[one:one] = copy.deepcopy(found[one:one + 3]) * 50
        case "junk":
            found.insert(one, copy.deepcopy(rng.choice(JUNK)))
        case "identity" if isinstance(found[one], dict) and isinstance(found[other], dict):
            found[one]["metadata"] = copy.deepcopy(found[other].get("metadata"))
        case "type" if isinstance(found[one], dict):
            found[one]["cell_type"] = rng.choice(["code", "markdown", "raw", "heading", *JUNK])


def field(notebook, rng):
    """Put something odd into a field that grading reads."""
    junk, found = copy.deepcopy(rng.choice(JUNK)), [cell for cell in notebook["cells"] if isinstance(cell, dict)] \
        if isinstance(notebook.get("cells"), list) else []
    cell = rng.choice(found) if found else {}
    metadata = cell.get("metadata")
    theirs = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    match rng.choice(["id", "metadata", "grade_id", "nbgrader", "source", "source", "outputs", "attachments", "format",
                      "kernel", "count", "tags"]):
        case "id":
            cell["id"] = rng.choice([junk, "same", "x" * 65, "not valid!"])
        case "metadata":
            cell["metadata"] = junk
        case "grade_id" if isinstance(theirs, dict):
            theirs["grade_id"] = rng.choice([junk, "check_j", "check_z", "check_", "homework_1", "step_a", "start"])
        case "nbgrader" if isinstance(theirs, dict):
            theirs[rng.choice(["points", "grade", "locked", "solution", "schema_version", "cell_type", "checksum",
                               "task", "remove", "new"])] = junk
        case "source":
            cell["source"] = rng.choice([junk, rng.choice(TEXTS), [rng.choice(TEXTS), "\n"], [junk]])
        case "outputs":
            cell["outputs"] = rng.choice([junk, [junk], [{"output_type": junk}], [
                {"output_type": "display_data", "data": junk, "metadata": junk}], [
                {"output_type": "stream", "name": junk, "text": junk}], [
                {"output_type": "error", "ename": junk, "evalue": junk, "traceback": junk}]])
        case "attachments":
            cell["attachments"] = rng.choice([junk, {"x": junk}, {"x": {"image/png": junk}},
                                              {"../x": {"text/html": "<b>"}}])
        case "format":
            notebook[rng.choice(["nbformat", "nbformat_minor"])] = rng.choice([junk, 3, 4, 5, 99, 4.0, "4", -1])
        case "kernel":
            notebook["metadata"] = rng.choice([junk, {"kernelspec": junk}, {"language_info": junk}, {
                "language_info": {"name": junk, "codemirror_mode": junk}}, {"lab6": junk}, {"language": junk},
                {"kernelspec": {"name": junk, "display_name": junk, "language": junk}}, {"widgets": junk}])
        case "count":
            cell["execution_count"] = junk
        case "tags" if isinstance(metadata, dict):
            metadata["tags"] = rng.choice([junk, [junk], ["skip-execution"], ["raises-exception"], ["remove_cell"]])
