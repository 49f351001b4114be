"""System calls that no submission may make.

Most give memory that is in no process and in no file that is counted. The keys of a session are everybody's who is in
it, inside the wall and outside, and asynchronous requests are as many as the machine has, for all together.

The filter is a program of classic BPF for seccomp(2), as bubblewrap's ``--seccomp`` reads it. The offsets are those of
struct seccomp_data, the codes those of linux/bpf_common.h and linux/seccomp.h.
"""

import platform
import struct

from grading.kernel.wall import NoWall

# By machine: what linux/audit.h calls it, and the numbers of its calls.
MACHINES = {
    "x86_64": (0xC000003E, {"mmap": 9, "shmget": 29, "semget": 64, "msgget": 68, "io_setup": 206, "add_key": 248,
                            "request_key": 249, "keyctl": 250, "memfd_create": 319, "io_uring_setup": 425,
                            "memfd_secret": 447}),
    "aarch64": (0xC00000B7, {"io_setup": 0, "msgget": 186, "semget": 190, "shmget": 194, "add_key": 217,
                             "request_key": 218, "keyctl": 219, "mmap": 222, "memfd_create": 279,
                             "io_uring_setup": 425, "memfd_secret": 447}),
}
NUMBER, MACHINE, FLAGS = 0, 4, 40               # where they stand; mmap's flags are its fourth argument
LOAD, AND, EQUAL, AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000        # refuse with EPERM
OTHER_NUMBERS = 0x40000000                      # x86_64's second set of numbers begins here
SHARED_WITHOUT_A_FILE = 0x21                    # MAP_SHARED and MAP_ANONYMOUS


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
    refused = [number for call, number in calls.items() if call != "mmap"]
    steps = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, name), (RETURN, 0, 0, KILL),
             (LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, OTHER_NUMBERS), (RETURN, 0, 0, REFUSE)]
    for number in refused:
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    steps += [(EQUAL, 0, 4, calls["mmap"]), (LOAD, 0, 0, FLAGS), (AND, 0, 0, SHARED_WITHOUT_A_FILE),
              (EQUAL, 0, 1, SHARED_WITHOUT_A_FILE), (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
