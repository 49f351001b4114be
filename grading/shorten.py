"""What people are shown of a submission, cut where it would take minutes to be turned into a page.

Markdown, HTML and highlighted source take time that grows with the square of their length where they were made for it,
and pages are made outside the wall. The submitted notebook keeps all of it.
"""

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

LONGEST = 10_000        # characters of a cell's source, or of an output with markup
MOST = 200_000          # characters of all of them together
OUTPUTS = 1_000         # outputs of all cells together
PLAIN = ("text/plain", "image/png", "image/jpeg")       # kinds of outputs that are shown as they come


class Shorten(NbGraderPreprocessor):
    """Cut long sources, and drop long outputs with markup; say so where it happens."""

    def preprocess(self, nb, resources):
        """Shorten one executed notebook; see nbconvert."""
        self.left, self.outputs = MOST, OUTPUTS
        for cell in nb.cells:
            cell.source = self._cut(cell.source)
            if cell.cell_type == "code" and not is_grade(cell):     # a graded cell has the grader's outputs, its score
                cell.outputs = [self._shortened(output) for output in self._few(cell.outputs)]
        return nb, resources

    def _few(self, outputs):
        most = self.outputs
        self.outputs -= min(most, len(outputs))
        if len(outputs) <= most:
            return outputs
        said = f"[{len(outputs) - most:,} more outputs are not shown.]\n"
        return [*outputs[:most], new_output("stream", name="stdout", text=said)]

    def _cut(self, text):
        most = self._allowed(text)
        if len(text) <= most:
            return text
        said = f"[Cut here by the grader: of {len(text):,} characters, which the submitted notebook has.]"
        return f"{text[:most]}\n\n{said}"

    def _shortened(self, output):
        data = output.get("data")
        for kind in [*data] if isinstance(data, dict) else ():
            if kind not in PLAIN and isinstance(data[kind], str) and len(data[kind]) > self._allowed(data[kind]):
                said = f"[An output of {len(data[kind]):,} characters of {kind} is not shown.]\n"
                del data[kind]
                if not data:
                    return new_output("stream", name="stdout", text=said)
        return output

    def _allowed(self, text):
        """Return how many characters of a text may be shown, and count them."""
        most = min(LONGEST, self.left)
        self.left -= min(most, len(text))
        return most
