"""Whether this project's extension stands in front of nbgrader in the Jupyter of this machine. It is tried."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from grading.wall.provisioner import WALL

PLACE = "submitted/trial/trial"
START = 60          # seconds
OFF = "Open no submission in Jupyter here before it is: pip install -e . in the project's folder, then look whether " \
    "jupyter server extension list says that grading.server is enabled"


def examine():
    """Yield what was found about the server, as (whether it is good, a sentence)."""
    with tempfile.TemporaryDirectory(prefix="lab6-") as folder:
        course, mark = Path(folder, "course"), Path(folder, "mark")
        (course / PLACE).mkdir(parents=True)
        (course / "nbgrader_config.py").touch()
        for name in ("nbgrader_config", "ipykernel_launcher"):
            (course / PLACE / f"{name}.py").write_text(f"open({str(mark)!r}, 'w')\n")
        with _server(course, Path(folder, "runtime")) as ask:
            settings, _ = ask(f"formgrader?path={PLACE}")
            yield settings == 400 and not mark.exists(), "Jupyter loads no settings from a submission's folder" \
                if settings == 400 else f"Jupyter does not ask grading.server before nbgrader ({settings}). {OFF}"
            status, kernel = ask("api/kernels", {"name": "python3", "path": PLACE})
            time.sleep(1)                               # in which a kernel without a wall would have loaded the file
            walled = (status == 503 or kernel.get("name") == WALL) and not mark.exists()
            yield walled, "Jupyter starts kernels for submissions behind the wall, or not at all" if walled else \
                f"Jupyter starts kernels where submissions lie ({status}). {OFF}"


@contextlib.contextmanager
def _server(course, runtime):
    """Start a Jupyter server with this user's own settings; yield a function that asks it."""
    run = subprocess.Popen([sys.executable, "-m", "jupyter", "server", "--no-browser", "--ip=127.0.0.1", "--port=0",
                            "--allow-root"], cwd=course, env={**os.environ, "JUPYTER_RUNTIME_DIR": str(runtime)},
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START

    def ask(path, body=None):
        """Return the status and the object of an answer; wait until there is one."""
        while run.poll() is None and time.monotonic() < until:
            with contextlib.suppress(ValueError, StopIteration, urllib.error.URLError):
                server = json.loads(next(runtime.glob("jpserver-*.json")).read_text())
                request = urllib.request.Request(server["url"] + path, body and json.dumps(body).encode(),
                                                 {"Authorization": f"token {server['token']}"})
                try:
                    answer = opener.open(request, timeout=START)
                except urllib.error.HTTPError as error:
                    return error.code, {}
                return answer.status, json.load(answer) if body else {}
            time.sleep(0.1)
        return "it does not answer", {}

    try:
        yield ask
    finally:
        run.terminate()
        run.wait()
