"""The course, for every nbgrader command run in this folder."""

import os

from grading.course import commands
from grading.shown import html
from grading.submission import verify

c = get_config()  # noqa: F821  (nbgrader provides it)

# nbgrader calls alembic by its name; this finds it also where the environment is not activated.
os.environ["PATH"] = commands.search_path()

# The gradebook (gradebook.db), submitted/, autograded/ and feedback/ lie beside this file.
c.CourseDirectory.course_id = "lab6"

# What a student finds in place of a solution.
c.ClearSolutions.code_stub = {"python": "# Your code here"}
c.ClearSolutions.text_stub = ""                     # the cells themselves say what to do

# The lab that is graded: its steps are declared there. It travels to students beside the notebook, without the data.
c.Lab.module = "helpers"
c.GenerateAssignment.post_convert_hook = "grading.course.release.send_lab"

# A notebook is validated once all preprocessors are through, and not after each.
c.Exporter.optimistic_validation = True

# What is handed in is read as hostile bytes, and nothing of it but the graded notebook stays in autograded/.
c.Autograde.exporter_class = "grading.submission.exporter.SubmissionExporter"
c.SubmissionExporter.largest = 20 * 2 ** 20         # bytes of a notebook
c.Autograde.pre_convert_hook = "grading.submission.exporter.normalise_times"

# What lies in the exchange is a student's, too: links there are not followed, and each is collected by itself.
c.ExchangeFactory.collect = "grading.platforms.exchange.Collect"

# Every cell of the assignment is restored first; points are earned by evidence, judged outside the student's process.
c.Autograde.sanitize_preprocessors = verify.SANITIZE
c.Autograde.autograde_preprocessors = verify.AUTOGRADE

# A student's code runs behind a wall, whatever kernel the submission names. It may take this much:
c.ExecuteSubmission.wall = True
c.ExecuteSubmission.timeout = 60                    # seconds for a cell
c.ExecuteSubmission.notebook_timeout = 180          # seconds for a notebook
c.ExecuteSubmission.outputs = 20 * 2 ** 20          # bytes of all outputs
c.WalledProvisioner.memory = 3 * 2 ** 30            # bytes of memory, all its processes together
c.WalledProvisioner.processes = 256                 # processes and threads
c.WalledProvisioner.running = 16                    # threads that run at the same time, for more than two seconds
c.WalledProvisioner.scratch = 512 * 2 ** 20         # bytes of files

# Nothing of a submission runs, loads, leads anywhere or covers anything in the browser of whoever reads it.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.exclude_anchor_links = True          # they lead to ids, and the formgrader finds its fields by these
c.HTMLExporter.filters = html.FILTERS
c.HTMLExporter.extra_template_basedirs = html.TEMPLATES
c.GenerateFeedback.exporter_class = "grading.shown.html.FeedbackExporter"
c.FeedbackExporter.template_name = "steps"
c.FeedbackExporter.extra_template_paths = html.INCLUDED
c.NbConvertBase.display_data_priority = ["text/html", "image/png", "image/jpeg", "text/plain"]

# Above each written answer stands its marking scheme: for whoever marks it, and in feedback once it is marked.
c.HTMLExporter.preprocessors = ["grading.shown.inert.AsTyped", "grading.shown.marking.MarkingScheme"]
