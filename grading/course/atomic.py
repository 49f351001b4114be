"""A folder that is there whole or not at all."""

import shutil
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged(place, files, permissions):
    """Put files in the place of a folder once the body has done its part; until then there is no folder.

    Parameters
    ----------
    place : path-like
        Where it was before, if it was, it is again when the body raises.
    files : dict of str to bytes
        By path within the folder.
    permissions : int
        Of the files, written as nbgrader writes them: 444 is an octal number.
    """
    place = Path(place)
    new, old = beside(place)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)
    for name, content in files.items():
        path = new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(int(str(permissions), 8))
    if place.exists():
        place.rename(old)
    try:
        yield
    except BaseException:
        if old.exists():
            old.rename(place)
        shutil.rmtree(new)
        raise
    new.rename(place)
    if old.exists():
        shutil.rmtree(old)


def beside(place):
    """Return the names of a folder while it is made, and while it is replaced."""
    return place.with_name(f".{place.name}.new"), place.with_name(f".{place.name}.old")
