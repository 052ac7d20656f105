"""The draft of a session: written in the background while one types, and what there is to say of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..answers.draft_text import kept
from ..drafts.drafts import DebouncedWriter, Draft, DraftStore
from ..errors import TilewizardError
from .session import Session


class KeptDraft:
    """One session's draft.

    Args:
        session: what is kept.
        store: where.
        draft: the draft's name; empty: a new one.
        tell: called when :attr:`said` changed, from the thread that saves.
    """

    def __init__(self, session: Session, store: DraftStore, draft: str, tell: Callable[[], object]) -> None:
        self.session = session
        self.store = store
        self.id = draft or store.new_id(session.answers.listing.title or "tile")
        self.said = "an example: nothing is kept" if session.example else "a draft is kept while you type"
        self._tell = tell
        self._writer = DebouncedWriter(store.save, failed=self._failed, saved=self._done)

    @property
    def exists(self) -> bool:
        """Whether it is on the disk."""
        return self.store.folder.joinpath(f"{self.id}.yaml").exists()

    def keep(self, step: str) -> None:
        """Keep the answers as they stand, soon; nothing is kept of a session in which nothing was changed."""
        if self.session.example or (not self.session.changed and not self.exists):
            return
        answers, original = self.session.answers, self.session.original
        tile = str(original.root.resolve()) if original is not None and original.root is not None else None
        into = str(self.session.into.resolve()) if self.session.new else None
        self.said = "saving the draft …"
        self._writer.put(lambda: Draft(self.id, answers.listing.title or "a new tile", kept(answers), tile, into, step))

    def keep_file(self, name: str, data: bytes) -> Path:
        """Keep a file that was made for the draft. Returns where it is.

        Raises:
            TilewizardError: it can't be written, or nothing is kept of an example.
        """
        if self.session.example:
            raise TilewizardError("nothing is kept of an example", remedy="start a new tile to do this")
        return self.store.keep_file(self.id, name, data)

    def flush(self) -> None:
        """Bring it to the disk before this returns."""
        self._writer.flush()

    def written(self, root: Path, title: str) -> None:
        """The tile is written: the draft is not needed any more."""
        self.flush()
        self.store.discard(self.id)
        self.store.remember(root, title)

    def _done(self) -> None:
        self.said = "draft saved"
        self._tell()

    def _failed(self, error: TilewizardError) -> None:
        self.said = f"✗ {error.render()}"
        self._tell()
