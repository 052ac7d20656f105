"""What was changed in texts that are edited together, to be taken back and made again."""

from __future__ import annotations

import time
from typing import Generic, TypeVar

COALESCE = 1.0
"""Seconds within which what is typed is taken back together."""
MOST = 200
"""Changes that can be taken back."""

Texts = TypeVar("Texts")


class TextHistory(Generic[Texts]):
    """Texts that are edited together, and their states before and after.

    Args:
        texts: as they are at the start: two texts, or whatever else holds a state.
    """

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._before: list[Texts] = []
        self._after: list[Texts] = []
        self._typed_at = 0.0
        self._place: object = None

    def typed(self, texts: Texts, place: object = None) -> bool:
        """Take texts in which a letter was typed: what is typed in one go is taken back in one go. False where they are the same.

        Args:
            texts: as they are now.
            place: what it was typed into; in another place one goes on anew.
        """
        now = time.monotonic()
        together = now - self._typed_at < COALESCE and bool(self._before) and place == self._place
        changed = self._replace(texts, together=together)
        self._typed_at, self._place = now, place
        return changed

    def take(self, texts: Texts) -> bool:
        """Take other texts, as one change. False where they are the same."""
        self._typed_at = 0.0
        return self._replace(texts, together=False)

    def _replace(self, texts: Texts, *, together: bool) -> bool:
        if texts == self.texts:
            return False
        if not together:
            self._before = [*self._before[-MOST + 1 :], self.texts]
        self._after.clear()
        self.texts = texts
        return True

    def undo(self) -> bool:
        """Go back by one change. False where there is none."""
        return self._go(self._before, self._after)

    def redo(self) -> bool:
        """Go on by one change that was taken back. False where there is none."""
        return self._go(self._after, self._before)

    def _go(self, of: list[Texts], to: list[Texts]) -> bool:
        if not of:
            return False
        to.append(self.texts)
        self.texts = of.pop()
        self._typed_at = 0.0
        return True
