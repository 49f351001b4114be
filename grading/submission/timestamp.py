"""timestamp.txt: when something was handed in, as whoever handed it in wrote it down.

nbgrader gives all of it to a parser of dates, which takes hours for some megabytes and opens files that it names. Here
it is read by one strict pattern, and written again in one form for everybody who reads it after.
"""

import re
import zoneinfo
from datetime import datetime, timedelta, timezone
from functools import cache

NAME = "timestamp.txt"
NO_TIME = f"{NAME}.as-handed-in"        # what stood there, where it was put aside because it says no time
LONGEST = 100       # bytes
PATTERN = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?"
                     r"(?:([+-]\d\d(?::?\d\d)?)|([A-Za-z][\w/+-]*))?", re.ASCII)
# Hours from UTC of the names that clocks show in summer, or that stand for more than one place; the rest are places.
NAMES = {"Z": 0, "CEST": 2, "WEST": 1, "BST": 1, "EEST": 3, "MSK": 3, "EDT": -4, "CST": -6, "CDT": -5, "MDT": -6,
         "PST": -8, "PDT": -7, "AEST": 10, "AEDT": 11, "JST": 9}


def when(content):
    """Return the time that a timestamp.txt says.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    datetime.datetime or None
        In UTC, without a zone, as nbgrader's gradebook has it. None where it says no time.
    """
    if len(content) > LONGEST:
        return None
    found = PATTERN.fullmatch(content.decode(errors="replace").strip())
    if not found:
        return None
    time, offset, name = found.groups(default="")
    try:
        local = datetime.fromisoformat(time + offset)
        local = local if local.tzinfo else local.replace(tzinfo=zone(name))
        return local.astimezone(timezone.utc).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def has_zone(text):
    """Whether a time says which zone it is in: "2030-12-01 23:59 UTC", "… +01:00", "… Europe/Berlin"."""
    found = PATTERN.fullmatch(text[:LONGEST].strip())
    return bool(found and (found[2] or found[3]))


def zone(name):
    """Return a time zone by its name; raise ValueError where nobody knows it."""
    hours = NAMES.get(name.upper(), 0 if not name else None)
    if hours is not None:
        return timezone(timedelta(hours=hours))
    if name not in _places():
        raise ValueError(f"no time zone is named {name}")
    return zoneinfo.ZoneInfo(name)


@cache
def _places():
    return zoneinfo.available_timezones()


def written(time):
    """Return the bytes of a timestamp.txt, as nbgrader writes it; none where no time is known."""
    return f"{time.isoformat(' ', 'microseconds')} UTC".encode() if time else b""
