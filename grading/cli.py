"""The command line: lab6 and its commands, in the order of a term."""

import argparse
import importlib
import sys
from errno import EDQUOT, ENOSPC
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path
from tempfile import gettempdir

from sqlalchemy.exc import SQLAlchemyError

from grading import doctor
from grading.course import classroom, receipts, release, run, watch
from grading.course.commands import NbgraderFailed, refuse_other_code
from grading.lab import ROOT
from grading.pages import terminal
from grading.platforms import collect_command, export_command, give_back, rights
from grading.server import doctor as server_doctor
from grading.server import mark_command
from grading.shown.text import printable
from grading.wall import bubblewrap

NO_CHECKOUT = "it needs files that are not installed (source/, tests/, environment.yml). Get the project's folder, " \
    "run pip install -e . in it, then this again"


def main(arguments=None):
    """Run a command; return its exit status: 0 all went well, 1 something needs a person, 2 it could not run."""
    parser = argparse.ArgumentParser(prog="lab6", description="Lab 6: release, grade and try out the k-means lab.",
                                     epilog="For an example of a command: lab6 grade --help")
    parser.add_argument("--version", action="version", version=f"lab6 {_version()}")
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name, what, example, course=True):
        made = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.",
                                   epilog=f"Example: {example}")
        if course:
            made.add_argument("--course", default=".", metavar="FOLDER",
                              help="the folder of the course (default: this one)")
        return made

    add("release", "generate release/ from source/, and in this project's checkout the notebook at the top",
        "lab6 release --course ~/courses/lab6")
    collect_command.add_command(add)
    grade = _of_students(add, "grade", "grade what is new or changed in submitted/", "lab6 grade ada 'b*' --workers 4")
    grade.add_argument("--force", action="store_true", help="grade again what is graded already")
    grade.add_argument("--json", action="store_true", help="print what came of it as JSON, for programs")
    grade.add_argument("--no-wall", action="store_true", help="let students' code do all that you may")
    watched = add("watch", "grade what comes in, as it comes, with a signed receipt in its feedback",
                  "lab6 watch --release")
    watched.add_argument("--every", type=_positive, default=20, metavar="SECONDS",
                         help="between two looks (default: 20)")
    watched.add_argument("--once", action="store_true", help="look once and end, for a clock that starts it")
    watched.add_argument("--release", action="store_true", help="release feedback into nbgrader's exchange at once")
    _with_workers(watched)
    mark_command.add_command(add)
    feedback = _of_students(add, "feedback", "write the feedback again of whose marks were changed, or of all named",
                            "lab6 feedback --to moodle")
    feedback.add_argument("--to", choices=give_back.PLATFORMS, help="also write a zip file of what is new since the "
                          "last one, that Moodle takes as feedback files, or Canvas as submissions with comments")
    feedback.add_argument("--output", metavar="FILE", help="the zip file to write (default: a new one in the course)")
    feedback.add_argument("--force", action="store_true", help="what is not new too")
    receipt = add("receipt", "say whether this course has signed a receipt", "lab6 receipt lab6_kmeans.html")
    receipt.add_argument("file", nargs="+", metavar="FILE",
                         help="a page of feedback that a student shows, or the receipt as text")
    add("report", "write the page and the table of the class", "lab6 report --course ~/courses/lab6")
    export_command.add_command(add)
    attack = add("attack", "grade all of tests/attacks, and say what each attack gets", "lab6 attack --against-stock",
                 course=False)
    attack.add_argument("name", nargs="*", help="only these attacks")
    attack.add_argument("--against-stock", action="store_true",
                        help="also in stock nbgrader, each in a throw-away folder (15 s for each that is not kept)")
    attack.add_argument("--write", action="store_true",
                        help="write the table into docs/security.md, with what is kept of stock nbgrader")
    add("doctor", "say what this machine can do, and try to cross the wall", "lab6 doctor")
    tried = add("demo", "grade a class of a dozen example submissions", "lab6 demo /tmp/demo", course=False)
    tried.add_argument("folder", nargs="?", default="demo", help="where to lay it out (default: demo)")
    options = parser.parse_args(arguments)
    try:
        if options.command in ("release", "attack", "demo") and not (ROOT / "tests").exists():
            raise RuntimeError(NO_CHECKOUT)
        refuse_other_code(".", getattr(options, "course", "."))
        return {"release": _release, "collect": collect_command.run, "grade": _grade, "watch": _watch,
                "mark": mark_command.run, "feedback": _feedback, "receipt": _receipt, "report": _report,
                "export": export_command.run, "attack": _attack, "doctor": _doctor,
                "demo": _demo}[options.command](options)
    except bubblewrap.NoWall as reason:
        print(f"lab6 {options.command} could not run: {reason}\nNothing was graded. To see more: lab6 doctor. To grade "
              "all the same, with students' code free to do all that you may: lab6 grade --no-wall", file=sys.stderr)
        return 2
    except (NbgraderFailed, OSError, RuntimeError, ValueError) as error:
        full = f". Make room on the disk of this folder or of {gettempdir()}. What was saved before stays; the same " \
            "command goes on from there." if getattr(error, "errno", 0) in (ENOSPC, EDQUOT) else ""
        print(f"lab6 {options.command} could not run: {error}{full}", file=sys.stderr)
        return 2
    except SQLAlchemyError as error:
        why = getattr(error, "orig", None) or error
        damaged = any(words in str(why) for words in ("not a database", "malformed"))
        what = "It is damaged: put a copy of it in its place. Without one, move it away, then release and grade " \
            "again; marks given by hand are lost." if damaged else \
            "What was saved before stays; the same command goes on from there."
        print(f"lab6 {options.command} could not run: the gradebook cannot be used ({why}). {what}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        goes_on = " What was graded is in the gradebook; the same command goes on from there"
        goes_on = {"grade": f"{goes_on} (with --force it starts over).", "watch": f"{goes_on}."}
        print("\nStopped." + goes_on.get(options.command, ""), file=sys.stderr)
        return 2


def _of_students(add, name, what, example):
    """Add a command that works on students, on all cores or on a cluster."""
    made = add(name, what, example)
    made.add_argument("student", nargs="*", metavar="STUDENT", help="only these students; a pattern such as 'a*' too")
    return _with_workers(made)


def _with_workers(made):
    made.add_argument("--workers", type=_positive, metavar="N", help="processes (default: one for each core)")
    made.add_argument("--scheduler", metavar="tcp://…", help="a Dask scheduler, to work on its cluster")
    return made


def _version():
    try:
        return version("lab6-kmeans")
    except PackageNotFoundError:
        return "of a folder that is not installed"


def _positive(text):
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} should be a whole number, 1 or more")
    return int(text)


