"""What the notebook of Lab 6 imports: the data, the checks, the small tables and the pictures.

Call `start(globals())` once, before anything else. Nothing in here holds an answer to a step.
"""

from helpers.names import start
from helpers.packages import require

__all__ = ["start"]

require()       # before the notebook imports the modules that need NumPy
