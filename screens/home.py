"""The first screen: what a partner needs, a new tile, drafts and recent tiles."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from .owners import app_of

WELCOME = """\
tilewizard writes the tile of your offering for Datadog's Marketplace or integrations-extras: it asks, checks every \
answer as you type, and writes a directory that passes review."""
BEFORE = """\
Before you start
 1. Join the Datadog partner network as a technology partner.
 2. Ask for a sandbox account in the partner portal: 1 to 2 working days.
 3. For the Marketplace, ask marketplace@datadoghq.com for access to its repository.
Have at hand
 a line on what it does · your logo as SVG · three screenshots, 16:9, at least 1440 wide · addresses for \
support and sales · dashboards exported as JSON · for the Marketplace your vendor id, a price, and your licence \
agreement as PDF. Nothing is lost if something is missing: a draft is kept."""


class HomeScreen(Screen[None]):
    """Start something new or go on with something old."""

    BINDINGS = [
        Binding("enter", "choose", "Choose", show=True),
        Binding("delete", "discard", "Discard the draft"),
        Binding("f1,question_mark", "help", "Help"),
        Binding("ctrl+q,q", "app.quit", "Quit"),
    ]

    _asked = ""

    def compose(self) -> ComposeResult:
        """Welcome, list of what one can do, what one needs."""
        with VerticalScroll(id="home", can_focus=False):
            yield Static("tilewizard", classes="step-title", markup=False)
            yield Static(WELCOME, classes="step-intro", markup=False)
            yield OptionList(Option("Start a new tile", id="new"), id="home-list", markup=False, compact=True)
            yield Static(BEFORE, classes="before", markup=False)
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """List drafts and recent tiles once the first frame is out."""
        self.query_one(OptionList).focus()
        self.query_one(OptionList).highlighted = 0
        self.call_after_refresh(self._list)

    def _list(self) -> None:
        from tilewizard.drafts.drafts import DraftStore

        store = DraftStore()
        options = self.query_one(OptionList)
        for draft in store.all()[:12]:
            what = f"changes to {draft.tile}" if draft.tile else "a new tile"
            when = draft.saved_at.replace("T", " ")[:16]
            options.add_option(Option(f"Go on with {draft.title}: {what}, kept {when} UTC", id=f"draft:{draft.id}"))
        if options.option_count > 1:
            options.highlighted = 1  # Who comes back most likely goes on.
        for tile in store.recent()[:8]:
            options.add_option(Option(f"Open {tile.title or tile.path} ({tile.path})", id=f"tile:{tile.path}"))

    def action_choose(self) -> None:
        """Do what is highlighted; the list has the key itself while it has the focus."""
        self.query_one(OptionList).action_select()

    @property
    def _draft(self) -> str:
        """The name of the draft that is highlighted, or nothing."""
        options = self.query_one(OptionList)
        option = options.highlighted_option
        return (
            str(option.id).removeprefix("draft:") if option is not None and str(option.id).startswith("draft:") else ""
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only a draft can be discarded."""
        return action != "discard" or (self.is_mounted and bool(self._draft))

    def on_option_list_option_highlighted(self, _: OptionList.OptionHighlighted) -> None:
        """Other keys may work now."""
        self._asked = ""
        self.refresh_bindings()

    def action_discard(self) -> None:
        """Take the highlighted draft away, when asked twice."""
        from tilewizard.drafts.drafts import DraftStore

        draft = self._draft
        if draft != self._asked:
            self._asked = draft
            self.notify("Press Delete again to discard this draft for good.", markup=False)
            return
        DraftStore().discard(draft)
        self.query_one(OptionList).remove_option(f"draft:{draft}")
        self.notify("The draft is discarded.", markup=False)

    def action_help(self) -> None:
        """What tilewizard is for, and the keys."""
        from .help import HelpScreen

        self.app.push_screen(HelpScreen(None))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        app_of(self).start(str(event.option_id))
