"""What a check says of a tile: findings, each at a file and a place in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..tile.tile import Tile

Fix = Callable[["Tile"], "Tile"]
"""A mend that has one right answer: takes the tile as it stands, gives the mended one, touches only what it must."""


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Datadog's validators or documentation reject it."""
    WARNING = "warning"
    """Reviewers object, or the guide asks for it."""
    INFO = "info"
    """Worth knowing."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return ("error", "warning", "info").index(self.value)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule yields: one thing that is wrong, at one place.

    Attributes:
        message: what is wrong, one sentence, with the value that is wrong.
        file: relative to the tile.
        pointer: where in the file: a JSON pointer in JSON; ``/<row>/<column>`` in metadata.csv (row 0 is the first below
            the header); ``/<section key>`` in README.md; ``/<index>`` of a release in CHANGELOG.md; empty for the whole file.
        offset: characters from the start of the file's text, where the pointer alone doesn't say.
        key: the place is the key at the pointer, not its value.
        hint: what to do, with the value that would be right.
        form: the problem in the form's voice, where it needs a value: what to do at the question, one sentence that names
            neither file nor key. Empty: the rule's own ``form``.
        question: the path of the question that mends it, with dots (``metrics.rows``), where it isn't the one that the
            pointer stands for; empty where it is.
        severity: in place of the rule's own.
        fix: mends it, when there is one right answer.
        allowed: why it is let stand, where the file itself says so in Datadog's own way; empty: it isn't.
    """

    message: str
    file: str = "manifest.json"
    pointer: str = ""
    offset: int | None = None
    key: bool = False
    hint: str = ""
    form: str = ""
    question: str = ""
    severity: Severity | None = None
    fix: Fix | None = None
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem under its rule's name and with its place worked out.

    ``line`` and ``column`` are 1-based, None where the file has no lines (a picture, a missing file).
    ``step`` is the wizard's step that shows it. ``fixable`` says that there is one right answer; ``fix`` is then the
    mend, or None in a finding that comes from another process.
    ``message`` and ``hint`` speak of the file, ``form`` of the question: what to do, one sentence.
    ``question`` is the path of the one that mends it, where the pointer stands for another.
    ``allowed`` is the reason for which it is let stand, empty for one that stands against the tile; ``allowed_in_file`` says
    that the tile's own file gives it, not the checkout's settings.
    """

    rule: str
    severity: Severity
    file: str
    pointer: str
    line: int | None
    column: int | None
    message: str
    hint: str
    step: str
    fix: Fix | None = field(default=None, compare=False)
    fixable: bool = False
    form: str = ""
    question: str = ""
    allowed: str = ""
    allowed_in_file: bool = False

    def as_json(self) -> dict[str, Any]:
        """The finding as ``check --format json`` prints it."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "file": self.file,
            "pointer": self.pointer,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
            "fixable": self.fixable,
        }
