"""The command `lab6 export`, around the plugins of grading.platforms.export."""

from nbgrader.api import Gradebook

from grading.course.classroom import Classroom
from grading.course.roster import ExportRefused
from grading.platforms.export import Canvas, Csv, Moodle

PLATFORMS = {"canvas": Canvas, "moodle": Moodle, "csv": Csv}


def add_command(add):
    """Add `export` to the commands of lab6."""
    export = add("export", "write the grades for Canvas, Moodle or a spreadsheet",
                 "lab6 export --to canvas --roster rosters/canvas.csv --column 'Lab 6 (77)'")
    export.add_argument("--to", required=True, choices=PLATFORMS, help="whom the file is for")
    export.add_argument("--roster", metavar="FILE", help="the CSV file downloaded from Canvas or Moodle: who is who")
    export.add_argument("--by", metavar="COLUMN", help="the only column of the roster to match people by")
    export.add_argument("--output", metavar="FILE",
                        help="the file to write (default: grades-canvas.csv and so on, in the course's folder)")
    export.add_argument("--only-total", action="store_true", help="write the total alone, without steps and answers")
    export.add_argument("--column", metavar="NAME", help="a column of Canvas's that is there already, such as "
                        "'Lab 6 (77)': the total goes there, and nothing else is written")
    export.add_argument("--unmarked", action="store_true", help="leave what nobody has marked yet empty")
    export.add_argument("--separator", metavar="';'", help="between cells, for a spreadsheet (default: ,)")
    export.add_argument("--decimal", metavar="','", help="in numbers, for a spreadsheet (default: .)")


def run(options):
    """Run `lab6 export`; return its exit status."""
    if options.to == "csv" and (options.roster or options.by):
        raise ExportRefused("--to csv writes the gradebook's own names and takes no roster.")
    if options.to != "csv" and (options.separator or options.decimal):
        raise ExportRefused("what goes back to a platform is written as its roster is: --separator and --decimal are "
                            "for --to csv.")
    if options.column and options.to != "canvas":
        raise ExportRefused("--column is for --to canvas: of Moodle's worksheet its own columns are filled.")
    room, plugin = Classroom(options.course), PLATFORMS[options.to]
    given = {"to": options.output or str(room.folder / plugin.target), "roster": options.roster, "by": options.by,
             "column": options.column, "only_total": options.only_total or options.column is not None,
             "unmarked": options.unmarked, "separator": options.separator, "decimal": options.decimal, "room": room}
    api = room.api
    exporter = plugin(config=api.config, **{name: value for name, value in given.items() if value})
    with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
        print(exporter.write(gradebook))
    return 0
