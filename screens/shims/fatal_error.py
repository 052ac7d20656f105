"""What an app says when it ends by a fault of its own.

Textual 8.2 always prints a traceback with all local values, a partner's texts among them; neither what is printed nor the
exit code can be chosen: ``App._fatal_error``, ``_exception``, ``_exit_renderables`` and ``_return_code`` are private.
"""

from __future__ import annotations

from typing import TypeVar

from rich.text import Text
from textual.app import App
from tilewizard.errors import Exit

Result = TypeVar("Result")


class ToldApp(App[Result]):
    """An app that ends by a fault of its own in words."""

    FAULT_CODE: int = Exit.FAULTY
    """The exit code after such a fault: ``EX_SOFTWARE`` of sysexits."""

    def words_for(self, error: Exception | None) -> str | None:
        """What is printed of an error; None: Textual's own traceback."""
        raise NotImplementedError

    def _fatal_error(self) -> None:
        words = self.words_for(self._exception)
        if words is None:
            super()._fatal_error()
            return
        if not self._exit_renderables:  # What follows from the first fault is not told.
            self._exit_renderables.append(Text(words))
        self._return_code = self.FAULT_CODE
        self._close_messages_no_wait()
