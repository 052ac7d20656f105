"""The draft of a session: written in the background while one types, and what there is to say of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tilewizard.language import _

from ..answers.draft_text import Packed, kept
from ..answers.model import Answers
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
        self.said = _("an example: nothing is kept") if session.example else _("a draft is kept while you type")
        self._tell = tell
        self._metrics = Packed()
        self._typed = False
        self._lines: str | None = None
        self._writer = DebouncedWriter(store.save, failed=self._failed, saved=self._done)

    @property
    def exists(self) -> bool:
        """Whether it is on the disk."""
        return self.store.folder.joinpath(f"{self.id}.yaml").exists()

    def keep(self, step: str) -> None:
        """Keep the answers as they stand, soon; nothing is kept of a session in which nothing was changed."""
        if self.session.example or not (self.session.changed or self.exists or self._typed):
            return
        answers, lines = self.session.answers, self.lines
        self.said = _("saving the draft …")
        self._writer.put(lambda: self._draft(answers, step, lines))

    def keep_typed(
        self, slot: str, answers: Callable[[Callable[[str, bytes], Path]], Answers], step: str, lines: str = ""
    ) -> None:
        """Keep files that are being typed in a screen of their own, soon: who comes back to the draft finds them as they stand.

        Args:
            slot: what sets this time of typing apart from others.
            answers: the answers that name the files; the session's own stay as they are. It is given what keeps a file by name
                and bytes, and gives its place, and is called from the thread that saves.
            step: the one that is shown.
            lines: of a log, that nothing was made from yet.
        """
        if self.session.example:
            return
        self._typed, self._lines = True, lines
        self.said = _("saving the draft …")
        self._writer.put(lambda: self._draft(answers(partial(self.store.keep_typed, self.id, slot)), step, lines))

    @property
    def lines(self) -> str:
        """Lines of a log that were pasted or typed, and that nothing was made from yet."""
        if self._lines is None:
            try:
                self._lines = self.store.load(self.id).lines if self.exists else ""
            except TilewizardError:
                self._lines = ""
        return self._lines

    def _draft(self, answers: Answers, step: str, lines: str) -> Draft:
        original = self.session.original
        tile = str(original.root.resolve()) if original is not None and original.root is not None else None
        into = str(self.session.into.resolve()) if self.session.new else None
        return Draft(
            self.id,
            answers.listing.title or _("a new tile"),
            kept(answers, self._metrics),
            tile,
            into,
            step,
            lines=lines,
        )

    def keep_file(self, name: str, data: bytes) -> Path:
        """Keep a file that was made for the draft. Returns where it is.

        Raises:
            TilewizardError: it can't be written, or nothing is kept of an example.
        """
        if self.session.example:
            raise TilewizardError(_("nothing is kept of an example"), remedy=_("start a new tile to do this"))
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
        self.said = _("draft saved")
        self._tell()

    def _failed(self, error: TilewizardError) -> None:
        self.said = f"✗ {error.render()}"
        self._tell()
