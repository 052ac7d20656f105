"""What is wrong, below what it is about."""

from __future__ import annotations

from textual.widgets import Static
from tilewizard.quoting import visible
from tilewizard.rules.findings import Finding, Severity

SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "i"}


class Faults(Static):
    """Lines on what is wrong; not there while nothing is. The screen is laid out anew only when they need other room."""

    def __init__(self) -> None:
        super().__init__("", classes="field-fault", markup=False)
        self._said = ""

    def say(self, lines: list[str]) -> None:
        """Show some lines, or nothing."""
        words = "\n".join(lines)
        if words == self._said:
            return
        self._said = words
        self.update(words, layout=False)
        shown = bool(words)
        if shown != self.display:
            self.display = shown
        elif shown and self._taller():
            self.refresh(layout=True)

    def _taller(self) -> bool:
        """Whether the words need another height; before they were ever laid out there is no width to tell by."""
        room = self.content_size
        return not room.width or self.visual.get_height(self.styles.get_rules(), room.width) != room.height


def told(finding: Finding, place: str = "") -> str:
    """A finding in a line: its sign and, in the form's voice, what to do."""
    return visible(f"{SIGNS[finding.severity]} {f'{place}: ' if place else ''}{finding.form}")
