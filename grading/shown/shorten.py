"""What people are shown of a submission, cut where it would take minutes to be turned into a page.

Markdown, HTML, highlighted source and coloured text take time that grows with the square of their length where they
were made for it, and pages are made outside the wall. The submitted notebook keeps all of it.
"""

import re
from itertools import groupby

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

LONGEST = 10_000        # characters of a cell's source, or of an output with markup
MOST = 200_000          # characters of all of them together
TEXT = 100_000          # characters of a text without markup, which may have colours
TEXTS = 1_000_000       # characters of all of them together
COSTLY, COST = re.compile("[\n\x1b]"), 20          # a line makes a page high, a colour slow: each is like 20 characters
OUTPUTS = 1_000         # outputs of all cells together
PICTURES = ("image/png", "image/jpeg")


class Shorten(NbGraderPreprocessor):
    """Cut long sources, and drop long outputs with markup; say so where it happens."""

    def preprocess(self, nb, resources):
        """Shorten one executed notebook; see nbconvert."""
        self.left, self.texts, self.outputs = MOST, TEXTS, OUTPUTS
        for cell in nb.cells:
            cell.source = self._cut(cell.source)
            if cell.cell_type == "code" and is_grade(cell):     # its outputs are the grader's, and its errors its score
                for output in cell.outputs:
                    if output.output_type == "stream":
                        output.text = _short(output.text, _room(output.text, TEXT))
            elif cell.cell_type == "code":
                cell.outputs = [self._shortened(output) for output in self._few([*_together(cell.outputs)])]
        return nb, resources

    def _few(self, outputs):
        most = self.outputs
        self.outputs -= min(most, len(outputs))
        if len(outputs) <= most:
            return outputs
        said = f"[{len(outputs) - most:,} more outputs are not shown.]\n"
        return [*outputs[:most], new_output("stream", name="stdout", text=said)]

    def _cut(self, text):
        return _short(text, self._allowed(len(text)), ", which the submitted notebook has")

    def _shortened(self, output):
        if output.output_type == "stream":
            output.text = self._plain(output.text)
        elif output.output_type == "error":
            output.evalue, output.traceback = self._plain(output.evalue), self._lines(output.traceback)
        elif isinstance(output.get("data"), dict):
            return self._shown(output)
        return output

    def _shown(self, output):
        data = output.data
        for kind in [*data]:
            size = len(joined(data[kind]))
            if kind == "text/plain":
                data[kind] = self._plain(data[kind])
            elif kind not in PICTURES and size > self._allowed(size):
                said = f"[An output of {size:,} characters of {kind} is not shown.]\n"
                del data[kind]
                if not data:
                    return new_output("stream", name="stdout", text=said)
        return output

    def _plain(self, value, between=""):
        """Cut what holds a text without markup."""
        text, most = joined(value, between), min(TEXT, self.texts)
        room = _room(text, most)
        self.texts -= min(most, len(text) + most - room)
        return value if len(text) <= room else _short(text, room)

    def _lines(self, value):
        shown = self._plain(value, "\n")
        return shown if shown is value else shown.split("\n")

    def _allowed(self, size):
        """Return how many characters of a text with markup may be shown, and count them."""
        most = min(LONGEST, self.left)
        self.left -= min(most, size)
        return most


def _together(outputs):
    """Yield outputs, with what was printed one piece after the other as one."""
    for (kind, _), group in groupby(outputs, key=lambda output: (output.output_type, output.get("name"))):
        if kind == "stream":
            first, *more = group
            first.text = "".join(joined(output.text) for output in (first, *more))
            yield first
        else:
            yield from group


def _room(text, most):
    """Return how many characters of a text may stay; the text itself fits where it has no more."""
    count = 0
    for count, sign in enumerate(COSTLY.finditer(text, 0, most), 1):
        if sign.start() + COST * count > most:
            break
    return max(0, most - COST * count)


def _short(text, most, where=""):
    said = f"[Cut here by the grader: of {len(text):,} characters{where}.]"
    return text if len(text) <= most else f"{text[:most]}\n\n{said}"


def joined(value, between=""):
    """Return what an output holds as one text, as nbformat makes one of a list; a kernel may send anything."""
    return between.join(map(str, value)) if isinstance(value, list) else str(value)
