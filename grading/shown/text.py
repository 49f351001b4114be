"""Text of a submission as text: without what moves a cursor, turns words round, or heaps accents on a letter."""

import re
import unicodedata

CONTROL = re.compile("[\x00-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")     # but tab, line ends, and ESC of colours
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")     # characters that write the words after them backwards


def plain(text):
    """Return text on one line, without control characters."""
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in text or "")


def few_accents(text):
    """Return text with three accents at most on a letter: a heap of them would cover what stands above and below."""
    if text.isascii():
        return text
    kept, heap = [], 0
    for char in text:
        heap = heap + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        kept += [char] if heap <= 3 else []
    return "".join(kept)


def visible(text):
    """Return text as a page may show it: in its own direction, with few accents."""
    return TURNING.sub("\ufffd", few_accents(text))


def printable(line):
    """Return words that may be a submission's as a line that neither moves the cursor nor is turned round."""
    return visible(plain(line)).encode(errors="replace").decode()
