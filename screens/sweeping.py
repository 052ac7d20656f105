"""When Python looks through all objects for those that nothing holds: once a step is shown and nobody does anything.

It takes a tenth of a second, and what a step makes when it opens would set it off just then.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

QUIET = 0.4
"""Seconds without a key, or with the mouse left alone, after which it looks."""
_NEVER = 1_000_000


class Sweep:
    """The look through all objects, put off while a step opens. Does nothing before :meth:`begin`.

    Args:
        app: the one whose steps open.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._timer: Timer | None = None
        self._usual: tuple[int, int, int] | None = None

    def begin(self) -> None:
        """From now on: the process is the app's own."""
        self._usual = gc.get_threshold()

    def later(self) -> None:
        """A step opens: look once it is quiet."""
        if self._usual is not None:
            gc.set_threshold(*self._usual[:2], _NEVER)
            self._start()

    def put_off(self) -> None:
        """A key came, or the mouse: it is not quiet yet."""
        if self._timer is not None:
            self._start()

    def _start(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(QUIET, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._usual is not None:
            gc.set_threshold(*self._usual)
        gc.collect()
