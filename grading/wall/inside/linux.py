"""The Linux system calls that Python 3.11 has no names for: namespaces, mounts, capabilities.

Constants are those of linux/sched.h, linux/mount.h, linux/prctl.h and linux/capability.h.
"""

import ctypes
import os

NEWNS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x00020000, 0x08000000, 0x10000000, 0x20000000, 0x40000000
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
PDEATHSIG, DUMPABLE, CAPBSET_DROP, NO_NEW_PRIVS, CAP_AMBIENT, AMBIENT_CLEAR = 1, 4, 24, 38, 47, 4
CAPABILITY_VERSION = 0x20080522

LIBC = ctypes.CDLL(None, use_errno=True)


def unshare(flags):
    """Enter new namespaces."""
    _call("unshare", ctypes.c_int(flags))


def mount(source, target, kind, flags, data=None):
    """Mount, bind or remount; see mount(2)."""
    texts = [text and os.fsencode(text) for text in (source, target, kind, data)]
    _call("mount", *texts[:3], ctypes.c_ulong(flags), texts[3])


def prctl(option, *values):
    """Change a property of this process; see prctl(2)."""
    _call("prctl", ctypes.c_int(option), *(ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]))


def drop_capabilities():
    """Give up every capability, for good."""
    prctl(NO_NEW_PRIVS, 1)
    for capability in range(64):
        try:
            prctl(CAPBSET_DROP, capability)
        except OSError:             # the kernel knows no more of them
            break
    prctl(CAP_AMBIENT, AMBIENT_CLEAR)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())


def _call(name, *arguments):
    if getattr(LIBC, name)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
