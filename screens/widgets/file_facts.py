"""What is in a picked file, said at once: below its field, and beside the list of the file picker."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static
from tilewizard.language import _
from tilewizard.preview.picked_file import PickedFile, looked_into

from ..gate import gate_of
from .picture import Picture

LOOK_AFTER = 0.15
"""Seconds of quiet after which a path is looked into."""


class FileFacts(Vertical):
    """The facts of one file. Hidden while there is none; it is read in a thread, once typing stops.

    Args:
        kind: what the file is picked for, as :func:`tilewizard.preview.picked_file.kind_at` says.
        problems: whether to say what is wrong too; a field says that itself.
        lines: of the facts that are shown at most.
        picture: cells across and down that a picture may take; none: it isn't shown.
    """

    DEFAULT_CSS = """
    FileFacts { height: auto; width: 1fr; display: none; color: $text-muted; }
    FileFacts > Static { width: 1fr; height: auto; }
    .field FileFacts { padding-left: 2; }
    .-short .field Picture { display: none; }
    """

    SCOPED_CSS = False

    class Looked(Message):
        """A file was looked into."""

        def __init__(self, facts: FileFacts, picked: PickedFile) -> None:
            super().__init__()
            self.facts = facts
            self.picked = picked

    def __init__(
        self,
        kind: str,
        *,
        problems: bool = False,
        lines: int = 8,
        picture: tuple[int, int] | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.kind = kind
        self.problems = problems
        self.lines = lines
        self.room = picture
        self.path: Path | None = None
        self.picked: PickedFile | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Words, and a picture where it is wanted."""
        yield Static("", markup=False)
        if self.room is not None:
            yield Picture(*self.room)

    def look(self, path: str | Path | None) -> None:
        """Say what is in a file, soon; nothing for an empty path."""
        wanted = Path(path) if path else None
        if wanted == self.path:
            return
        self.path = wanted
        self._not_soon()
        if wanted is None:
            self._tell(None)
        else:
            start = partial(self._start, wanted)
            self._timer = self.set_timer(LOOK_AFTER, start)
            gate_of(self).soon(self, start)

    def _not_soon(self) -> None:
        gate_of(self).pay(self)
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _start(self, path: Path) -> None:
        self._not_soon()
        self.run_worker(partial(self._look, path), thread=True, exclusive=True, group="facts")

    def _look(self, path: Path) -> None:
        # Below a field, a path that is still being typed is nothing to speak of.
        found = looked_into(path, self.kind) if self.problems or _is_file(path) else None
        if self.is_attached and self.path == path:
            self.app.call_from_thread(self._tell, found)

    def _tell(self, picked: PickedFile | None) -> None:
        if not self.is_mounted:
            return
        self.picked = picked
        self.display = picked is not None
        self.query_one(Static).update(self._words(picked) if picked is not None else "")
        for picture in self.query(Picture):
            picture.show(picked.path if picked is not None and picked.is_picture else None)
        if picked is not None:
            self.post_message(self.Looked(self, picked))

    def _words(self, picked: PickedFile) -> Text:
        lines = list(picked.lines[: self.lines])
        if self.problems:
            lines += [f"✗ {problem}" for problem in picked.problems[: self.lines]]
            lines += [_("✓ nothing is wrong with it")] if picked.kind and not picked.problems else []
        if picked.mends:
            lines.append(_("F3, once it is chosen,") if self.problems else "F3")
            lines[-1] += _(" makes it what Datadog asks for")
        return Text("\n".join(lines))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
