"""The editor of a pipeline's YAML."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import TextArea


class PipelineArea(TextArea):
    """The pipeline's YAML."""

    goes_on_with = frozenset({"up", "down", "left", "right", "backspace", "delete", "enter", "home", "end"})
    DEFAULT_CSS = """
    PipelineArea { border: none; background: $boost; padding: 0; height: 1fr; min-height: 4; }
    PipelineArea:focus { border: none; }
    """
    # The base class has other uses for these, which are the lab's: there is one way back for what is typed and what keys do.
    BINDINGS = [
        Binding("f6", "screen.trace", show=False),
        Binding("f7", "screen.facets", show=False),
        Binding("ctrl+z,super+z", "screen.undo", show=False),
        Binding("ctrl+y,super+y", "screen.redo", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            "",
            language="yaml",
            theme="css",
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=True,
            max_checkpoints=1,
        )

    def put(self, text: str) -> None:
        """Show another text, without posting it; the cursor goes to where it differs.

        Args:
            text: with ``\\n`` as its only line end.
        """
        old = self.text
        if text == old:
            return
        start = next((at for at, (a, b) in enumerate(zip(old, text, strict=False)) if a != b), min(len(old), len(text)))
        most = min(len(old), len(text)) - start
        same = next((at for at in range(most) if old[-1 - at] != text[-1 - at]), most)
        with self.prevent(TextArea.Changed):
            self.replace(text[start : len(text) - same], self._place(start), self._place(len(old) - same))
        self.scroll_cursor_visible()

    def _place(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        return before.count("\n"), offset - (before.rfind("\n") + 1)

    def go_to(self, row: int) -> None:
        """The cursor to the first letter of a line, which is shown near the top."""
        line = self.document.get_line(row)
        self.move_cursor((row, len(line) - len(line.lstrip())))
        self.scroll_to(y=max(0, row - 1), animate=False)
