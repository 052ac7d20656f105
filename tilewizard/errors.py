"""What can go wrong, as messages for the person who uses tilewizard.

Every error that reaches a user is a :class:`TilewizardError`: it names the file, the place in it, the fault and
the remedy, and the command line prints it without a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from tilewizard.language import _

from .quoting import visible


class Exit(IntEnum):
    """How a command ended, for the shell that ran it; the one table of exit codes.

    Attributes:
        meaning: in words, as the documentation, ``--help`` and the man page show it.
    """

    meaning: str

    DONE = 0, _("done; nothing stands against it")
    FOUND = 1, _("done; errors, differences or things that are missing were found, or it was left")
    UNUSABLE = 2, _("a path, an option or an answers file can't be used")
    FAULTY = 70, _("a fault of tilewizard itself")
    STOPPED = 130, _("stopped: Ctrl+C, the end of the input, or a no")

    def __new__(cls, code: int, meaning: str) -> Exit:
        """A code with its meaning."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a text, at a place in it.

    Documents and importers return faults instead of raising, so that a broken file can still be opened.

    Attributes:
        offset: characters from the start of the text (0-based).
        message: what is wrong, one sentence.
        hint: what to do about it; empty when the message says it all.
        kind: a slug that tells faults of one document apart (``syntax``, ``duplicate-key``, …).
    """

    offset: int
    message: str
    hint: str = ""
    kind: str = "syntax"


def unforeseen(error: BaseException | None, told: str = "") -> str:
    """What a user reads of a fault of our own, where no traceback was asked for.

    Args:
        error: what was raised.
        told: what became of the user's work, a line; may be empty.
    """
    what = _(
        "tilewizard: something went wrong that should not: {name}: {error}", name=type(error).__name__, error=error
    )
    where = _("set TILEWIZARD_DEBUG=1 to see where, and report it; nothing was half-written")
    return "\n".join(visible(line) for line in (what, told, where) if line)


class TilewizardError(Exception):
    """The base of every error meant for a user's eyes.

    Args:
        fault: what is wrong, one sentence without the place.
        file: the file it is about, as the user knows it.
        line: 1-based line in that file.
        remedy: what the user can do about it.
    """

    exit_code = Exit.UNUSABLE
    _lines = False
    """Whether it has several lines: those of other errors."""

    def __init__(self, fault: str, *, file: str = "", line: int | None = None, remedy: str = "") -> None:
        self.fault = fault
        self.file = file
        self.line = line
        self.remedy = remedy
        super().__init__(self.render())

    def render(self) -> str:
        """The message as one line: ``file:line: fault — remedy``; nothing in it acts on a terminal."""
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        whole = f"{place}{self.fault}{f' — {self.remedy}' if self.remedy else ''}"
        return "\n".join(visible(line) for line in whole.split("\n")) if self._lines else visible(whole)


class UnusableAnswers(TilewizardError):
    """An answers file that can't be read as one; ``faults`` holds one error for each fault found."""

    _lines = True

    def __init__(self, faults: list[TilewizardError]) -> None:
        self.faults = faults
        super().__init__("\n".join(fault.render() for fault in faults))


class UnusableTile(TilewizardError):
    """A path that can't be read as a tile's directory at all (missing, a file, no permission)."""


class WriteRefused(TilewizardError):
    """A commit that did not take place; the directory is as it was."""


class ChangedOnDisk(WriteRefused):
    """A file of the tile was changed by somebody else since it was read; nothing was written."""

    def __init__(self, paths: list[str]) -> None:
        self.paths = paths
        super().__init__(
            _("changed on disk since it was opened: {paths}", paths=", ".join(paths)),
            remedy=_("reload the tile, or write to another directory"),
        )
