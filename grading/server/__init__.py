"""A Jupyter Server extension: what is handed in acts on nobody who looks at it.

`places` says where the work of students lies, `kernels` starts kernels there behind the wall, and `pages` stands in
front of nbgrader's pages. A file in etc/jupyter/jupyter_server_config.d switches it on wherever this is installed.
"""

import os
import sys

from grading.server import kernels, pages
from grading.server.places import holds_work

INSIDE = """Jupyter was started where the work of students lies: {}. nbgrader and Jupyter load the configuration of the
folder that they are started in, and here a student may have put one. Start it in the course's folder, or above."""


def _jupyter_server_extension_points():
    return [{"module": "grading.server"}]


def _link_jupyter_server_extension(serverapp):
    """Choose the class of kernels, before there are any; see jupyter_server."""
    for folder in (os.getcwd(), serverapp.root_dir):
        if holds_work(folder):
            serverapp.log.critical(INSIDE.format(folder))
            sys.exit(1)
    serverapp.kernel_manager_class = kernels.walled(serverapp.kernel_manager_class)


def _load_jupyter_server_extension(serverapp):
    """Put what this project answers in front of all other extensions; see jupyter_server."""
    app = serverapp.web_app
    enabled = [name for name, is_enabled in serverapp.jpserver_extensions.items() if is_enabled]
    app.add_handlers(".*$", [*pages.rules(app.settings["base_url"], enabled)])
    rules = app.default_router.rules
    rules.insert(0, rules.pop(-2))          # the rule just added, whichever extension was loaded before
