"""An editor that highlights more than its grammar finds.

Textual 8.2 styles a line by ``TextArea._highlights`` after all else; what the public ``get_line`` styles lies below that, so that
a gap within a block of code would have the block's colour.
"""

from __future__ import annotations

from collections.abc import Iterable

from .long_texts import WholeText

Highlight = tuple[int, int, str]
"""From byte to byte of a line in UTF-8, and the name of a style of the editor's theme."""


class HighlightedArea(WholeText):
    """An editor with highlights of its own."""

    def highlights_in(self, line: str) -> Iterable[Highlight]:
        """What is highlighted within a line, above what the grammar finds."""
        raise NotImplementedError

    def _build_highlight_map(self) -> None:
        super()._build_highlight_map()
        for row, line in enumerate(self.document.lines):
            found = self.highlights_in(line)
            if found:
                self._highlights[row].extend(found)
