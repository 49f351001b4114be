"""A Jupyter Server extension: what is handed in acts on nobody who looks at it.

`kernels` starts kernels for it behind the wall, `pages` stands in front of nbgrader's pages, and `marking` has one of
our own. A file in etc/jupyter/jupyter_server_config.d switches it on wherever this is installed.
"""

import os
import sys
from functools import wraps

from jupyter_server.gateway.gateway_client import GatewayClient

from grading.places import holds_work
from grading.server import kernels, marking, pages

INSIDE = """Jupyter was started where the work of students lies: {}. nbgrader and Jupyter load the configuration of the
folder that they are started in, and here a student may have put one. Start it in the course's folder, or above."""


class Inside(Exception):
    """A server was started among the work of students."""


def _jupyter_server_extension_points():
    return [{"module": "grading.server"}]


def _or_no_server(step):
    """Let a server end where a step fails: jupyter_server would only warn, and go on without what this guards."""
    @wraps(step)
    def or_exit(serverapp):
        try:
            step(serverapp)
        except Exception as error:
            serverapp.log.critical("%s", error, exc_info=not isinstance(error, Inside))
            sys.exit(1)
    return or_exit


@_or_no_server
def _link_jupyter_server_extension(serverapp):
    """Choose the class of kernels, before there are any; see jupyter_server."""
    for folder in (os.getcwd(), serverapp.root_dir):
        if holds_work(folder):
            raise Inside(INSIDE.format(folder))
    serverapp.gateway_config = GatewayClient.instance(parent=serverapp)     # its default asks for this
    serverapp.kernel_manager_class = kernels.walled(serverapp.kernel_manager_class)
    serverapp.session_manager_class = kernels.walled(serverapp.session_manager_class, kernels.WalledSessions)


@_or_no_server
def _load_jupyter_server_extension(serverapp):
    """Put what this project answers in front of all other extensions; see jupyter_server."""
    app = serverapp.web_app
    enabled = [name for name, is_enabled in serverapp.jpserver_extensions.items() if is_enabled]
    app.add_handlers(".*$", [*pages.rules(app.settings["base_url"], enabled, serverapp.identity_provider),
                             *marking.rules(app.settings["base_url"])])
    rules = app.default_router.rules
    rules.insert(0, rules.pop(-2))          # the rule just added, whichever extension was loaded before
    if not isinstance(serverapp.kernel_manager, kernels.Walled):
        raise RuntimeError("Another class of kernels was chosen after grading.server chose its own.")
