"""nbgrader's pages, so that neither a link nor anything that a submission shows on them acts for whoever reads them.

Each handler of nbgrader's is answered by a subclass: its scripts are those of nbgrader's own templates, by a nonce that
is made for each page, and it asks no other host. Three of them do less than nbgrader's, where theirs would load or run
what was handed in.
"""

import base64
import hashlib
import re
import secrets
from contextvars import ContextVar
from functools import cache, cached_property
from glob import glob
from importlib import import_module
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import ChoiceLoader, FileSystemLoader
from jinja2.ext import Extension
from jupyter_server.base.handlers import JupyterHandler, path_regex
from jupyter_server.nbconvert.handlers import NbconvertFileHandler
from jupyter_server.utils import to_os_path, url_path_join
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader.base import BaseHandler
from nbgrader.server_extensions.formgrader.handlers import FormgraderHandler, SubmissionFilesHandler, template_path
from nbgrader.server_extensions.validate_assignment.handlers import ValidateAssignmentHandler
from tornado import web

from grading.lab import lab, use
from grading.places import holds_work
from grading.server.kernels import why_no_wall
from grading.server.marking import PLACE
from grading.submission.exporter import normalise_time
from grading.wall.provisioner import WALL

EXTENSIONS = {"formgrader": ("handlers", "apihandlers"), "validate_assignment": ("handlers",),
              "assignment_list": ("handlers",), "course_list": ("handlers",)}
SCRIPT = re.compile(r"<script\b")
SIDEBAR = re.compile(r"\{%-? block sidebar -?%\}.*?(?=\{%-? endblock)", re.DOTALL)
LINK = f'<li role="presentation"><a href="{{{{ base_url }}}}/{PLACE}">Marking</a></li>'
ON_CLICK = re.compile(r'\sonclick="([^"]*)"')
NO_NAME = re.compile(r'["<>\\\x00-\x1f]')       # in an address, for nbgrader writes names into scripts as they are
NO_PATH = "nbgrader's formgrader was asked to load the settings of another folder. Such a file is a program, and it " \
    "would run with all your rights, so this is not done: a link in a submission may lead here. To grade another " \
    "course, start JupyterLab in its folder."
NO_FILES = "Files beside a notebook are not shown here, for a browser would run some of them. They lie in autograded/."
NO_EXPORT = "What students hand in is not exported by Jupyter: a notebook names the program that exports it. The " \
    "pages in feedback/ show the same."
MATHJAX = HTMLExporter.mathjax_url.default_value
NONCE = ContextVar("nonce")


class Nonces(Extension):
    """Gives each script of nbgrader's own templates the nonce of the page, and each list of its pages a link to ours.

    It does so by the template, never by what fills it.
    """

    def __init__(self, environment):
        super().__init__(environment)
        environment.globals.update(nonce=NONCE.get, mathjax_url=MATHJAX)
        environment.loader = ChoiceLoader([FileSystemLoader(Path(__file__).with_name("templates")), environment.loader])

    def preprocess(self, source, name, filename=None):
        """Change a template's text before it is compiled; see jinja2."""
        if Path(filename or "").is_relative_to(template_path):      # nbconvert's own hold scripts of a notebook's
            source = SIDEBAR.sub(lambda block: block[0] + LINK, source)
            return SCRIPT.sub('<script nonce="{{ nonce() }}"', source)
        return source


