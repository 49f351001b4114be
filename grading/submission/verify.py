"""A point is earned by evidence, judged here, outside the student's process.

What the kernel printed or raised is shown to people and never scored. No evidence, evidence of another run, or
evidence that cannot be read earns nothing, and the cell says which of these it was.
"""

import gc
import re
import warnings
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    IgnorePattern,
    LimitOutput,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
)
from nbgrader.utils import is_grade

from grading.lab import insert, is_lab, lab
from grading.shown.html import BY_GRADER
from grading.shown.inert import Inert
from grading.shown.shorten import Shorten
from grading.submission import beside, errors, remarks
from grading.submission.execute import TIMED_OUT, ExecuteSubmission
from grading.submission.imported import written_in
from grading.submission.marked import SaveGrades
from grading.submission.restore import Restore
from grading.wall.provisioner import WALL
from helpers.kit.verdict import NotEarned, Verdict, ended
from helpers.kit.wire import MIME, OtherRun, Unreadable

LONGEST_SOURCE = 20_000     # characters that are read for imports, of all cells above step a's check together
# IPython's own lines: magics, shell commands, help, and the first two given to a name. %time has Python behind it.
IPYTHON = re.compile(r"^([ \t]*)(?:(%time[ \t]+)|(?:[%!?]|[\w., \t]{1,99}=[ \t]*[%!])(?:.*\\\n)*.*$|"
                     r"[\w.]{1,99}\?{1,2}[ \t]*$)", re.MULTILINE)


class Verify(NbGraderPreprocessor):
    """Judge the evidence of every step, and let nothing else decide its score."""

    def preprocess(self, nb, resources):
        """Verify one executed notebook; see nbconvert."""
        if not is_lab(resources):
            return nb, resources
        nonce = resources["lab6_nonce"]
        self.stopped = resources.get("lab6_stopped", "")
        handed_out = [_take_evidence(cell) for cell in nb.cells]
        verdicts, verified, culprits = {}, {}, {}
        noted = nb.metadata.setdefault("lab6", {})
        for index, step, ends in errors.checks(nb.cells):
            cell = nb.cells[index]
            if not is_grade(cell):
                continue
            try:
                seen = self._read(cell, handed_out[index], step, nonce)
                above = cache(lambda: _imported(nb.cells[:index]))  # noqa: B023 - used up before the next cell
                seen = {name: value.confirmed(above) for name, value in seen.items()}
                verdict = lab().judge(step, seen, nonce)
            except NotEarned as nothing:
                verdict = nothing.verdict
            except Exception as error:                  # no check should raise, and one that does must not pay
                self.log.exception("The check of step %s failed on its evidence", step)
                verdict = Verdict(unproven="the evidence cannot be read; its check raised "
                                           f"{type(error).__name__}.")
            verdict = verdicts[step] = replace(verdict, step=step, error=errors.first(ends),
                                               points=cell.metadata.nbgrader.get("points", 0))
            cell.outputs = _outputs(verdict) + _said(cell.outputs, verdict)
            if verdict.passed:
                verified[step] = seen
                culprits[step] = remarks.culprits(nb.cells[:index], step, noted.get("untouched", ()))
        code = [cell for cell in nb.cells if cell.cell_type == "code"]
        noted.update(verdicts={step: verdict.record for step, verdict in verdicts.items()},
                     loss=errors.largest_loss(nb.cells), elsewhere=remarks.elsewhere(culprits),
                     fingerprints=remarks.fingerprints(code, verified), beside=beside.made(verified))
        _insert(nb, fact_sheet(noted["beside"]["facts"]))
        return nb, resources

    def _read(self, cell, handed_out, step, nonce):
        """Return what the check of a step saw, or raise NotEarned with what is wrong, in a sentence."""
        if not handed_out:
            why = f"the run was stopped: {self.stopped}" if self.stopped else \
                "the cell was stopped, the kernel died, or something replaced it"
            error = errors.error_of(cell)
            how = ended(*error, "Its check") if error and not self.stopped else \
                f"Its check did not run to its end in this run, because {why}"
            calls = " A function that it calls does not come to an end." * (bool(error) and error[0] == TIMED_OUT)
            raise _unproven(f"there is no evidence. {how.rstrip('.')}.{calls}")
        if len(handed_out) > 1:
            raise _unproven("there is evidence more than once, and a check gives it once.")
        try:
            return lab().read(step, handed_out[0], nonce)
        except OtherRun as error:
            raise _unproven(f"the evidence is not of this run; {error}.") from None
        except Unreadable as error:
            raise _unproven(f"the evidence cannot be read; {error}.") from None


def _unproven(why):
    return NotEarned(Verdict(unproven=why))


