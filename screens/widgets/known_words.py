"""Completing a word from those that are known."""

from __future__ import annotations

from textual.suggester import Suggester


class KnownWords(Suggester):
    """The first word that goes on as typed, in whichever case. It keeps the words as they are given, and no copy of any.

    Args:
        words: the likeliest first.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(case_sensitive=False)
        self.words = words

    async def get_suggestion(self, value: str) -> str | None:
        """The first of the words that begins with a text in small letters."""
        return next((word for word in self.words if word.casefold().startswith(value)), None)
