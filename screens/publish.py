"""Publishing: what the way of a tile asks for, with its state; what only the partner knows is confirmed here, and kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.answers.notes import NAMES
from tilewizard.errors import TilewizardError
from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.publishing.ready import Standing, State, confirm_all, readiness_of, withdraw_all
from tilewizard.publishing.ready_forms import SIGNS
from tilewizard.rules.findings import Finding
from tilewizard.tile.places import has_package
from tilewizard.tile.tile import Tile

from .widgets.keys import Keys


class PublishScreen(ModalScreen[None]):
    """A line for each requirement; below it all that is to say of the marked one. The tile is not changed.

    Args:
        tile: as it would be written.
        findings: what its check found.
        written: the directory that holds it as it is; None while there are changes that aren't written.
    """

    DEFAULT_CSS = """
    PublishScreen { align: center middle; }
    PublishScreen #publish { width: 110; max-width: 98%; height: auto; max-height: 100%; background: $surface;
        border: round $primary; padding: 0 1; }
    PublishScreen OptionList { height: auto; max-height: 62vh; border: none; background: $boost;
        text-wrap: nowrap; text-overflow: ellipsis; }
    PublishScreen #publish-more { height: auto; min-height: 3; padding: 0 1; }
    PublishScreen .buttons Button { min-width: 8; }
    PublishScreen #publish-verdict { text-style: bold; }
    """
    BINDINGS = [
        Binding("escape", "dismiss(None)", _("Close"), priority=True),
        Binding("enter,space", "answer", _("Confirm, or take it back"), priority=True),
        Binding("f2", "form", _("The form"), priority=True),
        Binding("f2", "hand_in", _("Hand it in"), priority=True),
        Binding("f4", "hand_in_package", _("Hand in the package"), priority=True),
        Binding("f3", "after", _("What comes after"), priority=True),
    ]

    def __init__(self, tile: Tile, findings: Iterable[Finding], written: Path | None = None) -> None:
        super().__init__()
        self._written = written
        self._tile, self._findings = tile, tuple(findings)
        self.readiness = readiness_of(tile, self._findings)
        self._by_form, self._has_package = tile.target == Target.PLATFORM, has_package(tile)

    def compose(self) -> ComposeResult:
        """What it is about, the requirements, the marked one, how it stands."""
        way = NAMES[self.readiness.way]
        with Vertical(id="publish"):
            yield Static(_("Before it is published on {way}", way=way), classes="step-title", markup=False)
            yield OptionList(*map(self._option, self.readiness.standings), markup=False, compact=True)
            yield Static("", id="publish-more", markup=False)
            yield Static(self.readiness.verdict, id="publish-verdict", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Confirm, or not (Enter)"), id="publish-answer", variant="primary", compact=True)
                if self._by_form:
                    yield Button(_("The form (F2)"), id="publish-form", compact=True)
                else:
                    yield Button(_("Hand it in (F2)"), id="publish-hand-in", compact=True)
                yield Button(_("After (F3)"), id="publish-after", compact=True)
                if self._by_form and self._has_package:
                    yield Button(_("Package (F4)"), id="publish-package", compact=True)
                yield Button(_("Close (Esc)"), id="publish-close", compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with what only the partner can say, else with what is missing."""
        options = self.query_one(OptionList)
        wanted = [*self.readiness.of(State.OPEN), *self.readiness.of(State.UNMET), *self.readiness.standings]
        options.highlighted = self.readiness.standings.index(wanted[0])
        options.focus()

    def _option(self, each: Standing) -> Option:
        return Option(f"{SIGNS[each.state][0]} {each.state.cell} {each.words}", id=each.requirement.slug)

    @property
    def marked(self) -> Standing | None:
        """The requirement that is marked."""
        at = self.query_one(OptionList).highlighted
        return self.readiness.standings[at] if at is not None else None

    def on_option_list_option_highlighted(self) -> None:
        """Tell all of it, and whether it can be answered."""
        self._tell()

    def _tell(self) -> None:
        each = self.marked
        if each is None:
            return
        words = Text(each.told)
        for more in each.more:
            words.append(f"\n→ {more}")
        words.append(f"\n{each.requirement.source}", "dim")
        self.query_one("#publish-more", Static).update(words)
        self.query_one("#publish-answer", Button).disabled = each.state not in (State.OPEN, State.CONFIRMED)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click answers."""
        event.stop()
        self._answer()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer, hand in, see what comes after, or close."""
        event.stop()
        if event.button.id == "publish-answer":
            self._answer()
        elif event.button.id == "publish-form":
            self.action_form()
        elif event.button.id in ("publish-hand-in", "publish-package"):
            self.action_hand_in()
        elif event.button.id == "publish-after":
            self.action_after()
        else:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What goes to the form is not handed in, but for a package beside it."""
        there = {
            "form": self._by_form,
            "hand_in": not self._by_form,
            "hand_in_package": self._by_form and self._has_package,
        }
        return there.get(action, True)

    def action_form(self) -> None:
        """Walk through the Developer Platform's form, field by field."""
        from .platform_form import PlatformFormScreen

        try:
            self.app.push_screen(PlatformFormScreen(self._tile, self._findings))
        except TilewizardError as error:
            self.notify(error.render(), severity="error", markup=False)

    def action_hand_in_package(self) -> None:
        """Hand in what of a platform's tile goes to a repository."""
        self.action_hand_in()

    def action_hand_in(self) -> None:
        """See what would be committed where, and have it done."""
        from .hand_in import HandInScreen

        if self._written is None:
            self.notify(_("Write the tile first: what lies in its directory is handed in."), markup=False)
        else:
            self.app.push_screen(HandInScreen(self._written))

    def action_after(self) -> None:
        """See what comes after it is handed in."""
        from .after import AfterScreen

        self.app.push_screen(AfterScreen(self._tile))

    def action_answer(self) -> None:
        """Enter on a button presses it; on the list it answers."""
        if isinstance(self.focused, Button):
            self.focused.press()
        else:
            self._answer()

    def _answer(self) -> None:
        """Keep with today's date what the partner says, or forget it; what can be seen is not a question."""
        each = self.marked
        if each is None or each.state not in (State.OPEN, State.CONFIRMED):
            return
        slugs = {each.requirement.slug}
        try:
            if each.state == State.OPEN:
                confirm_all(self._tile, self.readiness, slugs, date.today())
            else:
                withdraw_all(self._tile, self.readiness, slugs)
        except TilewizardError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.readiness = readiness_of(self._tile, self._findings)
        options = self.query_one(OptionList)
        for at, standing in enumerate(self.readiness.standings):
            options.replace_option_prompt_at_index(at, self._option(standing).prompt)
        self.query_one("#publish-verdict", Static).update(self.readiness.verdict)
        self._tell()
