"""How much memory, how many processes and how many turns a submission takes: looked at from outside its namespaces.

Limits of a process alone (setrlimit) do not bound many processes together, so their sum is watched.
"""

import os

SHARED = 16     # times its memory may be shared by a submission's processes: a look at the parts of more takes too long


def over(pids, memory, processes, mappings):
    """Return "memory", "processes" or "mappings" if a submission takes more than its limit, else nothing.

    Parameters
    ----------
    pids : set of int
        Its processes, as `family` finds them.
    memory : int
        Bytes, page tables included.
    processes : int
    mappings : int
        Parts of memory, in all processes together. Linux keeps a quarter of a KiB for each, which is no process's
        memory, and a look at memory takes the longer the more there are.
    """
    if len(pids) > processes + 2:               # the init, and one that is on its way out
        return "processes"
    if _mapped(pids, mappings) > mappings:
        return "mappings"
    taken = sum(map(resident, pids))
    if taken > memory * SHARED or taken > memory and sum(map(proportional, pids)) > memory:
        return "memory"
    return ""


def crammed(pids, channels, files):
    """Return "channels" or "files" if a submission has too many open, else nothing.

    What waits in sockets and pipes is no process's memory, and a look at files without end would take all the time in
    which memory has to be looked at.

    Parameters
    ----------
    pids : set of int
        Its processes, but for the init, which has closed all.
    channels : int
        Sockets, pipes and terminals. A process that hides what it has open has more.
    files : int
        Descriptors, counted in every thread, which may have files of its own.
    """
    numbers, listed = {}, 0
    for thread in (thread for pid in pids for thread in _threads(pid)):
        if listed > files:
            break
        try:
            numbers[thread] = os.listdir(f"{thread}/fd")
            listed += len(numbers[thread])
        except OSError as error:                # it has just ended
            if isinstance(error, PermissionError) and _resident(thread):
                return "channels"
    if listed <= channels:                      # which saves a look at each: most threads share all their files
        return ""
    targets = {_target(f"{thread}/fd/{number}") for thread in numbers for number in numbers[thread]}
    if sum(target.startswith(("socket:", "pipe:")) or "/dev/pt" in target for target in targets) > channels:
        return "channels"
    return "files" if listed > files else ""


def sockets():
    """Return how many UNIX sockets are in the network namespace of this process.

    That is also those that nobody has open, because they wait to be accepted or were sent over another.
    """
    return _read("/proc/self/net/unix").count("\n")


def running(pids):
    """Return how many threads of a submission run or wait for their turn: so many share the processor with others."""
    return sum(_read(f"{thread}/stat").rpartition(")")[2][1:2] == "R" for pid in pids for thread in _threads(pid))


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
    """Return the resident memory of a process in bytes: its page tables, and pages that it shares with others, too."""
    return _resident(f"/proc/{pid}") or max(map(_resident, _threads(pid)), default=0)


def proportional(pid):
    """Return the memory of a process in bytes, shared pages by its part of them; all where that is kept secret."""
    for line in _read(f"/proc/{pid}/smaps_rollup").split("\n"):
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 + _sum_of(f"/proc/{pid}", "VmPTE:")
    return resident(pid)


def _mapped(pids, most):
    """Return how many mappings processes have, counted until there are too many."""
    number = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/maps", "rb") as file:
                while number <= most and (lines := file.read(65536)):
                    number += lines.count(b"\n")
        except OSError:                         # it has just ended, or hides what it has, for which `crammed` ends it
            pass
    return number


def _threads(pid):
    """Return the folders of a process's threads; once the first has ended, only the others say what it takes."""
    return [f"/proc/{pid}/task/{thread}" for thread in _listed(f"/proc/{pid}/task")]


def _resident(folder):
    return _sum_of(folder, "VmRSS:", "VmPTE:")


def _sum_of(folder, *names):
    """Return the sum of some lines of a process's status, in bytes."""
    lines = (line.split() for line in _read(f"{folder}/status").split("\n"))
    return sum(int(words[1]) * 1024 for words in lines if words and words[0] in names)


def _listed(folder):
    try:
        return os.listdir(folder)
    except OSError:                             # the process has just ended
        return []


def _target(link):
    try:
        return os.readlink(link)
    except OSError:                             # it was just closed, and the others count all the same
        return ""


def _read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""
