"""Archives unpacked so that nothing leaves its folder, fills the disk or stands for something else.

An archive is looked at as a whole before anything of it is written. Everything in it is other people's: names,
sizes, kinds and the archive itself. What could do harm refuses all of it; a name that only cannot be written
everywhere, which one student chose, concerns that file alone: it gets a harmless one. In the place of a file that is
left out lies an empty one, so that whose it is, which its path says, is not lost.
"""

import io
import re
import shutil
import stat
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

from grading.submission.received import NAME

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)", re.IGNORECASE)
PER_FILE = 1_000        # bytes that an archive's list of files may have for each
TAIL = 70_000           # bytes at an archive's end in which that list is named
ALWAYS = 1_000_000      # bytes: nothing smaller is a bomb, however well it is compressed
LONGEST = 255           # bytes of a name, as file systems have it
MORE = ".more"          # ends a folder that holds the rest of a long name
LEFT_OUT = ".left-out"  # ends an empty file in the place of one that was left out


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
    largest : int
        Bytes of one file: larger ones are left out.
    depth : int
        Folders in each other: what lies deeper is left out.
    """

    files: int
    bytes: int
    ratio: int
    largest: int = 2 ** 40
    depth: int = 30


def unpack(archive, folder, limits):
    """Unpack a zip file into a new folder.

    Parameters
    ----------
    archive, folder : pathlib.Path
    limits : Limits

    Returns
    -------
    written : int
        Bytes.
    remarks : list of str
        Of each file that was left out, or has another name now, its name and why.

    Raises
    ------
    ArchiveRefused
        Nothing of it was left behind.
    """
    try:
        if (size := directory_size(archive)) > limits.files * PER_FILE:
            raise refusal(archive, f"its list of files alone has {size:,} bytes")
        with zipfile.ZipFile(archive) as opened:
            files, remarks = look(archive, opened.infolist(), limits)
            folder.mkdir(parents=True)
            try:
                return _write(opened, files, folder), remarks
            except BaseException:
                shutil.rmtree(folder)
                raise
    except ArchiveRefused:
        raise
    except (ValueError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError,
            MemoryError) as error:
        raise refusal(archive, f"it cannot be unpacked ({error})") from None


def look(archive, entries, limits):
    """Return the entries to write, by path, and remarks on the others; raise ArchiveRefused where it is not fit."""
    if len(entries) > limits.files:
        raise refusal(archive, f"it holds {len(entries):,} files, more than {limits.files:,}")
    total = sum(entry.file_size for entry in entries if entry.file_size <= limits.largest)
    if total > limits.bytes:
        raise refusal(archive, f"it would fill {total:,} bytes, more than {limits.bytes:,}")
    if total > max(ALWAYS, limits.ratio * archive.stat().st_size):
        raise refusal(archive, f"its {archive.stat().st_size:,} bytes would become {total:,}, as in a zip bomb")
    files, remarks, names, folders = {}, [], set(), set()
    for entry in entries:
        if why := trick(entry):
            raise refusal(archive, f"its entry {entry.orig_filename[:80]!r} {why}")
        path = path_of(entry.filename)
        if path.endswith("/"):
            continue
        if out := path.count("/") > limits.depth or entry.file_size > limits.largest:
            remarks.append(f"{path[:80]!r} lies too deep, or is larger than a submission may be, and was left out")
            path = "/".join(path.split("/")[:limits.depth]) + LEFT_OUT
        plain = "/".join(map(harmless, written(path).split("/")))
        if same_name(plain) in names:
            remarks.append(f"two of its entries are named {path[:80]!r}, and the second was left out")
            continue
        if plain != path:
            remarks.append(f"{path[:80]!r} is named like a device or has control characters or too much in its name, "
                           f"and was taken as {plain[:80]!r}")
        names.add(same_name(plain))
        files[plain] = None if out else entry
        folders.update(plain[:i] for i, char in enumerate(plain) if char == "/")
        if len(folders) > limits.files:
            raise refusal(archive, f"it holds more than {limits.files:,} folders")
    return files, remarks


def directory_size(archive):
    """Return the bytes of a zip file's list of files, which Python reads whole before it counts them."""
    with open(archive, "rb") as file:
        file.seek(max(0, archive.stat().st_size - TAIL))
        tail = file.read(TAIL)
    whole = tail[-22:-18] == b"PK\5\6" and tail[-2:] == b"\0\0"          # as zipfile looks for it
    place = len(tail) - 22 if whole else tail.rfind(b"PK\5\6")
    if place < 0:
        return 0                                        # no zip file, as it will be said
    size, = struct.unpack_from("<I", tail, place + 12)
    larger = tail.rfind(b"PK\6\6", 0, place)
    return max(size if size < 0xFFFFFFFF else 0, *struct.unpack_from("<Q", tail, larger + 40)) if larger >= 0 else size


def written(path):
    """Return a path that can be written: of a long one the ends, and a long name in pieces, each a folder but the last.

    The front holds all that the platform put there, whatever somebody is called. Pieces are quick to normalise, too.
    """
    short = path if len(path) <= 500 else path[:450] + path[-50:]
    return re.sub("[^/]{30}(?=[^/]{30})", rf"\g<0>{MORE}/", short) if is_long(path) else path


def is_long(path):
    """Whether a path, or a name in it, is longer than file systems have them."""
    return any(len(name.encode(errors="surrogateescape")) > most
               for most, names in ((NAME, [path]), (LONGEST, path.split("/"))) for name in names)


def harmless(name):
    """Return a name that every system can write: no device's, and without control characters."""
    name = "".join("-" if unicodedata.category(char) == "Cc" else char for char in name)
    return f"_{name}" if DEVICES.match(name) else name


def path_of(name):
    """Return the path that an entry's name means: some programs of Windows write backslashes."""
    return name.replace("\\", "/")


def same_name(path):
    """Return what two paths share that are one file on some systems."""
    return unicodedata.normalize("NFC", path).casefold()


def trick(entry):
    """Say what is wrong with one entry, so that nothing of its archive is trusted, or nothing."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device, not a file"
    if entry.flag_bits & 1:
        return "is encrypted"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):     # others may ask for all memory
        return "is compressed in a way that zip files seldom are"
    # Since Python 3.12, another name may stand in an extra field and be the one that counts.
    return next(filter(None, map(_trick_of_name, (entry.orig_filename, entry.filename))), "")


def _trick_of_name(name):
    path = path_of(name)
    if path.startswith("/") or re.match("[A-Za-z]:", path):
        return "has an absolute path"
    if {"", ".", ".."} & set(path.removesuffix("/").split("/")):
        return "has a path that leads elsewhere"
    return ""


def refusal(archive, why):
    """Return the error that names an archive, what is wrong with it, and what to do."""
    return ArchiveRefused(f"{archive} was not unpacked: {why}. Nothing of it was collected. If the platform made it, "
                          "download it again, or remove the entry from it (zip -d ARCHIVE ENTRY) and ask that student "
                          "again; if a student made it, ask for the notebook itself. The limits are SafeExtractor's: "
                          "nbgrader zip_collect --help-all")


def _write(opened, files, folder):
    """Write files of an open archive, by path, and return their bytes; none may be there yet."""
    for path, entry in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened.open(entry) if entry else io.BytesIO() as source, open(target, "xb") as file:
            shutil.copyfileobj(source, file)
    return sum(entry.file_size for entry in files.values() if entry)
