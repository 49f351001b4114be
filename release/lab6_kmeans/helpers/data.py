"""MNIST without a network: Keras finds its own archive where it looks for it, and a backend it can use.

The student writes Keras's own `load_data()`, and Keras itself verifies the file.
"""

import functools
import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

ARCHIVE = Path(__file__).with_name("mnist.npz")
# The hash with which Keras verifies the file (keras/src/datasets/mnist.py).
SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
# The smallest install first; load_data() is the same with each.
BACKENDS = {"jax": "jax", "tensorflow": "tensorflow", "torch": "torch"}


class Mnist(NamedTuple):
    """The real images, uint8 of shape (n, 28, 28), and digits, uint8 of shape (n,); n is 60000 and 10000."""

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


def prepare():
    """Choose a Keras home that can be written, put the archive there, and choose a backend.

    Returns
    -------
    bool
        Whether Keras will find the data without a network.
    """
    home = keras_home()
    os.environ["KERAS_HOME"] = str(home)
    target = home / "datasets" / "mnist.npz"
    if ARCHIVE.exists() and not is_genuine(target):
        _copy(ARCHIVE, target)
    os.environ["KERAS_BACKEND"] = choose_backend(home)
    os.environ.setdefault("JAX_PLATFORMS", "cpu")   # or jax warns about an accelerator that it cannot use
    return target.exists()


def environment(home):
    """Return the environment variables of somebody's session, with Keras's folder in a home of theirs."""
    return {"KERAS_HOME": f"{home}/.keras", "KERAS_BACKEND": choose_backend(usual_home()), "JAX_PLATFORMS": "cpu",
            "MPLCONFIGDIR": f"{home}/.mpl", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}


def usual_home():
    """Return the folder that Keras uses, whether it is there or not."""
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras").expanduser()


def keras_home():
    """Return the folder that Keras should use: the usual one, or a temporary one where that cannot be written."""
    home = usual_home()
    try:
        (home / "datasets").mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home / "datasets"):
            return home
    except OSError:
        return Path(tempfile.mkdtemp(prefix="lab6-keras-"))


def choose_backend(home):
    """Return the name of an installed Keras backend: what KERAS_BACKEND says, or keras.json, else the smallest."""
    installed = _installed()
    if not installed:
        raise ModuleNotFoundError(
            "Keras needs jax, tensorflow or torch, and none is installed. "
            "Try: pip install jax, then restart the kernel.")
    try:
        configured = json.loads((home / "keras.json").read_text())["backend"]
    except (OSError, ValueError, KeyError, TypeError):
        configured = None
    return next((name for name in (os.environ.get("KERAS_BACKEND"), configured) if name in installed), installed[0])


def is_genuine(path):
    """Return whether the file at `path` is the archive that Keras publishes."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == SHA256
    except OSError:
        return False


@functools.cache
def mnist():
    """Return the real MNIST, for comparison, from the archive in this package or in Keras's home.

    Returns
    -------
    Mnist
        Read-only arrays.

    Raises
    ------
    FileNotFoundError
        Neither place has the genuine file.
    """
    for place in (lambda: ARCHIVE, lambda: keras_home() / "datasets" / "mnist.npz"):
        path = place()                              # a home is looked for, or made, only where it is needed
        if is_genuine(path):
            with np.load(path, allow_pickle=False) as archive:
                arrays = Mnist(*(archive[name] for name in Mnist._fields))
            for array in arrays:
                array.flags.writeable = False
            return arrays
    raise FileNotFoundError(
        "The MNIST archive is not on this machine yet. Run step b's keras.datasets.mnist.load_data() "
        "once with a network; after that, none is needed.")


def _installed():
    return [backend for backend, module in BACKENDS.items() if importlib.util.find_spec(module)]


def _copy(source, target):
    """Copy in two moves, so that another kernel never sees half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as scratch:
        with open(source, "rb") as file:
            shutil.copyfileobj(file, scratch)
    os.chmod(scratch.name, 0o644)
    os.replace(scratch.name, target)
