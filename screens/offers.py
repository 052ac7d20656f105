"""What a written tile asks for beside its answers, each as a diff; one at a time is written, on request alone."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.session.offers import Offer, offers, take, usual_owner

from .widgets.diff import diff_shown
from .widgets.keys import Keys


class OffersScreen(ModalScreen[None]):
    """A line for each file that would change, below it the diff of the marked one. F2 writes that one.

    Args:
        root: the tile's directory.
    """

    DEFAULT_CSS = """
    OffersScreen { align: center middle; }
    OffersScreen #offers { width: 110; max-width: 98%; height: 92%; background: $surface; border: round $primary; padding: 0 1; }
    OffersScreen OptionList { height: auto; max-height: 8; border: none; background: $boost; text-wrap: nowrap;
        text-overflow: ellipsis; }
    OffersScreen #offers-owner { display: none; background: $boost; border: none; height: 1; padding: 0 1; }
    OffersScreen #offers-diff { height: 1fr; padding: 0 1; }
    OffersScreen #offers-diff:focus { background: $boost; }
    OffersScreen #offers-text { height: auto; }
    """
    BINDINGS = [
        Binding("f2", "take", _("Write this one"), priority=True),
        Binding("escape", "dismiss(None)", _("Close"), priority=True),
    ]

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.offers: list[Offer] = []
        self.written: list[str] = []

    def compose(self) -> ComposeResult:
        """What is offered, the owner where one is asked for, the diff."""
        with Vertical(id="offers"):
            yield Static(
                _("Beside your answers: shown here, and written if you say so"), classes="step-title", markup=False
            )
            yield Input(
                usual_owner(self.root), placeholder=_("owner on GitHub, e.g. @acme/integrations"), id="offers-owner"
            )
            yield OptionList(markup=False, compact=True)
            with VerticalScroll(id="offers-diff", can_focus=True):
                yield Static("", id="offers-text", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Write this one (F2)"), id="offers-take", variant="primary", compact=True)
                yield Button(_("Close (Esc)"), id="offers-close", compact=True)
        yield Keys(show_command_palette=False)

    async def on_mount(self) -> None:
        """Look at the disk; begin with the owner where nobody knows one."""
        self.query_one("#offers-text", Static).update(_("looking …"))
        self.query_one(OptionList).focus()
        await self._look()
        wants_owner = any(each.lacks for each in self.offers)
        self.query_one("#offers-owner").display = wants_owner or any("CODEOWNERS" in each.title for each in self.offers)
        if wants_owner and len(self.offers) == 1:
            self.query_one("#offers-owner").focus()

    async def _look(self) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        owner = self.query_one("#offers-owner", Input).value.strip()
        try:
            self.offers = await asyncio.to_thread(offers, self.root, owner)
        except TilewizardError as error:
            self.offers = []
            self.notify(error.render(), severity="error", markup=False)
        options.clear_options()
        options.add_options(self._line(each) for each in self.offers)
        for path in self.written:
            options.add_option(Option(_("✓ written  {path}", path=path), disabled=True))
        if self.offers:
            options.highlighted = min(at, len(self.offers) - 1)
        self._show()

    @staticmethod
    def _line(each: Offer) -> Option:
        if each.changes is None:
            return Option(f"? {each.title}")
        return Option(f"→ {each.title}  ({', '.join(change.extent for change in each.changes.changed)})")

    @property
    def marked(self) -> Offer | None:
        """What is marked."""
        at = self.query_one(OptionList).highlighted
        return self.offers[at] if at is not None and at < len(self.offers) else None

    def _show(self) -> None:
        each = self.marked
        words = self.query_one("#offers-text", Static)
        if each is None:
            words.update(_("Nothing is left to write.") if self.written else _("Nothing is asked for."))
        elif each.changes is None:
            words.update(each.lacks)
        else:
            words.update(diff_shown(each.changes.diff()))
        self.query_one("#offers-take", Button).disabled = each is None or each.changes is None
        self.query_one("#offers-diff").scroll_home(animate=False)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another one: its diff."""
        event.stop()
        self._show()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Another owner: another line."""
        event.stop()
        await self._look()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The owner is known: look at what follows."""
        event.stop()
        lines = self.query_one(OptionList)
        at = next((at for at, each in enumerate(self.offers) if "CODEOWNERS" in each.title), None)
        if at is not None:
            lines.highlighted = at
        lines.focus()

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Write, or close."""
        event.stop()
        if event.button.id == "offers-take":
            await self.action_take()
        else:
            self.dismiss(None)

    async def action_take(self) -> None:
        """Write the marked one; what is left stays."""
        each = self.marked
        if each is None or each.changes is None:
            owner = self.query_one("#offers-owner")
            if each is not None and owner.display:
                owner.focus()  # That is what is not known.
            else:
                self.notify(each.lacks if each is not None else _("Nothing is left to write."), markup=False)
            return
        try:
            self.written += [str(each.changes.root / path) for path in take(each)]
        except TilewizardError as error:
            self.notify(error.render(), title=_("Nothing was written"), severity="error", markup=False)
        await self._look()
        if self.offers and all(each.lacks for each in self.offers):
            self.query_one("#offers-owner").focus()  # All that is left waits for it.
