"""Archives unpacked so that nothing leaves its folder, fills the disk or stands for something else.

An archive is looked at as a whole before anything of it is written. Everything in it is other people's: names,
sizes, kinds and the archive itself.
"""

import lzma
import re
import shutil
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)", re.IGNORECASE)
ALWAYS = 1_000_000      # bytes: nothing smaller is a bomb, however well it is compressed


class ArchiveRefused(ValueError):
    """Nothing of it was unpacked. The message names the archive, what is wrong with it, and what to do."""


@dataclass(frozen=True)
class Limits:
    """How large an archive may be.

    Parameters
    ----------
    files : int
    bytes : int
        All files together, unpacked.
    ratio : int
        Bytes unpacked for each byte of the archive, where more than a megabyte comes out.
    """

    files: int
    bytes: int
    ratio: int


def unpack(archive, folder, limits):
    """Unpack a zip file into a new folder.

    Parameters
    ----------
    archive, folder : pathlib.Path
    limits : Limits

    Returns
    -------
    int
        The bytes written.

    Raises
    ------
    ArchiveRefused
        Nothing of it was left behind.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            look(archive, opened.infolist(), limits)
            folder.mkdir(parents=True)
            try:
                return _write(opened, folder)
            except BaseException:
                shutil.rmtree(folder)
                raise
    except ArchiveRefused:
        raise
    except (ValueError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError) as error:
        raise refusal(archive, f"it cannot be unpacked ({error})") from None


def look(archive, entries, limits):
    """Raise ArchiveRefused unless all that an archive says of its entries is fit to be unpacked."""
    if len(entries) > limits.files:
        raise refusal(archive, f"it holds {len(entries):,} files, more than {limits.files:,}")
    total = sum(entry.file_size for entry in entries)
    if total > limits.bytes:
        raise refusal(archive, f"it would fill {total:,} bytes, more than {limits.bytes:,}")
    if total > max(ALWAYS, limits.ratio * archive.stat().st_size):
        raise refusal(archive, f"its {archive.stat().st_size:,} bytes would become {total:,}, as in a zip bomb")
    names = set()
    for entry in entries:
        if why := trick(entry):
            raise refusal(archive, f"its entry {entry.orig_filename[:80]!r} {why}")
        name = unicodedata.normalize("NFC", entry.filename).casefold()
        if name in names:
            raise refusal(archive, f"two of its entries are named {entry.filename[:80]!r}")
        names.add(name)


def trick(entry):
    """Say what is wrong with one entry of an archive, or nothing."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device, not a file"
    if entry.flag_bits & 1:
        return "is encrypted"
    # Since Python 3.12, another name may stand in an extra field and be the one that counts.
    return next(filter(None, map(_trick_of_name, (entry.orig_filename, entry.filename))), "")


def _trick_of_name(name):
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or re.match("[A-Za-z]:", name):
        return "has an absolute path"
    if "\\" in name or {"", ".", ".."} & set(parts):
        return "has a path that leads elsewhere"
    if any(unicodedata.category(char) == "Cc" for char in name):
        return "has control characters in its name"
    if any(DEVICES.match(part) for part in parts):
        return "is named like a device"
    return ""


def refusal(archive, why):
    """Return the error that names an archive, what is wrong with it, and what to do."""
    return ArchiveRefused(f"{archive} was not unpacked: {why}. Nothing of it was collected. If the platform made it, "
                          "download it again, or remove the entry from it (zip -d ARCHIVE ENTRY) and ask that student "
                          "again; if a student made it, ask for the notebook itself. The limits are SafeExtractor's: "
                          "nbgrader zip_collect --help-all")


def _write(opened, folder):
    """Write all files of an open archive, and return their bytes; none may be there yet."""
    files = [entry for entry in opened.infolist() if not entry.is_dir()]
    for entry in files:
        target = folder / entry.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(entry) as source, open(target, "xb") as file:
            shutil.copyfileobj(source, file)
    return sum(entry.file_size for entry in files)