def _take_evidence(cell):
    """Remove all evidence from a cell's outputs, so that notebooks stay small, and return it."""
    taken = []
    for output in cell.get("outputs", []):
        if isinstance(output.get("data"), dict) and MIME in output["data"]:
            taken.append(output["data"].pop(MIME))
            output["metadata"] = {}
    if taken:
        cell.outputs = [output for output in cell.outputs if output.get("data", True)]
    return taken


def _imported(cells):
    """Return the names that the submitted source of cells imports."""
    left, sources = LONGEST_SOURCE, []
    for cell in cells:
        if cell.cell_type == "code" and len(cell.source) <= left:
            left -= len(cell.source)
            sources += [cell.source, _python(cell.source)]
    with warnings.catch_warnings(action="ignore"), _no_collection():    # "\d" in a text is no reason to skip it
        return written_in(sources)


@contextmanager
def _no_collection():
    """Let no finalizer run: one that parses Python, as logging a traceback does, makes Python 3.11's parser fail."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _python(source):
    """Return a cell's source without IPython's own lines; IPython's own way takes minutes for a source made for it."""
    return IPYTHON.sub(lambda line: line[1] + ("" if line[2] else _meaning(line[0].strip())), source)


def _meaning(line):
    """Return the import that one of IPython's lines stands for, or a line that does nothing."""
    return "import pylab" if line.startswith("%pylab") else "pass"


def _outputs(verdict):
    """Return the outputs that stand for a verdict; nbgrader scores an error as 0 and all else as full points."""
    lines = "".join(f"{line}\n" for line in verdict.lines)
    outputs = [new_output("stream", name="stdout", text=lines)] if lines else []
    if failure := verdict.failure:
        outputs.append(new_output("error", ename=type(failure).__name__, evalue=str(failure),
                                  traceback=str(failure).split("\n")))
    return outputs


def _said(outputs, verdict):
    """Return what else the kernel printed or raised in a check's cell, as text that nbgrader does not score."""
    texts = [_text_of(output) for output in outputs]
    ours = {line.strip() for text in (*verdict.lines, str(verdict.failure)) for line in text.split("\n")}
    rest = [line for text in texts for line in text.split("\n") if line.strip() and line.strip() not in ours]
    if not rest:
        return []
    text = "\n".join(["", "Not part of the verdict, what the kernel showed here:", *rest])
    return [new_output("stream", name="stdout", text=text + "\n")]


def _text_of(output):
    """Return what an output shows, as text that can be written to a file; a kernel may send anything for it."""
    data = output.get("data")
    shown = {"error": output.get("traceback") or output.get("evalue"), "stream": output.get("text")}.get(
        output.output_type, data.get("text/plain") if isinstance(data, dict) else "")
    lines = shown if isinstance(shown, list) else [shown or ""]
    return ("\n" if output.output_type == "error" else "").join(map(str, lines)).encode(errors="replace").decode()


def fact_sheet(facts):
    """Return a Markdown cell for whoever marks the answers, of the grader's words and numbers only."""
    lines = "\n".join(f"- **{what}:** {value}" for what, value in facts.items())
    return new_markdown_cell("**Fact sheet, made by the grader**: the numbers of this submission, verified.\n\n"
                             f"{lines}", metadata=BY_GRADER)


def _insert(nb, sheet):
    """Put the fact sheet right above the first written answer."""
    for index, cell in enumerate(nb.cells):
        if cell.cell_type == "markdown" and is_grade(cell):
            return insert(nb, index, sheet)


class NameTheWall(NbGraderPreprocessor):
    """Let a graded notebook name the kernel behind the wall: whoever opens and runs it grades it once more, no less."""

    def preprocess(self, nb, resources):
        """Name it; see nbconvert."""
        nb.metadata["kernelspec"] = {"name": WALL, "display_name": "Lab 6, behind the grader's wall",
                                     "language": "python"}
        return nb, resources


class CheckTheOthers(CheckCellMetadata):
    """nbgrader's, for other assignments alone: of this lab's, `Restore` writes all metadata."""

    def preprocess(self, nb, resources):
        """Check one notebook; see nbconvert."""
        return (nb, resources) if is_lab(resources) else super().preprocess(nb, resources)


# As nbgrader's own, for other assignments of the course too: what is only for this lab passes over these.
SANITIZE = [ClearOutput, Restore, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckTheOthers]
AUTOGRADE = [ExecuteSubmission, Verify, IgnorePattern, Shorten, ClearMetadataPreprocessor, LimitOutput, SaveGrades,
             Inert, AssignLatePenalties, CheckTheOthers, NameTheWall]
