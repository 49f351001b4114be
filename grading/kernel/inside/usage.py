"""How much memory, how many processes and how many turns a submission takes: looked at from outside its namespaces.

Limits of a process alone (setrlimit) do not bound many processes together, so their sum is watched.
"""

import math
import os

PAGE = os.sysconf("SC_PAGE_SIZE")


def over(init, memory, processes):
    """Return "memory" or "processes" if a submission takes more than its limit, else nothing.

    Parameters
    ----------
    init : int
        Process 1 of its namespace, as seen from here.
    memory : int
        Bytes.
    processes : int
    """
    pids = family(init)
    if len(pids) > processes + 2:               # the init, and one that is on its way out
        return "processes"
    if sum(map(resident, pids)) > memory and sum(map(proportional, pids)) > memory:
        return "memory"
    return ""


def channels(init):
    """Return how many sockets and pipes a submission has open: what waits in them is no process's memory.

    A process that hides what it has open counts as too many.
    """
    found = set()
    for pid in family(init) - {init}:           # which has closed all
        try:
            links = [os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")]
        except OSError as error:                # it has just ended, or closed one
            if isinstance(error, PermissionError) and resident(pid):
                return math.inf
            continue
        found.update(link for link in links if link.startswith(("socket:", "pipe:")))
    return len(found)


def running(init):
    """Return how many threads of a submission run or wait for their turn: so many share the processor with others."""
    states = 0
    for pid in family(init):
        try:
            threads = os.listdir(f"/proc/{pid}/task")
        except OSError:                         # it has just ended
            continue
        states += sum(_read(f"/proc/{pid}/task/{thread}/stat").rpartition(")")[2][1:2] == "R" for thread in threads)
    return states


def family(init):
    """Return the ids of a process and of all that descend from it."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            stat = _read(f"/proc/{name}/stat")
            if stat:
                parents[int(name)] = int(stat.rpartition(")")[2].split()[1])
    found, more = set(), {init} & parents.keys()
    while more:
        found |= more
        more = {pid for pid, parent in parents.items() if parent in found} - found
    return found


def resident(pid):
    """Return the resident memory of a process in bytes, pages that it shares with others included."""
    sizes = _read(f"/proc/{pid}/statm").split()
    return int(sizes[1]) * PAGE if sizes else 0


def proportional(pid):
    """Return the memory of a process in bytes, shared pages by its part of them; all where that is kept secret."""
    for line in _read(f"/proc/{pid}/smaps_rollup").split("\n"):
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return resident(pid)


def _read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""
