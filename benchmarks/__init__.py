"""Programs that measure: speed, and how far the checks' bounds are from honest and from dishonest work."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))      # the corpora that they grade
