"""The words that start this very program again."""

from __future__ import annotations

import sys


def program() -> list[str]:
    """The Python that runs and what it was given to run, a script, a zipapp or a module, without the words after it."""
    return [sys.executable, *sys.orig_argv[1 : len(sys.orig_argv) - (len(sys.argv) - 1)]]
