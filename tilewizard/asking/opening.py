"""Opening a tile or a draft to be asked for line by line, and leaving it with nothing lost."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from tilewizard.answers.draft_text import kept_answers
from tilewizard.drafts.drafts import DraftStore
from tilewizard.language import _
from tilewizard.session.kept_draft import KeptDraft
from tilewizard.session.session import Session, starting_answers
from tilewizard.tile.gathering import demand_tile
from tilewizard.tile.tile import read
from tilewizard.writing.locks import tile_lock

from .conversation import Conversation
from .talk import MANNERS, Talk
from .walk import Walk

STOPPED = 130
"""The exit code of who leaves by Ctrl+C, or whose input ends before the tile is written."""


def ask_plainly(
    *,
    into: Path | None = None,
    answers: Path | None = None,
    tile: Path | None = None,
    upgrade: bool = False,
    draft: str = "",
) -> int:
    """Ask for a tile line by line.

    Args:
        into: the folder in which a new tile's directory is made.
        answers: an answers file to start with.
        tile: an existing tile; ``answers`` are then merged into its own.
        upgrade: whether its manifest of version 1.0.0 is turned into one of version 2.0.0.
        draft: the name of a draft to go on with.

    Returns:
        The exit code: 0 written, 1 left, 130 stopped.

    Raises:
        TilewizardError: the tile, the answers or the draft can't be read, or another wizard has the tile.
    """
    with ExitStack() as held:
        store = DraftStore()
        session, step = _opened(held, store, into, answers, tile, upgrade, draft)
        kept = KeptDraft(session, store, draft, lambda: None)
        talk = Talk()
        try:
            talk.say(MANNERS, *_drafts(store, session, draft))
            code = Walk(Conversation(session, kept, talk)).go(step)
        except (click.Abort, KeyboardInterrupt):
            code = STOPPED
        finally:
            kept.flush()
        if code:
            click.echo(f"\n{_left(kept)}", err=True)
        return code


def _opened(
    held: ExitStack,
    store: DraftStore,
    into: Path | None,
    answers: Path | None,
    tile: Path | None,
    upgrade: bool,
    draft: str,
) -> tuple[Session, str]:
    """The session, and the step at which it goes on."""
    from tilewizard.importing.answers_file import load, load_onto

    if draft:
        found = store.load(draft)
        root = Path(found.tile) if found.tile else None
        if root is not None:
            held.enter_context(tile_lock(root))
        session = Session(
            kept_answers(found.text, file=draft),
            tile=read(root) if root is not None else None,
            into=Path(found.into) if found.into else into,
        )
        session.take_as_typed()
        return session, found.step
    if tile is not None:
        demand_tile(read(tile), tile)
        held.enter_context(tile_lock(tile))
        session = Session.open(tile, upgrade=upgrade)
        if answers is not None:
            session.replace(load_onto(session.answers, answers))
        return session, ""
    return Session(load(answers) if answers is not None else starting_answers(into), into=into), ""


def _drafts(store: DraftStore, session: Session, draft: str) -> list[str]:
    """Drafts that one may have meant to go on with."""
    original = session.original
    tile = str(original.root.resolve()) if original is not None and original.root is not None else None
    found = [each for each in store.all() if each.tile == tile] if not draft else []
    return [
        _("A draft is kept of {title}: --draft {id} goes on with it.", title=each.title, id=each.id)
        for each in found[:3]
    ]


def _left(kept: KeptDraft) -> str:
    if not kept.exists:
        return _("Stopped; nothing was written.")
    what = _("edit {root}", root=kept.session.original.root) if kept.session.original is not None else "new"
    return _(
        "Nothing was written. Your draft is kept: `tilewizard {what} --plain --draft {id}` goes on with it.",
        what=what,
        id=kept.id,
    )
