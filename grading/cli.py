"""The command line: lab6 release, grade, report, export, attack, doctor and demo."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from grading import attack_command, classroom, corpus, demo, export_command, page, release, report
from grading.course import NbgraderFailed
from grading.kernel import doctor, wall

NO_WALL = "GRADING WITHOUT A WALL: every student's code can read, change and send away all that you can, " \
    "the gradebook included."


def main(arguments=None):
    """Run a command; return its exit status: 0 all went well, 1 something needs a person, 2 it could not run."""
    parser = argparse.ArgumentParser(prog="lab6", description="Lab 6: release, grade and try out the k-means lab.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("release", help="generate release/ and the notebook at the top from source/")
    grade = commands.add_parser("grade", help="grade what is new or changed in submitted/")
    grade.add_argument("student", nargs="*", help="only these students")
    grade.add_argument("--force", action="store_true", help="grade again what is graded already")
    grade.add_argument("--course", default=".", metavar="FOLDER", help="the folder of the course (default: this one)")
    grade.add_argument("--no-wall", action="store_true", help="let students' code do all that you may")
    told = commands.add_parser("report", help="write the page and the table of the class")
    told.add_argument("--course", default=".", metavar="FOLDER", help="the folder of the course (default: this one)")
    export_command.add_command(commands)
    attack_command.add_command(commands)
    commands.add_parser("doctor", help="say what this machine can do, and try to cross the wall")
    tried = commands.add_parser("demo", help="grade a class of a dozen example submissions")
    tried.add_argument("folder", nargs="?", default="demo", help="where to lay it out (default: demo)")
    options = parser.parse_args(arguments)
    try:
        return {"release": _release, "grade": _grade, "demo": _demo, "doctor": _doctor, "report": _report,
                "export": export_command.run, "attack": attack_command.run}[options.command](options)
    except (NbgraderFailed, OSError, RuntimeError, ValueError) as error:
        print(f"lab6 {options.command} could not run: {error}", file=sys.stderr)
        return 2
    except wall.NoWall as reason:
        print(f"lab6 {options.command} could not run: {reason}\nNothing was graded. To see more: lab6 doctor. To grade "
              "all the same, with students' code free to do all that you may: lab6 grade --no-wall", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. What was graded is in the gradebook; the same command goes on from there.", file=sys.stderr)
        return 2


def _release(options):
    release.release()
    print(f"Made {corpus.RELEASE.relative_to(corpus.ROOT)}, helpers beside it, and {corpus.NOTEBOOK}.ipynb.")
    return 0


def _grade(options):
    room = classroom.Classroom(options.course, wall=False if options.no_wall else None)
    if not room.is_released():
        raise RuntimeError("the gradebook does not know the assignment yet. Run this first: "
                           f"nbgrader generate_assignment {corpus.NOTEBOOK}")
    everyone = room.students()
    if unknown := set(options.student) - set(everyone):
        raise ValueError(f"nothing of {', '.join(sorted(unknown))} lies in {room.folder / 'submitted'}")
    return _run(room, options.student or everyone, options.force)


def _report(options):
    room = classroom.Classroom(options.course)
    print(f"Made {_write_report(room, ())}, and grades.csv beside it.")
    return 0


def _write_report(room, fresh):
    """Write the page and the table of the whole class; return the page's path."""
    folder, rows = room.folder / "report", room.rows(fresh)
    folder.mkdir(exist_ok=True)
    page.grades_csv(rows, folder / "grades.csv")
    page.write_page(folder / "index.html", rows, made=f"{datetime.now():%Y-%m-%d %H:%M}")
    return folder / "index.html"


def _doctor(options):
    well = True
    for good, sentence in doctor.examine():
        print(f"{'✓' if good else '✗'} {sentence}.")
        well = good
    return 0 if well else 2


def _demo(options):
    console = report.console()
    console.print("Generating the release and laying out a class ...")
    demo.lay_out(options.folder)
    room = classroom.Classroom(options.folder)
    status = _run(room, room.students(), force=False)
    console.print("\n[bold]Where to look next[/bold]")
    console.print(f"  {options.folder}/report/     open index.html for the whole class on a page", highlight=False)
    console.print(f"  {options.folder}/feedback/   open a page to see what a student gets to read", highlight=False)
    console.print(f"  {options.folder}/autograded/ the notebooks as graded, with a fact sheet above the answers",
                  highlight=False)
    console.print(f"  cd {options.folder} && {Path(sys.executable).parent}/jupyter lab\n"
                  "                    then Nbgrader > Formgrader, to mark the written answers",
                  highlight=False)
    return 0 if status == 1 else status     # a submission of the demo is meant to be broken


def _run(room, students, force):
    """Grade some submissions, write their feedback, and print the table."""
    console, rows = report.console(), []
    if not students:
        console.print(f"Nothing to grade: {room.folder / 'submitted'} holds no submission of {corpus.NOTEBOOK}.")
        return 0
    if room.wall:
        wall.check()
    else:
        console.print(NO_WALL, style="bold white on red")
    with report.progress(console) as bar:
        task = bar.add_task("", total=len(students))
        for student in students:
            bar.update(task, description=f"grading {student}")
            row = room.grade(student, force)
            if not row.problem and (trouble := room.feedback(student)):
                row.problem = f"graded, but its feedback could not be written: {trouble}"
            rows.append(row)
            bar.advance(task)
        bar.update(task, description="graded")
    console.print(report.table(rows))
    _write_report(room, rows)
    troubled = sum(bool(row.problem) for row in rows)
    waiting = sum(bool(row.waits) for row in rows)
    console.print(f"{len(rows)} submissions: {len(rows) - troubled} graded, {troubled} could not be graded, "
                  f"{waiting} with answers to mark by hand.", highlight=False)
    return 1 if troubled else 0
