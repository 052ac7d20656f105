"""When what is typed is checked: at once where that takes no longer than drawing, else once nobody types for a while."""

from __future__ import annotations

from tilewizard.answers.paths import Path

QUICK = 0.012
"""Seconds that a check takes at most to be made at every key, before the key is shown."""
TIMES, PAUSE_MAX = 2, 0.4
"""What takes long to check is checked after so many times as long without a key, up to these seconds."""
SHARE = 10
"""What part of a whole check the first one after an answer is taken to last; the next ones as long as the one before."""


class Pace:
    """How long the last check took after each question was answered: the rules that read one answer are not those of another.

    Attributes:
        question: the one that was answered last; empty before any was.
    """

    def __init__(self) -> None:
        self.question: Path = ()
        self._took: dict[Path, float] = {}
        self._last = 1.0

    def note(self, question: Path, seconds: float) -> None:
        """Keep how long a check took after a question was answered; of a whole one it is empty."""
        self._last = seconds if question else seconds / SHARE
        self._took[question] = seconds

    @property
    def quick(self) -> bool:
        """Whether the check is made before the key is shown."""
        return self._took.get(self.question, 1.0) <= QUICK

    @property
    def pause(self) -> float:
        """Seconds without a key after which it is made in a thread."""
        return 0.001 if self.quick else min(TIMES * self._took.get(self.question, self._last), PAUSE_MAX)
