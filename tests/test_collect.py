"""What was downloaded from Moodle or Canvas goes to whom the platform says, and nowhere else."""

import io
import stat
import zipfile
import zlib

import pytest
from corpus import NOTEBOOK, RELEASE, cells_in
from grade_one import lab6
from tiers import some

from grading.course.commands import nbgrader
from grading.lab import ROOT
from grading.platforms import collect, unpack

MINE = RELEASE.read_bytes()
MOODLE, CANVAS = "MoodleFiles", "CanvasFiles"


def zipped(*entries, method=zipfile.ZIP_DEFLATED):
    """Return a zip file's bytes; an entry is (name or ZipInfo, content)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return made.getvalue()


def special(name, kind, **changes):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (kind | 0o777) << 16
    for attribute, value in changes.items():
        setattr(entry, attribute, value)
    return entry


@pytest.fixture
def course(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    (tmp_path / "release" / NOTEBOOK).mkdir(parents=True)
    (tmp_path / "release" / NOTEBOOK / f"{NOTEBOOK}.ipynb").write_bytes(MINE)
    return tmp_path


@pytest.fixture
def collected(course):
    """Return a function that collects downloads by file name, and what nbgrader said and every file that came of it."""
    def run(platform, downloads, *flags, check=True):
        folder = course / "downloaded" / NOTEBOOK / "archive"
        folder.mkdir(parents=True)
        for name, content in downloads.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        done = nbgrader("zip_collect", NOTEBOOK, "--extractor=grading.platforms.collect.SafeExtractor",
                        f"--collector=grading.platforms.collect.{platform}", *flags, course=course, check=False)
        assert "Traceback" not in done.stderr
        assert check == (done.returncode == 0), done.stderr
        found = {path.relative_to(course / "submitted").as_posix(): path.read_bytes()
                 for path in (course / "submitted").rglob("*") if path.is_file()}
        return done.stderr, found
    return run


def of(*students):
    return {f"{student}/{NOTEBOOK}/{NOTEBOOK}.ipynb" for student in students}


def test_moodle_in_folders_and_flat_of_all_ages(collected):
    _, found = collected(MOODLE, {"CS101-Lab 6-77.zip": zipped(
        ("Ada Lovelace_101_assignsubmission_file/lab6_kmeans.ipynb", MINE),
        ("李 明_102_assignsubmission_file_/lab6_kmeans (1).ipynb", MINE),
        ("Grace O'Hopper_103_assignsubmission_file_lab6_kmeans.ipynb", MINE),
        ("Participant_104_assignsubmission_file/sub/lab6_kmeans-2.ipynb", MINE),
        ("Eve_105_assignsubmission_file/notes.pdf", b"%PDF"))})
    assert found == {**dict.fromkeys(of(101, 102, 103, 104), MINE), "105/lab6_kmeans/notes.pdf": b"%PDF"}


def test_canvas_late_numbered_and_zipped(collected):
    _, found = collected(CANVAS, {"cs_101_2024_lab-6_submissions.zip": zipped(
        ("lovelaceada_101_9001_lab6_kmeans.ipynb", MINE),
        ("hoppergrace_LATE_102_9002_lab6_kmeans-1.ipynb", MINE),
        ("李明_103_9003_work.zip", zipped(("lab/lab6_kmeans.ipynb", MINE), ("__MACOSX/lab/._lab6_kmeans.ipynb", b"x"),
                                        ("lab/.ipynb_checkpoints/lab6_kmeans-checkpoint.ipynb", b"x"))))})
    assert set(found) == of(101, 102, 103) and set(found.values()) == {MINE}


def test_what_a_browser_has_unpacked_already_is_collected_too(collected):
    _, found = collected(CANVAS, {"cs_101_2024_submissions/lovelaceada_101_9001_lab6_kmeans.ipynb": MINE})
    assert set(found) == of(101)


@pytest.mark.parametrize(("platform", "entries"), [
    # A student's own folders and archives, named like somebody else's.
    (MOODLE, ["Ada_1_assignsubmission_file/Eve_2_assignsubmission_file/lab6_kmeans.ipynb",
              "Ada_3_assignsubmission_file_Eve_2_assignsubmission_file_lab6_kmeans.ipynb",
              "Ada_4_assignsubmission_onlinetext/Eve_2_assignsubmission_file_lab6_kmeans.ipynb",
              "Ada_5_assignsubmission_file/x.zip"]),
    # The same, and a student's own name, chosen so that it reads like another's number.
    (CANVAS, ["ada_1_9_x.zip", "ada_2_1_9_lab6_kmeans.ipynb", "ada_2_3_1_9_lab6_kmeans.ipynb",
              "ada_2_3__1_9_lab6_kmeans.ipynb", "ada_2_3_b_1_9_lab6_kmeans.ipynb", "ada_2_1_9_y.zip"]),
])
def test_nobody_hands_in_for_somebody_else(collected, platform, entries):
    inside = zipped(("Eve_2_assignsubmission_file/lab6_kmeans.ipynb", MINE), ("eve_2_8_lab6_kmeans.ipynb", MINE))
    _, found = collected(platform, {"all.zip": zipped(*((name, inside if name.endswith("zip") else MINE)
                                                        for name in entries))})
    assert found and not any(name.startswith("2/") for name in found)


def test_the_notebook_with_the_right_name_wins_and_the_other_is_named(collected):
    said, found = collected(MOODLE, {"all.zip": zipped(
        ("Ada_1_assignsubmission_file/lab6_kmeans (1).ipynb", b"old"),
        ("Ada_1_assignsubmission_file/lab6_kmeans.ipynb", MINE),
        ("Ada_1_assignsubmission_file/a/scratch.ipynb", b"a"), ("Ada_1_assignsubmission_file/b/scratch.ipynb", b"b"),
        ("Eve_2_assignsubmission_file/lab6_kmeans.ipynb", MINE))})
    assert {name: found[name] for name in of(1, 2)} == dict.fromkeys(of(1, 2), MINE)
    assert "Student 1 handed in two notebooks lab6_kmeans." in said and "(1).ipynb" in said
    assert found["1/lab6_kmeans/a/scratch.ipynb"] == b"a" and found["1/lab6_kmeans/b/scratch.ipynb"] == b"b"


BAD = {
    "parent": (zipped(("../evil.ipynb", MINE)), "'../evil.ipynb' has a path that leads elsewhere"),
    "deep parent": (zipped(("a/../../../evil.ipynb", MINE)), "leads elsewhere"),
    "absolute": (zipped(("/tmp/evil.ipynb", MINE)), "has an absolute path"),
    "drive": (zipped(("C:/evil.ipynb", MINE)), "has an absolute path"),
    "backslash": (zipped(("..\\evil.ipynb", MINE)), "leads elsewhere"),
    "link": (zipped((special("link", stat.S_IFLNK), "/etc/passwd")), "is a link or a device"),
    "pipe": (zipped((special("pipe", stat.S_IFIFO), "")), "is a link or a device"),
    "bomb": (zipped(("zeros.ipynb", bytes(5_000_000))), "as in a zip bomb"),
    "many": (zipped(*((f"{i}.txt", b"") for i in range(60))), "60 files, more than 50"),
    "large": (zipped(("large.ipynb", bytes(6_000_000)), method=zipfile.ZIP_STORED), "it would fill 6,000,000 bytes"),
    "both a file and a folder": (zipped(("a", b""), ("a/b.ipynb", MINE)), "cannot be unpacked"),
    "cut": (zipped(("a.ipynb", MINE))[:-30], "cannot be unpacked"),
    "lie": (zipped(("a.ipynb", b"A" * 3000), method=zipfile.ZIP_STORED).replace(b"A" * 3000, b"B" * 3000),
            "cannot be unpacked"),
    "not UTF-8": (zipped(("é.ipynb", MINE)).replace("é".encode(), b"\xff\xfe"), "cannot be unpacked"),
    "no archive": (b"words", "cannot be unpacked"),
    "folders": (zipped(*((f"{i}/" * 20 + "a.txt", b"") for i in range(3))), "it holds more than 50 folders"),
    "list": (zipped((special("a.ipynb", stat.S_IFREG, comment=b"x" * 60_000), MINE)), "its list of files alone has"),
    "lzma": (zipped(("a.ipynb", MINE), method=zipfile.ZIP_LZMA), "compressed in a way that zip files seldom are"),
    "bzip2": (zipped(("a.ipynb", MINE), method=zipfile.ZIP_BZIP2), "compressed in a way that zip files seldom are"),
}
# In an extra field that counts since Python 3.12: its kind and length, then version, checksum of the name, other name.
OTHER = b"\1" + zlib.crc32(b"lab6_kmeans.ipynb").to_bytes(4, "little") + b"../evil.ipynb"
EXTRA = b"\x75\x70" + len(OTHER).to_bytes(2, "little") + OTHER
LIMITS = ("--SafeExtractor.max_files=50", "--SafeExtractor.max_bytes=5500000")


@pytest.mark.parametrize("name", some(BAD, 3, "each is refused by one rule of unpack"))
def test_a_platforms_archive_that_is_not_fit_is_refused_whole(collected, course, name):
    content, words = BAD[name]
    before = {path for path in course.rglob("*")}
    good = zipped(("Ada_1_assignsubmission_file/lab6_kmeans.ipynb", MINE))
    said, found = collected(MOODLE, {"a.zip": good, f"{name}.zip": content}, *LIMITS, check=False)
    assert f"{name}.zip was not unpacked" in said and words in said and "ask for the notebook itself" in said
    assert found == {}
    extracted = course / "downloaded" / NOTEBOOK / "extracted"
    assert list(extracted.iterdir()) == []                  # so the next try needs no --force
    assert {path for path in course.rglob("*") if "downloaded" not in path.parts} == before
    assert not (course.parent / "evil.ipynb").exists()


def test_a_second_name_that_leads_elsewhere_is_refused_or_not_looked_at(tmp_path):
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped((special("lab6_kmeans.ipynb", stat.S_IFREG, extra=EXTRA), MINE)))
    try:
        unpack.unpack(archive, tmp_path / "in", unpack.Limits(10, 10 ** 6, 100))
    except unpack.ArchiveRefused as error:
        assert "leads elsewhere" in str(error)
    assert not (tmp_path / "evil.ipynb").exists()
    assert unpack.trick(special("lab6_kmeans.ipynb", stat.S_IFREG, filename="../evil.ipynb"))


def test_a_students_archive_that_is_not_fit_stops_nobody_else(collected, course):
    entries = [(f"S_{i}_assignsubmission_file/{name}.zip", BAD[name][0]) for i, name in enumerate(BAD)
               if name not in ("many", "large", "bomb", "folders", "list")]
    deep = zipped(("x.zip", zipped(("x.zip", zipped(("lab6_kmeans.ipynb", MINE))))))
    said, found = collected(MOODLE, {"all.zip": zipped(
        *entries, ("S_70_assignsubmission_file/deep.zip", deep),
        ("S_71_assignsubmission_file/bomb.zip", BAD["bomb"][0]),
        ("S_72_assignsubmission_file/large.zip", BAD["large"][0]),
        ("S_99_assignsubmission_file/lab6_kmeans.ipynb", MINE))}, "--SafeExtractor.max_bytes_inside=5500000",
        "--SafeExtractor.max_ratio=300")
    assert set(found) >= of(99) and {name for name in found if name.endswith(".ipynb")} == of(99)
    assert len(found) == 1 + len(entries) + 3               # each archive that was refused is what was handed in
    assert said.count("was not unpacked") == len(entries) + 3
    assert "S_0_assignsubmission_file/parent.zip" in said and "archive in an archive" in said


def test_what_lies_too_deep_or_is_too_large_costs_only_itself(tmp_path):
    archive, place = tmp_path / "a.zip", "Ada_1_assignsubmission_file"
    archive.write_bytes(zipped((f"{place}/{'d/' * 400}a.ipynb", MINE), (f"{place}/large.ipynb", MINE * 3),
                               (f"{place}/lab6_kmeans.ipynb", MINE)))
    limits = unpack.Limits(50, len(MINE) * 2, 100, largest=len(MINE), depth=20)
    written, remarks = unpack.unpack(archive, tmp_path / "in", limits)
    assert written == len(MINE) and len(remarks) == 2 and all("was left out" in remark for remark in remarks)
    found = {path.relative_to(tmp_path / "in" / place).as_posix(): path.stat().st_size
             for path in (tmp_path / "in").rglob("*") if path.is_file()}
    assert found == {"d/" * 18 + "d.left-out": 0, "large.ipynb.left-out": 0, "lab6_kmeans.ipynb": len(MINE)}


def test_somebody_whose_only_file_lies_too_deep_is_laid_out_all_the_same(collected):
    deep = "d/" * 40 + "lab6_kmeans.ipynb"
    said, found = collected(MOODLE, {"all.zip": zipped(
        (f"Ada_1_assignsubmission_file/{deep}", MINE), ("Bob_2_assignsubmission_file/a.zip", zipped((deep, MINE))),
        ("Eve_3_assignsubmission_file/lab6_kmeans.ipynb", MINE))})
    assert {name.split("/")[0] for name in found} == {"1", "2", "3"} and found.keys() >= of(3)
    assert "no notebook: 1 (" in said and ", 2 (" in said


def test_what_a_students_archive_holds_lessens_nobody_elses(collected):
    swollen = zipped(*((f"{i}.txt", bytes(900_000)) for i in range(1)))
    _, found = collected(MOODLE, {
        "a.zip": zipped(("Ada_1_assignsubmission_file/a.zip", swollen)),
        "b.zip": zipped(("Bob_2_assignsubmission_file/lab6_kmeans.ipynb", MINE))},
        f"--SafeExtractor.max_bytes={len(MINE) + 10_000}")
    assert set(found) == {"1/lab6_kmeans/0.txt"} | of(2)


def test_a_link_among_the_downloads_is_not_followed(collected, course):
    folder = course / "downloaded" / NOTEBOOK / "archive" / "Ada_1_assignsubmission_file"
    folder.mkdir(parents=True)
    (folder / "lab6_kmeans.ipynb").symlink_to("/etc/passwd")
    done = nbgrader("zip_collect", NOTEBOOK, "--extractor=grading.platforms.collect.SafeExtractor",
                    "--collector=grading.platforms.collect.MoodleFiles", course=course, check=False)
    assert done.returncode and "a link to somewhere else" in done.stderr
    assert not (course / "submitted").exists()


# --- reports of real trouble: tests/reports/collecting ---

REPORTS = sorted((ROOT / "tests" / "reports" / "collecting").glob("*.py"))


def report(path):
    """Return what a case downloads, and what must come of it."""
    assert path.read_text().startswith("# ") and " Must: " in path.read_text().split("\n")[0], path
    sections, download, must = cells_in(path.read_text()), {}, {}
    exec(sections["download"], download)
    exec(sections["must"], {**download, "collected": must}, must)
    return download, must


@pytest.mark.parametrize("path", some(REPORTS, 3, "one way of naming files each, through the real commands"),
                         ids=lambda path: path.stem)
def test_what_was_reported_is_collected_by_nbgraders_command_and_by_ours(collected, course, path):
    download, must = report(path)
    files = download["download"](zipped, MINE)
    said, found = collected({"moodle": MOODLE, "canvas": CANVAS}[download["platform"]], files)
    by_nbgrader = [line for line in said.splitlines() if "| WARNING" in line]
    for name, content in files.items():
        (course / name).write_bytes(content)
    ours = lab6(course, "collect", *files, "--from", download["platform"], "--force")
    expected = {f"{student}/{NOTEBOOK}/{name}" for student, names in must["collected"].items() for name in names}
    again = {path.relative_to(course / "submitted").as_posix(): path.read_bytes()
             for path in (course / "submitted").rglob("*") if path.is_file()}
    assert set(found) == expected
    assert found == again
    for place, content in must.get("contents", {}).items():
        student, _, name = place.partition("/")
        assert found[f"{student}/{NOTEBOOK}/{name}"] == content
    for words in must.get("says", ()):
        assert words in ours.stdout and any(words in line for line in by_nbgrader), words
    for words in must.get("says_not", ()):
        assert words not in ours.stdout, words
    assert len(ours.stdout.splitlines()) <= must.get("lines", 99)
    assert (ours.returncode == 0) == (not must.get("says")) and not ours.stderr, ours.stderr


def test_what_lies_in_submitted_is_replaced_only_by_force(course):
    place = course / "submitted" / "1" / NOTEBOOK
    place.mkdir(parents=True)
    (place / f"{NOTEBOOK}.ipynb").write_text("repaired by hand")
    (course / "a.zip").write_bytes(zipped(("A_1_assignsubmission_file/lab6_kmeans.ipynb", MINE),
                                          ("B_2_assignsubmission_file/lab6_kmeans.ipynb", MINE)))
    done = lab6(course, "collect", "a.zip", "--from", "moodle")
    assert done.returncode == 1 and "In submitted/ already, and left as it is: 1." in done.stdout
    assert (place / f"{NOTEBOOK}.ipynb").read_text() == "repaired by hand"
    assert (course / "submitted" / "2" / NOTEBOOK / f"{NOTEBOOK}.ipynb").read_bytes() == MINE
    done = lab6(course, "collect", "a.zip", "--from", "moodle", "--force")
    assert done.returncode == 0 and (place / f"{NOTEBOOK}.ipynb").read_bytes() == MINE
    assert [path.name for path in place.parent.iterdir()] == [NOTEBOOK]


def test_an_archive_that_is_refused_is_told_in_a_line(course):
    (course / "a.zip").write_bytes(BAD["parent"][0])
    done = lab6(course, "collect", "a.zip", "--from", "moodle")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "could not run: a.zip was not unpacked: its entry '../evil.ipynb' has a path that leads els" in done.stderr
    assert lab6(course, "collect", "no.zip", "--from", "moodle").returncode == 2
    assert not (course / "submitted").exists()


def test_the_plugins_are_configured_as_any_of_nbgrader(course):
    said = nbgrader("zip_collect", "--help-all", "--extractor=grading.platforms.collect.SafeExtractor", course=course,
                    check=False).stdout
    assert "extractor_plugin" in said
    assert collect.MoodleFiles(named_regexp="x").named_regexp == "x"
