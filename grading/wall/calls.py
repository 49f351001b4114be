"""System calls that no submission may make.

Most give memory that is in no process and in no file that is counted, or what the machine or its user has only once for
all: keys of the session, asynchronous requests, watches of files. The rest no work here needs, and each was a hole in
some kernel of Linux. Of sockets there are the families that work needs: one for machines that are virtual, say, would
know no network namespace.

The filter is a program of classic BPF for seccomp(2), as bubblewrap's ``--seccomp`` reads it. The offsets are those of
struct seccomp_data, the codes those of linux/bpf_common.h and linux/seccomp.h.
"""

import platform
import struct

from grading.wall.bubblewrap import NoWall

# By machine: what linux/audit.h calls it, and the numbers of its calls.
MACHINES = {
    "x86_64": (0xC000003E, {
        "mmap": 9, "shmget": 29, "socket": 41, "socketpair": 53, "setsockopt": 54, "semget": 64, "msgget": 68,
        "fcntl": 72, "io_setup": 206, "mq_open": 240, "add_key": 248, "request_key": 249, "keyctl": 250,
        "inotify_init": 253, "vmsplice": 278, "inotify_init1": 294, "perf_event_open": 298, "fanotify_init": 300,
        "memfd_create": 319, "bpf": 321, "userfaultfd": 323, "io_uring_setup": 425, "landlock_create_ruleset": 444,
        "memfd_secret": 447}),
    "aarch64": (0xC00000B7, {
        "io_setup": 0, "fcntl": 25, "inotify_init1": 26, "vmsplice": 75, "mq_open": 180, "msgget": 186, "semget": 190,
        "shmget": 194, "socket": 198, "socketpair": 199, "setsockopt": 208, "add_key": 217, "request_key": 218,
        "keyctl": 219, "mmap": 222, "perf_event_open": 241, "fanotify_init": 262, "memfd_create": 279, "bpf": 280,
        "userfaultfd": 282, "io_uring_setup": 425, "landlock_create_ruleset": 444, "memfd_secret": 447}),
}
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16           # where they stand; each argument takes eight bytes, the low ones first
LOAD, AND, EQUAL, AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000        # refuse with EPERM
OTHER_NUMBERS = 0x40000000                      # x86_64's second set of numbers begins here
WHOLE = 0xFFFFFFFF
FAMILIES = (1, 2, 10, 16)                       # AF_UNIX, AF_INET, AF_INET6, and AF_NETLINK, which ZeroMQ needs to bind
# Calls that are refused in part: which argument decides, by which of its bits, and what becomes of these values; of all
# others becomes the opposite.
IN_PART = {
    "mmap": (3, 0x21, (0x21,), REFUSE),         # MAP_SHARED and MAP_ANONYMOUS: shared without a file
    "fcntl": (1, WHOLE, (6, 7, 37, 38), REFUSE),        # F_SETLK and F_OFD_SETLK, with and without waiting
    "socket": (0, WHOLE, FAMILIES, ALLOW), "socketpair": (0, WHOLE, FAMILIES, ALLOW),
    "setsockopt": (2, WHOLE, (7, 8), REFUSE),   # SO_SNDBUF and SO_RCVBUF: how much waits in a socket
}


def program(machine=None):
    """Return the filter.

    Parameters
    ----------
    machine : str, optional
        As `platform.machine` names it; by default, this one.

    Returns
    -------
    bytes

    Raises
    ------
    NoWall
        There is none for this processor.
    """
    machine = machine or platform.machine()
    if machine not in MACHINES:
        raise NoWall(f"No wall can be built here: this processor is {machine}, and walls are for "
                     f"{' and '.join(MACHINES)}.")
    name, calls = MACHINES[machine]
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, name), (RETURN, 0, 0, KILL),
             (LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, OTHER_NUMBERS), (RETURN, 0, 0, REFUSE)]
    for call, number in calls.items():
        answer = _in_part(*IN_PART[call]) if call in IN_PART else [(RETURN, 0, 0, REFUSE)]
        steps += [(EQUAL, 0, len(answer), number), *answer]
    return b"".join(struct.pack("=HBBI", *step) for step in [*steps, (RETURN, 0, 0, ALLOW)])


def _in_part(argument, bits, values, answer):
    found = [(EQUAL, len(values) - index, 0, value) for index, value in enumerate(values)]
    return [(LOAD, 0, 0, ARGUMENTS + 8 * argument), (AND, 0, 0, bits), *found,
            (RETURN, 0, 0, REFUSE if answer == ALLOW else ALLOW), (RETURN, 0, 0, answer)]