class Guarded:
    """A handler of nbgrader's whose answers run no script but nbgrader's own."""

    @cached_property
    def nonce(self):
        """A number that is used for this answer and no other."""
        return secrets.token_urlsafe(16)

    @property
    def content_security_policy(self):
        """What a browser may do with the answer; see jupyter_server."""
        mathjax = urljoin(MATHJAX, "../")
        return "; ".join([
            super().content_security_policy, "default-src 'none'", "base-uri 'none'", "form-action 'none'",
            f"script-src 'nonce-{self.nonce}' 'unsafe-hashes' {clicks()} {mathjax}", "connect-src 'self'",
            f"style-src 'self' 'unsafe-inline' {mathjax}", f"font-src 'self' {mathjax}", "img-src data:"])

    async def prepare(self):
        """Refuse addresses that would be taken for a script; see jupyter_server."""
        await super().prepare()
        if not self._finished and any(map(NO_NAME.search, filter(None, (*self.path_args, *self.path_kwargs.values())))):
            raise web.HTTPError(404)

    def render(self, name, **ns):
        """Fill in one of nbgrader's templates; see there."""
        self._lend_nonce(self.settings["nbgrader_jinja2_env"])
        return super().render(name, **ns)

    @property
    def api(self):
        """What reads the course, once no time that was handed in takes long to be read; see nbgrader."""
        use(self.coursedir.config)
        for folder in glob(self.coursedir.format_path(self.coursedir.submitted_directory, "*", lab().name)):
            try:
                normalise_time(folder)
            except OSError as error:
                self.log.warning("The time in %r is not looked at: %s", folder, error)
        return super().api

    @property
    def exporter(self):
        """What makes the marking page; see nbgrader."""
        self._lend_nonce(super().exporter.environment)
        return super().exporter

    def _lend_nonce(self, environment):
        if Nonces.identifier not in environment.extensions:
            environment.add_extension(Nonces)
        NONCE.set(self.nonce)


class Formgrader(Guarded, FormgraderHandler):
    """The formgrader's front door, for the course of this server alone."""

    async def prepare(self):
        """Refuse to load the settings of another folder; see jupyter_server."""
        await super().prepare()
        if not self._finished and "path" in self.request.arguments:
            raise web.HTTPError(400, NO_PATH)


class Files(Guarded, BaseHandler):
    """The files beside a notebook that is marked."""

    @web.authenticated
    def get(self, path):
        """Show none; see tornado."""
        raise web.HTTPError(410, NO_FILES)


class Validate(Guarded, ValidateAssignmentHandler):
    """The Validate button."""

    walled = False

    def validate_notebook(self, path):
        """Validate one notebook, behind the wall where it is a student's; see nbgrader."""
        self.walled = holds_work(to_os_path(path, self.root_dir))
        if self.walled and (reason := why_no_wall()):
            return {"success": False, "value": reason}
        return super().validate_notebook(path)

    def load_config(self):
        """Return the configuration of the course; see nbgrader."""
        config = super().load_config()
        if self.walled:
            config.Execute.kernel_name = WALL
        return config


class Export(NbconvertFileHandler):
    """A notebook as a page or a script."""

    @web.authenticated
    async def get(self, format, path):
        """Export a notebook, but none of a student's; see jupyter_server."""
        if holds_work(to_os_path(path, self.settings["server_root_dir"])):
            raise web.HTTPError(403, NO_EXPORT)
        await super().get(format, path)


class OnClick:
    """A handler that changes something, and answers nothing that a page asks for on its own, as a picture.

    Browsers say which it is, over https and on this machine.
    """

    async def prepare(self):
        """Refuse the rest; see jupyter_server."""
        await super().prepare()
        if self.request.headers.get("Sec-Fetch-Dest", "document") not in ("document", "empty"):
            raise web.HTTPError(403)


OURS = {FormgraderHandler: Formgrader, SubmissionFilesHandler: Files, ValidateAssignmentHandler: Validate}


def rules(base_url, enabled, identity):
    """Yield what a server answers before nbgrader does, as tornado's rules.

    Parameters
    ----------
    base_url : str
    enabled : list of str
        The names of the server's extensions.
    identity : jupyter_server.auth.IdentityProvider
    """
    if identity.logout_available:
        yield url_path_join(base_url, "/logout"), type("Logout", (OnClick, identity.logout_handler_class), {})
    yield url_path_join(base_url, rf"/nbconvert/(?P<format>\w+){path_regex}"), Export
    for name, modules in EXTENSIONS.items():
        package = f"nbgrader.server_extensions.{name}"
        for module in modules if package in enabled else ():
            for pattern, handler, *rest in import_module(f"{package}.{module}").default_handlers:
                yield url_path_join(base_url, pattern), _guarded(handler), *rest


def _guarded(handler):
    if handler in OURS or not issubclass(handler, JupyterHandler):      # the rest serves nbgrader's own files
        return OURS.get(handler, handler)
    return type(handler.__name__, (Guarded, handler), {})


@cache
def clicks():
    """Return the hashes of what nbgrader's own templates do on a click, as a policy names them."""
    found = {text for path in Path(template_path).rglob("*") if path.is_file()
             for text in ON_CLICK.findall(path.read_text())}
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
                    for text in sorted(found))
