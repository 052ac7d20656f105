"""After writing: what was written, and what to do next."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Static
from tilewizard.errors import TilewizardError
from tilewizard.language import _, ngettext
from tilewizard.publishing.pack import order_around
from tilewizard.rules.findings import Finding
from tilewizard.session.next_steps import next_steps
from tilewizard.session.offers import offers
from tilewizard.session.own_tests import own_tests
from tilewizard.session.session import Session
from tilewizard.tile.tile import Tile

from .ddev import DdevScreen, ddev
from .own_tests import OwnTestsScreen
from .widgets.keys import Keys


class DoneScreen(Screen[None]):
    """The files that were written and the way to the pull request."""

    BINDINGS = [
        ("enter,ctrl+q,q", "finish", _("Close tilewizard")),
        ("f3", "tests", _("Run the tests")),
        ("f4", "ddev", _("Run ddev")),
        ("f2", "publish", _("Publish")),
        ("f6", "offers", _("Offered changes")),
    ]

    def __init__(self, root: Path, written: list[str], session: Session) -> None:
        super().__init__()
        self.root = root
        self.written = written
        self.session = session
        self.tests = own_tests(root)
        self.offered = 0

    def compose(self) -> ComposeResult:
        """The news, what to do next, the buttons, and below them each file: the list may be long."""
        count = len(self.written)
        news = Text()
        news.append(_("✓ Written\n"), "bold")
        news.append(
            ngettext(
                "{root}: {count} file, listed below\n\n",
                "{root}: {count} files, listed below\n\n",
                count,
                root=self.root,
            )
        )
        news.append(_("What to do next"), "bold")
        next_ones = Table.grid(padding=(0, 1))
        for index, line in enumerate(next_steps(self.session, self.root.name), 1):
            next_ones.add_row(f"{index}.", Text(line))
        with VerticalScroll(id="done"):
            yield Static(news, markup=False)
            yield Static(next_ones, id="done-next", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Close (Enter)"), id="close", compact=True)
                yield Button(_("Publish (F2)"), id="done-publish", compact=True)
                yield Button(_("Offered changes (F6)"), id="done-offers", compact=True)
            with Horizontal(
                id="done-programs", classes="buttons"
            ):  # A row of their own: five don't stand in 80 columns.
                if self.tests:
                    yield Button(_("Run the tile's own tests (F3)"), id="done-tests", compact=True)
                if ddev():
                    yield Button(_("Run Datadog's validators (F4)"), id="done-ddev", compact=True)
            yield Static("\n".join(f"  {path}" for path in self.written), id="done-files", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """See in a thread what is offered: Datadog's renderer may have to be asked."""
        self.query_one("#done-offers").display = False
        programs = self.query_one("#done-programs")
        programs.display = bool(programs.children)
        self._look_again(None)

    def _look_again(self, __: None) -> None:
        self.run_worker(self._offer(), group="offers")

    async def _offer(self) -> None:
        self.offered = await asyncio.to_thread(_offered, self.root)
        button = self.query_one("#done-offers", Button)
        button.label, button.display = _("Offered changes: {offered} (F6)", offered=self.offered), bool(self.offered)
        self.refresh_bindings()

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Run the tests or the validators, or close."""
        if event.button.id == "done-ddev":
            self.action_ddev()
        elif event.button.id == "done-tests":
            self.action_tests()
        elif event.button.id == "done-publish":
            await self.action_publish()
        elif event.button.id == "done-offers":
            self.action_offers()
        else:
            self.action_finish()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """ddev is offered where it is installed, the tests where there are some, and changes where they are asked for."""
        there = {"ddev": ddev() is not None, "tests": self.tests is not None, "offers": bool(self.offered)}
        return there.get(action, True)

    def action_tests(self) -> None:
        """Run the tests that the tile brings with it."""
        if self.tests is not None:
            self.app.push_screen(OwnTestsScreen(self.root, self.tests))

    async def action_publish(self) -> None:
        """What is asked for before the tile is published, and where it stands: as it lies in its checkout now."""
        from .publish import PublishScreen

        try:
            tile, findings = await asyncio.to_thread(_as_it_lies, self.root)
        except TilewizardError as error:
            self.notify(error.render(), severity="error", markup=False)
            return
        self.app.push_screen(PublishScreen(tile, findings, self.root))

    def action_offers(self) -> None:
        """Show what the package and the checkout around it lack; what is wanted of it is written there."""
        from .offers import OffersScreen

        self.app.push_screen(OffersScreen(self.root), self._look_again)

    def action_ddev(self) -> None:
        """Have Datadog's own validators look at what was written."""
        self.app.push_screen(DdevScreen(self.root))

    def action_finish(self) -> None:
        """Close tilewizard."""
        self.app.exit()


def _offered(root: Path) -> int:
    """How many changes are offered outside of the answers."""
    try:
        return len(offers(root))
    except TilewizardError:
        return 0


def _as_it_lies(root: Path) -> tuple[Tile, tuple[Finding, ...]]:
    """A written tile, and what its check finds, the checkout's own files included."""
    order = order_around(root)
    tile = order.tile()
    return tile, tuple(order.checked_as(tile).findings)
