"""What the lab needs beside Python, and one line that says how to get what is missing.

Nothing is installed unasked: whose machine this is decides that.
"""

import importlib.util

# By what is imported, what is installed. Keras's backend is chosen, and missed, in helpers.data.
PACKAGES = {"numpy": "numpy", "matplotlib": "matplotlib", "sklearn": "scikit-learn", "keras": "keras"}


class PackagesMissing(ImportError):
    """The lab cannot start here yet. Shown as one line, without a traceback."""

    def _render_traceback_(self):
        """The lines that IPython shows instead of a traceback."""
        return [str(self)]


def require():
    """Pass where everything is installed, and import nothing.

    Raises
    ------
    PackagesMissing
        Its message is the command that installs what is missing, and only that.
    """
    missing = [package for module, package in PACKAGES.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise PackagesMissing(f"The lab needs {', '.join(missing)}, not installed here. Run this in a new cell, "
                              f"then this cell again: %pip install {' '.join(missing)}")
