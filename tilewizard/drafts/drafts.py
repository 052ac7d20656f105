"""Drafts: answers saved while they are typed, each a YAML file that any editor opens; and the tiles opened lately.

A draft's first line is a comment with what the wizard needs to go on: ``# tilewizard-draft: {…}``.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tilewizard.language import _

from ..errors import TilewizardError
from ..field.names import snake
from ..writing import disk
from ..writing.state_folder import put, state_folder

_HEAD = "# tilewizard-draft: "
RECENT_MAX = 20
"""Tiles that are remembered."""


class StateUnwritable(TilewizardError):
    """The state folder can't be written, so nothing is kept between sessions."""


@dataclass(frozen=True)
class Draft:
    """A tile half answered.

    Attributes:
        id: its file's name without the ending.
        title: of the offering, for lists.
        text: the answers, YAML.
        tile: the tile that is edited, or None for a new one.
        into: for a new tile the folder that it is to be made in.
        step: where the partner was.
        saved_at: ISO 8601, UTC.
        lines: of a log, pasted or typed, that nothing was made from yet.
    """

    id: str
    title: str
    text: str
    tile: str | None = None
    into: str | None = None
    step: str = ""
    saved_at: str = ""
    lines: str = ""


@dataclass(frozen=True)
class RecentTile:
    """A tile that was written or opened; ``at`` says when, ISO 8601, UTC, where that is known."""

    path: str
    title: str
    at: str = ""


class DraftStore:
    """The drafts of one user, in a folder.

    Args:
        folder: by default the user's state folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or state_folder()) / "drafts"

    def new_id(self, name: str) -> str:
        """A name for a draft that no other has."""
        return f"{snake(name) or 'tile'}-{secrets.token_hex(3)}"

    def save(self, draft: Draft) -> None:
        """Write a draft at once: a crash leaves the old one or the new one.

        Raises:
            StateUnwritable: it can't be written; the old one is as it was.
        """
        facts = {**asdict(draft), "saved_at": datetime.now(UTC).isoformat(timespec="seconds")}
        del facts["text"]
        text = f"{_HEAD}{json.dumps(facts)}\n{draft.text}"
        self._write(f"{draft.id}.yaml", text.encode("utf-8", "surrogateescape"))

    def _write(self, name: str, data: bytes) -> None:
        place = self.folder / name
        try:
            put(place, data)
        except OSError as error:
            raise StateUnwritable(
                _("the draft can't be saved: {strerror}", strerror=error.strerror),
                file=str(place),
                remedy=_("make room, or set TILEWIZARD_STATE to a folder that can be written"),
            ) from error

    def load(self, draft_id: str) -> Draft:
        """Read a draft.

        Raises:
            TilewizardError: it is gone or can't be read.
        """
        place = self.folder / f"{draft_id}.yaml"
        try:
            text = place.read_bytes().decode("utf-8", "surrogateescape")
        except OSError as error:
            raise TilewizardError(
                _("can't be read: {strerror}", strerror=error.strerror), file=str(place), remedy=_("choose another")
            ) from error
        head, __, body = text.partition("\n")
        facts = {}
        if head.startswith(_HEAD):
            try:
                facts = json.loads(head[len(_HEAD) :])
            except ValueError:
                body = text
        else:
            body = text
        known: dict[str, str] = {
            key: str(facts[key]) for key in ("title", "tile", "into", "step", "saved_at", "lines") if facts.get(key)
        }
        title = known.pop("title", draft_id)
        return Draft(draft_id, title, body, **known)

    def all(self) -> list[Draft]:
        """Every draft, the newest first; one that can't be read is left out."""
        found = []
        try:
            names = [path.stem for path in self.folder.glob("*.yaml") if not path.name.startswith(".")]
        except OSError:
            names = []
        for name in names:
            try:
                found.append(self.load(name))
            except TilewizardError:
                continue
        return sorted(found, key=lambda draft: draft.saved_at, reverse=True)

    def discard(self, draft_id: str) -> None:
        """Remove a draft and the files made for it; nothing happens when it is gone."""
        (self.folder / f"{draft_id}.yaml").unlink(missing_ok=True)
        disk.DISK.rmtree(self._material(draft_id))

    def _material(self, draft_id: str) -> Path:
        return self.folder / f"{draft_id}-files"

    def keep_file(self, draft_id: str, name: str, data: bytes) -> Path:
        """Keep a file that was made for a draft, such as a picture that was cropped. Returns where it is.

        Another content gets another folder, so that an answer that is brought back by undo finds what it named.

        Raises:
            StateUnwritable: it can't be written.
        """
        place = self._material(draft_id) / hashlib.sha256(data).hexdigest()[:12] / name
        if not place.is_file():
            self._write(str(place.relative_to(self.folder)), data)
        return place

    def keep_typed(self, draft_id: str, slot: str, name: str, data: bytes) -> Path:
        """Keep a file that is being typed: the next state takes the place of this one. Returns where it is.

        Args:
            draft_id: of the draft.
            slot: what sets this time of typing apart from others, so that none of them changes what an earlier one left.
            name: of the file.
            data: its bytes.

        Raises:
            StateUnwritable: it can't be written; the state before is as it was.
        """
        place = self._material(draft_id) / f"typed-{slot}" / name
        self._write(str(place.relative_to(self.folder)), data)
        return place

    def remember(self, path: Path, title: str) -> None:
        """Put a tile at the top of the recent ones; a state folder that can't be written is no reason to fail."""
        entries = [each for each in self.recent() if each.path != str(path)]
        at = datetime.now(UTC).isoformat(timespec="seconds")
        data = [asdict(each) for each in [RecentTile(str(path), title, at), *entries][:RECENT_MAX]]
        try:
            self._write("recent.json", json.dumps(data, indent=1).encode())
        except StateUnwritable:
            return

    def recent(self) -> list[RecentTile]:
        """The tiles opened or written lately that are still there, the latest first."""
        try:
            data = json.loads((self.folder / "recent.json").read_text("utf-8"))
            entries = [RecentTile(str(each["path"]), str(each["title"]), str(each.get("at", ""))) for each in data]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return []
        return [each for each in entries if Path(each.path).is_dir()]


class DebouncedWriter:
    """Saves the latest of many values from a thread of its own, at most ``delay`` seconds behind.

    Args:
        save: writes one value.
        failed: told of an error; called from the thread.
        saved: told when a value is on the disk; called from the thread.
    """

    def __init__(
        self,
        save: Callable[[Draft], None],
        *,
        failed: Callable[[TilewizardError], None],
        saved: Callable[[], None] = lambda: None,
        delay: float = 0.5,
    ) -> None:
        self._save, self._failed, self._saved, self._delay = save, failed, saved, delay
        self._make: Callable[[], Draft] | None = None
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._writing = threading.Lock()

    def put(self, make: Callable[[], Draft]) -> None:
        """Save what ``make`` gives, soon; a later value takes the place of one that waits."""
        with self._lock:
            self._make = make
            if self._timer is None:
                self._timer = threading.Timer(self._delay, self.flush)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Save now what waits; returns when it is on the disk."""
        with self._lock:
            make, self._make = self._make, None
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        with self._writing:
            if make is None:
                return
            try:
                self._save(make())
                self._saved()
            except TilewizardError as error:
                self._failed(error)
