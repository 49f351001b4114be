"""The workers of a class: a Dask cluster on this machine, or any that exists, fed as fast as it works."""

import logging
import os
import signal
import warnings
from contextlib import ExitStack, contextmanager
from itertools import islice

import dask
from distributed import Client, LocalCluster, WorkerPlugin, as_completed
from distributed.security import Security

from grading.kernel.wall import ONE_THREAD
from grading.task import CannotGrade

# No pages for others on this machine to read, and no memory of messages sent, each of which holds a submission. Dask's
# setting of how memory is given back is left out: it would stay for whatever this process starts later. Its looks at
# what workers do, for pages that nobody sees here, are rare or none: they cost a worker a third of its own time.
SETTINGS = {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": [],
            "distributed.admin.low-level-log-length": 1, "distributed.admin.tick.interval": "1s",
            "distributed.admin.system-monitor.interval": "10s", "distributed.worker.profile.enabled": False,
            "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None}
AHEAD = 2           # tasks for each worker, one of which waits, so that it never does
GONE = "the Dask scheduler or all its workers are gone. What was saved before stays; the same command goes on from " \
    "there."


class LeftToTheCoordinator(WorkerPlugin):
    """Let Ctrl-C, which a terminal sends to all processes, stop the coordinator alone: it ends its workers itself."""

    def setup(self, worker):
        """Take the signal, and do nothing; see distributed. Kernels do not inherit this, as they would SIG_IGN."""
        signal.signal(signal.SIGINT, lambda *_: None)


class Lost(RuntimeError):
    """The cluster is gone. What was saved stays; the run can be started again."""


@contextmanager
def connect(scheduler=None, workers=None):
    """Yield a client of a cluster.

    Parameters
    ----------
    scheduler : str, optional
        The address of one that exists, such as "tcp://10.0.0.7:8786". By default one is started on this machine, that
        nobody else can talk to and that ends with this process.
    workers : int, optional
        How many processes to start on this machine, each with one thread; by default, one for each core.

    Raises
    ------
    Lost
        There is none at the address.
    """
    warnings.filterwarnings("ignore", "Sending large graph")            # a submission with a large picture in it
    logging.getLogger("distributed").setLevel(logging.CRITICAL)     # its words are about itself, not about the class
    if scheduler:
        try:
            client = Client(scheduler, timeout=20, set_as_default=False)
        except (OSError, ValueError) as error:
            raise Lost(f"There is no Dask scheduler at {scheduler}: {error}") from None
        with client:
            yield client
        return
    with dask.config.set(SETTINGS), ExitStack() as stack:
        with _deaf():
            cluster = stack.enter_context(LocalCluster(
                n_workers=workers or cores(), threads_per_worker=1, processes=True, host="127.0.0.1",
                protocol="tls://", security=Security.temporary(), memory_limit=0, env=ONE_THREAD,
                dashboard_address="127.0.0.1:0", worker_dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL))
            client = stack.enter_context(Client(cluster, set_as_default=False, direct_to_workers=True))
            client.register_plugin(LeftToTheCoordinator())
        yield client


@contextmanager
def _deaf():
    """Ignore Ctrl-C for the few seconds in which workers start: they inherit that, until `LeftToTheCoordinator`."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)


def cores():
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0))


def stream(client, calls, after):
    """Run calls on a cluster, a few ahead of the workers, and yield what comes of each, in any order.

    Parameters
    ----------
    client : distributed.Client
    calls : iterable of (object, callable, tuple)
        A name for the call, and what to call with what. It is read only as fast as the workers work.
    after : callable
        Called with a name and what came of it (its result, or an exception); returns more calls, which go first.

    Yields
    ------
    (finished, running) : (object, list of object)
        The name of what was finished, and the names of the calls that run or wait.

    Raises
    ------
    Lost
        The cluster is gone.
    grading.task.CannotGrade
        A worker can grade nothing.
    """
    names, waiting = {}, iter(calls)
    done = as_completed(loop=client.loop, with_results=True, raise_errors=False)

    def submit(name, function, arguments, priority=0):
        future = client.submit(function, *arguments, pure=False, priority=priority, retries=0)
        names[future] = name
        done.add(future)

    def fill():
        for call in islice(waiting, max(0, AHEAD * max(1, size(client)) - len(names))):
            submit(*call)
    fill()
    while names:
        future, result = next(done)
        name, result = names.pop(future), _checked(future, result)
        more = list(after(name, result))
        for call in more:
            submit(*call, priority=1)
        if not more:
            fill()
        yield name, list(names.values())


def size(client):
    """Return how many workers a cluster has now; raise Lost where it is gone."""
    try:
        return len(client.nthreads())
    except OSError:
        raise Lost(GONE) from None


def _checked(future, result):
    """Return what came of a call: its result, or the exception that it raised."""
    if future.status == "finished":
        return result
    if future.status != "error":
        raise Lost(GONE)
    error = result[1]               # of (type, exception, traceback)
    if isinstance(error, CannotGrade):
        raise error
    return error
