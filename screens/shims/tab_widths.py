"""Lines without a tab, which most lines are, that are not read letter by letter to find one.

Textual 8.2 splits every line of an editor at its tabs, four times until a text is shown and by a pattern that tries each letter: a
quarter of a second for a README of 500 KB. ``get_tab_widths`` is public, but an editor takes it by its name in two modules that are not.
"""

from __future__ import annotations

from textual import _wrap, expand_tabs
from textual.document import _wrapped_document

_ANY_LINE = expand_tabs.get_tab_widths


def tab_widths(line: str, tab_size: int = 4) -> list[tuple[str, int]]:
    """What is between the tabs of a line, each with the cells of the tab after it: as ``get_tab_widths`` gives it."""
    if "\t" in line or "\n" in line:
        return _ANY_LINE(line, tab_size)
    return [(line, 0)] if line else []


def look_for_tabs_first() -> None:
    """Editors look so, in this whole process."""
    _wrapped_document.get_tab_widths = _wrap.get_tab_widths = tab_widths  # type: ignore[attr-defined]
