"""Editors whose work at a key, and when they open, doesn't grow with the text where it need not.

Textual 8.2 splits every line of an editor at its tabs, four times until a text is shown and by a pattern that tries each letter: a
quarter of a second for a README of 500 KB; for each line that it draws it counts the wrapped lines, and puts the whole text together
to see whether it is empty. ``get_tab_widths`` is public, but an editor takes it by its name in two modules that are not; the lists of
a ``WrappedDocument`` are not, nor is what is called whenever the text changed.
"""

from __future__ import annotations

from textual import _wrap, expand_tabs
from textual.document import _wrapped_document
from textual.document._wrapped_document import WrappedDocument
from textual.widgets import TextArea

_ANY_LINE = expand_tabs.get_tab_widths


def tab_widths(line: str, tab_size: int = 4) -> list[tuple[str, int]]:
    """What is between the tabs of a line, each with the cells of the tab after it: as ``get_tab_widths`` gives it."""
    if "\t" in line or "\n" in line:
        return _ANY_LINE(line, tab_size)
    return [(line, 0)] if line else []


def quicken_editors() -> None:
    """Editors look for a tab before they split a line, and count no wrapped lines, in this whole process."""
    _wrapped_document.get_tab_widths = _wrap.get_tab_widths = tab_widths  # type: ignore[attr-defined]
    WrappedDocument.height = property(lambda self: len(self._offset_to_line_info))  # type: ignore[assignment,method-assign]


class WholeText(TextArea):
    """An editor that puts its text together once after each change."""

    _whole: str | None = None

    def _build_highlight_map(self) -> None:
        self._whole = None
        super()._build_highlight_map()

    @property
    def text(self) -> str:
        """The whole text."""
        if self._whole is None:
            self._whole = self.document.text
        return self._whole

    @text.setter
    def text(self, value: str) -> None:
        self.load_text(value)
