"""The app and the wizard that a widget is part of, as far as what lies below them needs to know: their classes import it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from tilewizard.answers.paths import Path as AnswerPath
    from tilewizard.drafts.drafts import DraftStore
    from tilewizard.session.kept_draft import KeptDraft


class Routes(Protocol):
    """Ways from screen to screen, as :class:`tilewizard.screens.app.WizardApp` has them."""

    def start(self, what: str) -> None:
        """Start what the home screen's choice names: ``new``, ``example``, ``draft:<id>`` or ``tile:<path>``."""

    def leave_wizard(self, kept: KeptDraft) -> None:
        """Close the app, telling where the draft is when there is one; from the example back to the start."""

    def left_step(self) -> None:
        """Hold no more of a step that was removed, and make room once the next one is shown."""


class Keeper(Protocol):
    """Where what a session leaves unfinished is kept, as :class:`tilewizard.screens.wizard.WizardScreen` says it."""

    store: DraftStore
    kept: KeptDraft

    async def show_answer(self, path: AnswerPath) -> None:
        """Show the answers as they stand, at one of them."""


def app_of(node: DOMNode) -> Routes:
    """The app that a widget is part of."""
    return cast("Routes", node.app)


def wizard_of(node: DOMNode) -> Keeper:
    """The wizard whose step a widget is part of."""
    return cast("Keeper", node.screen)
