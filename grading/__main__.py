"""The command lab6; `python -m grading` is the same."""

import sys

from grading.submission import worker

ELSEWHERE = ("-h", "--help", "--no-wall", "--scheduler")


def main():
    """Run a command; see `grading.cli.main`."""
    if sys.argv[1:2] == ["grade"] and not any(one.startswith(ELSEWHERE) for one in sys.argv):
        worker.ahead()                  # its interpreter behind the wall imports while this process does
    from grading import cli
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
