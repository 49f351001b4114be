"""The first to read a submission under any nbgrader command: as hostile bytes, with nothing of it left to act later.

nbgrader copies all that was handed in to ``autograded``, where JupyterLab starts kernels and the formgrader serves
files. What stays there is the graded notebook, and two texts without which nbgrader cannot give feedback back.
"""

import os
import secrets
import shutil
import stat
from pathlib import Path

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from traitlets import Integer

from grading.lab import lab, use
from grading.submission import received, timestamp
from grading.submission.assignment import sources
from grading.submission.decode import FILE_SIZE, decode
from grading.submission.restore import Restore

SECRET, LONGEST_SECRET = "submission_secret.txt", 1000      # by which nbgrader's exchange finds whose feedback it is


class SubmissionExporter(NotebookExporter):
    """Reads submissions of this lab with `grading.submission.decode`, and all other notebooks as nbconvert does.

    Attributes
    ----------
    beside : dict of str to bytes or None
        By path, what lies beside the notebook of the last submission when its code runs: what was handed in there, and
        the files of the assignment in their place. No notebook is among them. None for another assignment.
    """

    largest = Integer(FILE_SIZE, help="Bytes of a notebook that is handed in.").tag(config=True)

    beside = None

    def from_filename(self, filename, resources=None, **named):
        """Read a notebook and let the preprocessors work on it; see nbconvert."""
        use(self.config)
        ids = (resources or {}).get("nbgrader", {})
        if ids.get("assignment") != lab().name or not any(isinstance(one, Restore) for one in self._preprocessors):
            return super().from_filename(filename, resources, **named)
        handed_in = received.read(ids["student"], os.path.dirname(filename))
        if handed_in.problem:
            raise ValueError(f"The submission of {ids['student']} cannot be graded: {handed_in.problem}.")
        notebook = decode(handed_in.files[lab().file], lab().file, self.largest)
        notebook.metadata.lab6 = NotebookNode(submission=handed_in.digest, **handed_in.noted)
        coursedir = self.parent.coursedir
        _clear(Path(coursedir.format_path(coursedir.autograded_directory, ids["student"], lab().name)), handed_in.files)
        self.beside = {name: content for name, content in {**handed_in.files, **sources(coursedir)}.items()
                       if not name.lower().endswith(".ipynb")}
        resources["metadata"] = {"name": ids["notebook"], "path": os.path.dirname(filename)}
        return self.from_notebook_node(notebook, resources, **named)


def _clear(folder, files):
    """Leave in a graded folder when the work was handed in, and the secret of nbgrader's exchange."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / received.TIMESTAMP).write_bytes(files.get(received.TIMESTAMP, b""))
    secret = files.get(SECRET, b"")
    # Without one of its own, a secret that nobody knows: feedback is then released, and nobody can fetch it.
    fits = 0 < len(secret) <= LONGEST_SECRET and secret.isascii()
    (folder / SECRET).write_bytes(secret if fits else secrets.token_hex(64).encode())


def normalise_times(assignment, student, notebooks):
    """Write the time of handing in as nbgrader does, where it stands in another way; nbgrader's pre_convert_hook.

    nbgrader parses all that stands there, before it gives a submission to anything of ours. What is no time is put
    aside.
    """
    for folder in map(os.path.dirname, notebooks if assignment == lab().name else ()):
        normalise_time(folder)


def normalise_time(folder):
    """Do so for one submission; see `normalise_times`."""
    path = Path(folder, received.TIMESTAMP)
    if os.path.lexists(path):
        status = path.lstat()
        fits = stat.S_ISREG(status.st_mode) and status.st_size <= timestamp.LONGEST
        said = path.read_bytes().strip() if fits else b""
        known = timestamp.written(timestamp.when(said))
        if said != known and not known or not fits:
            aside = path.with_name(timestamp.NO_TIME)
            if aside.is_dir() and not aside.is_symlink():
                shutil.rmtree(aside)
            path.rename(aside)
        if said != known or not fits:
            path.write_bytes(known)
