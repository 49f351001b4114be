"""A JupyterHub as docs/shared-machine.md sets it up, on a machine of its own, with real users who log in with PAM."""

import contextlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

from grading.lab import ROOT

SITE, COURSE = ROOT / "build" / "site", "/home/prof/lab6"
DOCS = (ROOT / "docs" / "shared-machine.md").read_text()
STUDENTS = ("ada", "grace")
SETUP = """
install -D -m 644 {root}/helpers/mnist.npz /etc/skel/.keras/datasets/mnist.npz
install -D -m 644 {folder}/nbgrader_config.py /etc/jupyter/nbgrader_config.py
for name in prof {students}; do useradd --create-home --shell /bin/bash $name; done
{rights}
for name in {students}; do usermod --append --groups lab6 $name; done
chpasswd < {folder}/passwords
mkdir /srv/beside       # what a hub needs in the instructor's environment, which installs it in no test
for one in /opt/lab6/lib/python*/site-packages/*; do
  [ -e {packages}/$(basename $one) ] || ln -s $one /srv/beside/
done
"""
SETTINGS = """
c.JupyterHub.hub_port = {ports[1]}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.Spawner.environment = {{"PYTHONPATH": lambda one: "/srv/beside" if one.user.name == "prof" else ""}}
c.Spawner.http_timeout = c.Spawner.start_timeout = 120
"""


def missing():
    """Say what is missing to run a hub here, or nothing."""
    if os.getuid() != 0 or subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        return "only root can make users, on a machine of its own"
    if str(ROOT.parent) in ("/", "/home", "/opt", "/srv"):
        return f"this project lies right in {ROOT.parent}, where the hub's own folders are"
    if not (SITE / "node_modules" / ".bin" / "configurable-http-proxy").exists():
        return "the proxy of JupyterHub is not installed: make services"
    return ", ".join(f"{name} is not installed" for name in ("node", "useradd", "nsenter", "runuser")
                     if not shutil.which(name))


def block(number, language):
    """Return a block of code of the documentation."""
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)[number]


class Hub:
    """JupyterHub, its users and their passwords.

    Parameters
    ----------
    folder : pathlib.Path
        For what it is told and what it says.

    Attributes
    ----------
    address : str
    files : pathlib.Path
        The root of the hub's file system, for root on this one.
    """

    def __init__(self, folder):
        self.passwords = {name: secrets.token_hex(12) for name in ("prof", *STUDENTS)}
        with contextlib.ExitStack() as stack:
            free = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
            ports = [one.getsockname()[1] for one in free]
        self.address = f"http://127.0.0.1:{ports[0]}"
        config = block(1, "python").replace("http://127.0.0.1:8000", self.address)
        config = config.replace(".venv/bin/python", sys.executable)
        assert self.address in config and sys.executable in config
        (folder / "jupyterhub_config.py").write_text(config + SETTINGS.format(ports=ports))
        (folder / "nbgrader_config.py").write_text(block(0, "python"))
        (folder / "passwords").write_text("".join(f"{name}:{word}\n" for name, word in self.passwords.items()))
        setup = SETUP.format(root=ROOT, folder=folder, students=" ".join(STUDENTS), rights=block(0, "bash"),
                             packages=Path(psutil.__file__).parents[1])
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "PYTHON"))}
        self.log = folder / "hub.log"
        with open(self.log, "wb") as said:
            hub = ["/opt/lab6/bin/python", "-m", "jupyterhub", "-f", folder / "jupyterhub_config.py"]
            apart = [sys.executable, Path(__file__).with_name("apart.py"), setup]
            self.process = subprocess.Popen([*apart, *hub], env=kept, cwd=folder, stdin=subprocess.DEVNULL, stdout=said,
                                            stderr=said)
        self.files = Path(f"/proc/{self.process.pid}/root")

    def wait(self, seconds=120):
        """Wait until it answers."""
        until = time.monotonic() + seconds
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while True:
            assert self.process.poll() is None and time.monotonic() < until, self.log.read_text()
            with contextlib.suppress(urllib.error.URLError):
                return opener.open(f"{self.address}/hub/login", timeout=5).status
            time.sleep(0.5)

    def run(self, user, *command, cwd=None):
        """Run a command as a user, as in a terminal of theirs; return what subprocess.run does."""
        home = f"/home/{user}"
        return subprocess.run(
            ["nsenter", f"--mount=/proc/{self.process.pid}/ns/mnt", "runuser", "-u", user, "--", "env", "-i",
             f"HOME={home}", f"USER={user}", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", "OMP_NUM_THREADS=1", "sh", "-c",
             'cd "$0" && exec "$@"', cwd or home, *map(str, command)], capture_output=True, text=True, timeout=600)

    def log_in(self, context, user):
        """Log in, in a browser, and return the page of JupyterLab."""
        page = context.new_page()
        page.goto(f"{self.address}/hub/login")
        page.get_by_label("Username").fill(user)
        page.get_by_label("Password").fill(self.passwords[user])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**/user/{user}/lab**", timeout=120_000)
        return page

    def close(self):
        """End the hub, with all that it started."""
        try:
            family = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            family = []
        self.process.terminate()
        for process in psutil.wait_procs([psutil.Process(self.process.pid), *family], timeout=60)[1] if family else ():
            process.kill()
        self.process.wait(60)
