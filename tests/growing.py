"""How work grows with what it is given: counted in calls, or as a ratio to a smaller size, never by the clock."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from typing import Any


def calls(work: Callable[[], object]) -> int:
    """The calls, of Python and of C, that some work takes. What goes on inside of one call of C is not seen.

    No garbage is collected meanwhile: what that calls back depends on what ran before.
    """
    count = 0

    def counted(_: Any, event: str, __: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    gc.disable()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


TIMES = 8
"""How much bigger the bigger size is: where work grows with the square, it takes 64 times as long."""


def even(work: Callable[[int], object], size: int) -> bool:
    """Whether work on something eight times as big takes less than 24 times the processor's time.

    For what runs inside of calls of C, regular expressions above all. Both are tried until they are, five times at most:
    another process can make one of them slow, but not the square of a length small.
    """
    return any(_spent(work, size * TIMES) < 3 * TIMES * max(_spent(work, size), 1e-4) for _ in range(5))


def _spent(work: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    work(size)
    return time.process_time() - start
