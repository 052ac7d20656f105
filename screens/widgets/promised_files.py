"""The files that what is chosen on the first step yields, as they would stand in the tile."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static
from tilewizard.language import _, ngettext
from tilewizard.session.promised import Promised, in_folders


class PromisedFiles(VerticalScroll, can_focus=True):
    """A line a folder. Tab reaches it, and the arrow keys scroll where there is no room for all."""

    DEFAULT_CSS = """
    PromisedFiles { height: auto; max-height: 19; margin-top: 1; padding: 0 1; background: $boost; border-left: outer $panel;
        scrollbar-size-vertical: 1; }
    PromisedFiles:focus { border-left: outer $primary; }
    .-short PromisedFiles { max-height: 9; }
    PromisedFiles Static { height: auto; }
    """

    def __init__(self, *, new: bool) -> None:
        super().__init__()
        self._new = new
        self._shown: Promised | None = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("", id="promised", markup=False)

    def show(self, what: Promised) -> None:
        """Show what is written now."""
        if what == self._shown:
            return
        self._shown = what
        self.query_one("#promised", Static).update(self._told(what))

    def _told(self, what: Promised) -> Content:
        count = len(what.files)
        files = ngettext("{count} file", "{count} files", count)
        head = (
            _("Will be written for this choice: {files}", files=files)
            if self._new
            else _("This choice adds {files} to the tile", files=files)
        )
        parts: list[str | tuple[str, str]] = [(head, "bold")]
        if not self._new and not count:
            parts = [(_("This choice adds no file to the tile."), "bold"), _(" What is there stays as it is.")]
        for folder, names in in_folders(what.files):
            parts += [(f"\n{folder} ", "$text-primary"), names]
        if what.wants_data:
            parts += [(_("\nTick what it sends"), "bold"), _(", and the files of that come with it.")]
        if self._new and what.later:
            parts += [(_("\nLater steps add: "), "bold"), ", ".join(what.later)]
        return Content.assemble(*parts)
