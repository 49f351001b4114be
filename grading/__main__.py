"""`python -m grading` is `lab6`."""

import sys

from grading.cli import main

sys.exit(main())
