"""Who does the work on a class: processes of this machine, or a Dask cluster, behind one interface.

That is `concurrent.futures.Executor`. Each call is fed as fast as the workers work.
"""

import asyncio
import os
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from grading.submission import worker
from grading.submission.task import CannotGrade

AHEAD = 2           # calls for each worker, one of which waits, so that it never does
GONE = "the Dask scheduler or all its workers are gone. What was saved before stays; the same command goes on from " \
    "there."


class Lost(RuntimeError):
    """The cluster is gone. What was saved stays; the run can be started again."""


@dataclass(frozen=True)
class Workers:
    """An executor, and a function that says how many calls it works on at once."""

    executor: Executor
    size: object


@contextmanager
def connect(scheduler=None, workers=None):
    """Yield the workers.

    Parameters
    ----------
    scheduler : str, optional
        The address of a Dask scheduler, such as "tcp://10.0.0.7:8786". By default processes are started on this
        machine, that end with this one.
    workers : int, optional
        How many processes to start on this machine; by default, one for each core.

    Raises
    ------
    Lost
        There is no scheduler at the address.
    """
    if scheduler:
        with _dask(scheduler) as client:
            yield Workers(client.get_executor(pure=False, retries=0), lambda: _size(client))
        return
    threads = ThreadPoolExecutor(workers or cores())            # each waits for a process of its own
    try:
        yield Workers(threads, lambda: workers or cores())
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        worker.close()
        threads.shutdown()


@contextmanager
def _dask(scheduler):
    """Yield a client of a Dask cluster that exists."""
    import logging
    import warnings

    from distributed import Client

    warnings.filterwarnings("ignore", "Sending large graph")            # a submission with a large picture in it
    logging.getLogger("distributed").setLevel(logging.CRITICAL)     # its words are about itself, not about the class
    try:
        client = Client(scheduler, timeout=20, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Lost(f"There is no Dask scheduler at {scheduler}: {error}") from None
    with client:
        yield client


def _size(client):
    """Return how many workers a cluster has now; raise Lost where it is gone."""
    try:
        return len(client.nthreads())
    except OSError:
        raise Lost(GONE) from None


def cores():
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0))


def stream(workers, calls, after):
    """Run calls, a few ahead of the workers, and yield what comes of each, in any order.

    Parameters
    ----------
    workers : Workers
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
    grading.submission.task.CannotGrade
        A worker can grade nothing.
    """
    names, waiting = {}, iter(calls)

    def submit(name, function, arguments):
        names[workers.executor.submit(function, *arguments)] = name

    def fill():
        for call in islice(waiting, max(0, AHEAD * max(1, workers.size()) - len(names))):
            submit(*call)
    fill()
    while names:
        for future in wait(names, return_when=FIRST_COMPLETED).done:
            name, result = names.pop(future), _result(future)
            more = list(after(name, result))
            for call in more:
                submit(*call)
            if not more:
                fill()
            yield name, list(names.values())


def _result(future):
    """Return what came of a call: its result, or the exception that it raised."""
    try:
        return future.result()
    except CannotGrade:
        raise
    except (CancelledError, asyncio.CancelledError):
        raise Lost(GONE) from None
    except Exception as error:
        return error
