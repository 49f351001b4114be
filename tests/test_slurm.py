"""A class graded by the jobs of a SLURM cluster: its daemons run here, on loopback, with two nodes on this machine."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus
import psutil
import pytest

DAEMONS = ("munged", "slurmctld", "slurmd")
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"
CONF = """ClusterName=trial
SlurmctldHost={host}(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
SlurmUser={user}
SlurmdUser={user}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
SlurmctldPort={ports[0]}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
MailProg=/bin/true
NodeName=node1 NodeAddr=127.0.0.1 NodeHostname={host} Port={ports[1]} CPUs=1 RealMemory=2100
NodeName=node2 NodeAddr=127.0.0.1 NodeHostname={host} Port={ports[2]} CPUs=1 RealMemory=2100
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""
# As docs/scaling.md has it, with what is particular to this machine; it ends when its input does.
CLUSTER = """import sys
from dask_jobqueue import SLURMCluster
cluster = SLURMCluster(cores=1, processes=1, memory="1500MB", walltime="00:20:00", interface="lo",
                       python=sys.executable, log_directory="logs", local_directory="scratch")
cluster.scale(jobs=2)
cluster.wait_for_workers(2, timeout=120)
print(cluster.scheduler_address, flush=True)
sys.stdin.read()
cluster.close()
"""
STUDENTS = [f"student-{number:02}" for number in range(6)]

SITE = [*(corpus.ROOT / "build" / "site" / "lib").glob("python*/site-packages/dask_jobqueue")]

pytestmark = pytest.mark.skipif(not (SITE and all(shutil.which(name, path=PATH) for name in DAEMONS)),
                                reason="SLURM is not installed: make services")


@pytest.fixture
def slurm(tmp_path, monkeypatch):
    """Run the daemons of a cluster with two nodes; return a function that runs a command of SLURM's."""
    monkeypatch.setenv("PATH", PATH)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))       # its sockets need a short name
        folder.chmod(0o755)
        with contextlib.ExitStack() as held:
            free = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
            ports = [one.getsockname()[1] for one in free]
        (folder / "state").mkdir()
        (folder / "slurm.conf").write_text(CONF.format(folder=folder, ports=ports, host=socket.gethostname(),
                                                       user=psutil.Process().username()))
        (folder / "munge.key").write_bytes(os.urandom(128))
        (folder / "munge.key").chmod(0o400)
        monkeypatch.setenv("SLURM_CONF", str(folder / "slurm.conf"))
        munge = {"key-file": "key", "socket": "socket", "pid-file": "pid", "log-file": "log", "seed-file": "seed"}
        munge = [f"--{option}={folder}/munge.{name}" for option, name in munge.items()]
        for name, *arguments in (["munged", "--foreground", "--force", *munge], ["slurmctld", "-D"],
                                 ["slurmd", "-D", "-N", "node1"], ["slurmd", "-D", "-N", "node2"]):
            said = stack.enter_context(open(tmp_path / f"{name}.out", "ab"))
            stack.callback(_end, subprocess.Popen([name, *arguments], stdout=said, stderr=said, cwd=folder))
            _wait_for((folder / "munge.socket").exists)

        def command(*arguments):
            return subprocess.run(arguments, check=True, capture_output=True, text=True, timeout=60).stdout
        _wait_for(lambda: command("sinfo", "--noheader", "-N", "-o", "%T").split() == ["idle", "idle"])
        yield command


@pytest.fixture
def scheduler(slurm, tmp_path):
    """The address of a Dask scheduler whose two workers are jobs of SLURM."""
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "dask_jobqueue").symlink_to(SITE[0])           # all else is this environment's own
    process = subprocess.Popen([sys.executable, "-c", CLUSTER], cwd=tmp_path, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": tmp_path / "path"})
    try:
        yield process.stdout.readline().strip()
    finally:
        try:
            process.communicate(timeout=60)
        finally:
            process.kill()


def test_a_node_that_is_taken_away_costs_nobody_a_point(slurm, scheduler, make_course, submit, points):
    course = make_course()
    for student in STUDENTS:
        submit(course, student, corpus.SOLVED)
    said, taken = [], False
    with subprocess.Popen([sys.executable, "-m", "grading", "grade", "--scheduler", scheduler], cwd=course,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        for line in run.stdout:
            said.append(line)
            if line.startswith("2/") and not taken:
                slurm("scontrol", "update", "NodeName=node2", "State=DOWN", "Reason=taken")
                _wait_for(lambda: slurm("squeue", "--noheader", "--states=RUNNING", "-o", "%N").split() == ["node1"])
                taken = True
    assert taken and run.returncode == 0, "".join(said)
    assert [sum(points(course, student).values()) for student in STUDENTS] == [10] * len(STUDENTS)


def _wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "what was waited for did not come"
        time.sleep(0.2)


def _end(process):
    process.terminate()
    try:
        process.wait(30)
    finally:
        process.kill()
