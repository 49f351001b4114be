"""What a lab shows beside its checks: tables and pictures, each with words for those who do not see them."""

import base64
import html
import io
import sys


class Picture:
    """A picture with its description, as an HTML image with alt text and as plain text.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn to PNG at once.
    alt : str
        What it shows, in words.
    """

    def __init__(self, figure, alt):
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=80, bbox_inches="tight", facecolor="white")
        self.png, self.alt = buffer.getvalue(), alt

    def __repr__(self):
        return self.alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        return with_words(base64.b64encode(self.png).decode(), self.alt)


def with_words(png, alt):
    """Return a picture for IPython to show, as data by MIME type and metadata, with words wherever it is shown.

    JupyterLab takes the words of an HTML image alone, and nbconvert those of the metadata.

    Parameters
    ----------
    png : str
        In base64.
    alt : str
        What the picture shows, in words.
    """
    page = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{png}">'
    return {"text/html": page, "image/png": png, "text/plain": alt}, {"image/png": {"alt": alt}}


class Table:
    """A small table, as HTML with a caption and headers, and as plain text.

    Parameters
    ----------
    caption : str
    header : sequence of str
    rows : sequence of sequence
        The first entry of each row is its header.
    """

    def __init__(self, caption, header, rows):
        self.caption, self.header = caption, list(header)
        self.rows = [[str(entry) for entry in row] for row in rows]

    def __repr__(self):
        rows = [self.header, *self.rows]
        widths = [max(map(len, column)) for column in zip(*rows)]
        lines = ["  ".join(entry.ljust(width) for entry, width in zip(row, widths)).rstrip() for row in rows]
        return "\n".join([self.caption, *lines])

    def _repr_html_(self):
        head = "".join(f'<th scope="col">{html.escape(entry)}</th>' for entry in self.header)
        body = "".join(
            f'<tr><th scope="row">{html.escape(row[0])}</th>'
            + "".join(f"<td>{html.escape(entry)}</td>" for entry in row[1:]) + "</tr>" for row in self.rows)
        return (f"<table><caption>{html.escape(self.caption)}</caption>"
                f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def show(shown):
    """Show something in a notebook; its text anywhere else."""
    if "IPython" in sys.modules:
        from IPython.display import display

        display(shown)
    else:
        print(shown)


class Card:
    """What holds of a step, as a small card in HTML, and as lines of text with the same words.

    Parameters
    ----------
    lines : sequence of str
    """

    def __init__(self, lines):
        self.lines = list(lines)

    def __repr__(self):
        return "\n".join(self.lines)

    def _repr_html_(self):
        *lines, last = (html.escape(line) for line in self.lines)
        said = "".join(f"{line}<br>" for line in lines)
        return ('<div style="border-left: 4px solid seagreen; padding: 0.2em 0.8em; margin: 0.2em 0">'
                f"{said}<strong>{last}</strong></div>")


class Note:
    """A line in the place of a table that cannot be filled in yet."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text
