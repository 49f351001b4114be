"""Receipts: what was handed in, when, and what it earned by itself, signed with a key of the course.

A course has them once it has a key, which `lab6 watch` makes. They stand at the end of the feedback, so that they
reach students as feedback does. The signature is an HMAC: whoever has the key can tell that the course wrote a receipt,
and that no character of it was changed since. It proves nothing to somebody without the key, who could not check it;
and whoever has the key could have written any receipt.
"""

import hashlib
import hmac
import html
import os
import re
import secrets
from datetime import datetime, timezone
from pathlib import Path

from grading.lab import lab
from grading.pages.csv_file import number, replace
from grading.shown.text import printable
from grading.submission.outcome import made, ours

KEY = "receipts.key"
FOLDER = "receipts"
FIRST, LAST = "Receipt for ", "Signature: hmac-sha256 "
SIGNED = re.compile(re.escape(LAST) + r"([0-9a-f]{64})")
LARGEST = 100 * 2 ** 20     # bytes of a file that is looked through
MOST = 100                  # signatures in it that are
BLOCK = '\n<section style="margin: 3em 1em; border-top: 1px solid gray"><h2>Receipt</h2><p>Keep this page: should ' \
    'your submission be lost, it proves what you handed in.</p><pre style="white-space: pre-wrap">{}</pre></section>\n'


def make_key(room):
    """Make the course's key, unless it has one; only the owner of the course may read it."""
    try:
        with open(os.open(room.folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass


def with_receipt(room, student, files):
    """Return the files of a student's feedback with the receipt in the page, where the course has a key.

    Parameters
    ----------
    room : grading.course.classroom.Classroom
    student : str
        Whose submission is graded and saved.
    files : dict of str to bytes
    """
    name, key = f"{lab().name}.html", _key(room)
    text = of(room, student) if key and name in files else ""
    before, end, after = files.get(name, b"").rpartition(b"</body>")
    return {**files, name: before + BLOCK.format(html.escape(text)).encode(errors="replace") + end + after} \
        if text and end else files


def of(room, student):
    """Return the receipt of what is graded of a student, made now if there is none; nothing where it has changed since.

    The first one of a submission stays: grading it again makes no other.
    """
    digest = ours(room.autograded(student)).get("submission", "")
    path = _folder(room, student) / f"{digest[:32]}.txt"
    if path.exists():
        return path.read_text("utf-8")
    submission = room.submission(student)
    if not digest or submission.digest != digest:
        return ""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, _signed(_key(room), _words(room, submission)))
    return path.read_text("utf-8")


def check(room, path):
    """Return the receipts in a file that this course has signed.

    Parameters
    ----------
    room : grading.course.classroom.Classroom
    path : path-like
        A page of feedback, or the receipt as text.

    Raises
    ------
    ValueError
        The course has no key, or the file is too large.
    """
    path, key = Path(path), _key(room)
    if not key:
        raise ValueError(f"{room.folder} has no {KEY}, with which lab6 watch signs receipts.")
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path} has more than {LARGEST:,} bytes: that is no receipt.")
    text, found = html.unescape(path.read_bytes().decode(errors="replace")).replace("\r\n", "\n"), []
    for signature in [*SIGNED.finditer(text)][-MOST:]:
        words = text[max(text.rfind(FIRST, 0, signature.start()), 0):signature.start()]
        if hmac.compare_digest(_mac(key, words), signature[1]) and words not in found:
            found.append(words)
    return found


def _words(room, submission):
    row = made(submission.student, room.records.scores_of(submission.student), [], [])
    content = submission.files.get(lab().file)
    possible, when = room.possible(), submission.timestamp
    said = f"{when:%Y-%m-%d %H:%M:%S} UTC, as its timestamp.txt says" if when else "at a time that nobody noted"
    return "\n".join([
        f"{FIRST}{lab().name}", f"Course: {printable(room.api.coursedir.course_id)}",
        f"Student: {printable(submission.student)}",
        f"Handed in: {said}",
        f"Received: {datetime.now(timezone.utc):%Y-%m-%d %H:%M:%S} UTC",
        f"SHA-256 of {lab().file}: {hashlib.sha256(content).hexdigest() if content is not None else 'there is none'}",
        f"SHA-256 of all {len(submission.files)} files, by lab6: {submission.digest}",
        f"Automatic points: {number(row.total)} of {number(sum(possible.values()))} ("
        + ", ".join(f"{step} {number(row.points[step])}" for step in possible) + ")",
        f"To be marked by a person: {', '.join(row.waits) or 'nothing'}", ""])


def _signed(key, words):
    return f"{words}{LAST}{_mac(key, words)}\n"


def _mac(key, words):
    return hmac.new(key, words.encode(errors="replace"), hashlib.sha256).hexdigest()


def _key(room):
    try:
        return bytes.fromhex((room.folder / KEY).read_text())
    except FileNotFoundError:
        return b""
    except ValueError:
        raise ValueError(f"{room.folder / KEY} is no key: put a copy of it in its place, or move it away; receipts "
                         "that were signed with it can then not be checked any more.") from None


def _folder(room, student):
    return Path(room.api.coursedir.format_path(FOLDER, student, lab().name))