def _release(options):
    made = release.release(classroom.Classroom(options.course).folder)
    print(f"Made {', '.join(map(str, made))}, with the lab's modules and environment.yml beside the notebook.")
    return 0


def _grade(options):
    room = classroom.Classroom(options.course, wall=False if options.no_wall else None)
    return run.grade(room, options.student, options.force, options.workers, options.scheduler, options.json)


def _feedback(options):
    room = classroom.Classroom(options.course)
    if options.output and not options.to:
        raise ValueError("--output names the zip file of --to moodle or --to canvas.")
    status = run.feedback(room, options.student, options.force, options.workers, options.scheduler)
    if options.to:
        with room.alone():
            said, troubled = give_back.write(room, options.to, room.students(options.student), options.output,
                                             options.force)
        print(said)
        status = status or int(troubled)
    return status


def _watch(options):
    watcher = watch.Watcher(classroom.Classroom(options.course), options.workers, options.scheduler, options.release)
    return watcher.once() if options.once else watcher.watch(options.every)


def _receipt(options):
    room, well = classroom.Classroom(options.course), True
    for path in options.file:
        found = receipts.check(room, path)
        well &= bool(found)
        print(printable(f"{path}: " + ("signed by this course" if found else
                                       "no receipt in it was signed with this course's key, or it was changed since")))
        for words in found:
            print("\n".join(f"  {printable(line)}" for line in words.splitlines()))
    return 0 if well else 1


def _report(options):
    _, path = run.write_report(classroom.Classroom(options.course))
    print(f"Made {path}, and grades.csv beside it.")
    return 0


def _doctor(options):
    well = True
    for good, sentence in chain(server_doctor.examine(), rights.examine(options.course), doctor.examine()):
        print(f"{'✓' if good else '✗'} {sentence.removesuffix('.')}.")
        well &= good
    return 0 if well else 2


def _of_tests(name):
    """Return a module of a checkout's tests/, where what these commands grade lies."""
    sys.path.insert(0, str(ROOT / "tests"))
    return importlib.import_module(name)


def _attack(options):
    return _of_tests("attacking.command").run(options)


def _demo(options):
    console = terminal.console()
    console.print("Generating the release and laying out a class ...")
    _of_tests("demo").lay_out(options.folder)
    status = run.grade(classroom.Classroom(options.folder))
    console.print("\n[bold]Where to look next[/bold]")
    console.print(f"  {options.folder}/report/     open index.html for the whole class on a page", highlight=False)
    console.print(f"  {options.folder}/feedback/   open a page to see what a student gets to read", highlight=False)
    console.print(f"  {options.folder}/autograded/ the notebooks as graded, with a fact sheet above the answers",
                  highlight=False)
    console.print(f"  cd {options.folder} && {Path(sys.executable).parent}/jupyter lab\n"
                  "                    then Nbgrader > Formgrader > Marking, to mark the written answers",
                  highlight=False)
    return 0 if status == 1 else status     # a submission of the demo is meant to be broken
