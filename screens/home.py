"""The first screen: what comes out, what it takes, and the ways in: something new, a draft, a tile that exists."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.language import _, pgettext
from tilewizard.quoting import visible

from .owners import app_of
from .widgets.at_hand import AtHand
from .widgets.card import CatalogueCard
from .widgets.keys import Keys
from .widgets.ways import Ways

if TYPE_CHECKING:
    from tilewizard.drafts.drafts import DraftStore
    from tilewizard.preview.preview import Card

WELCOME = _("""\
Makes the tile of your offering for Datadog's Marketplace, integrations-extras or the Developer Platform: it asks, checks \
every answer as you type, and writes a directory that passes review.""")
AGAIN = _("Nothing is written before you say so; drafts are kept as you type.")


WIDE = 100
"""Columns from which there is room for the steps in two columns beside the card."""


class HomeScreen(Screen[None]):
    """Start something new or go on with something old. Who was here before finds that first, and less to read."""

    BINDINGS = [
        Binding("enter", "choose", _("Choose"), show=True),
        Binding("delete", "discard", _("Discard the draft")),
        Binding("f1,question_mark", "help", _("Help")),
        Binding("ctrl+q,q", "app.quit", _("Quit")),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]
    CSS = """
    HomeScreen { align-horizontal: center; }
    #home { padding: 0 2; max-width: 150; scrollbar-size-vertical: 1; }
    HomeScreen.-tall #home { padding: 1 2; }
    HomeScreen .step-intro { margin-bottom: 0; }
    #home-picture { height: 8; margin-top: 1; }
    #home-steps { width: 34; height: 8; margin-left: 2; }
    HomeScreen.-wide #home-steps { width: 56; }
    HomeScreen.-again.-short #home-picture { display: none; }
    HomeScreen.-narrow Ways.-first { width: 22; }
    #ways { height: auto; margin-top: 1; }
    HomeScreen.-short #ways { margin-top: 0; }
    HomeScreen.-tall AtHand { margin-top: 1; }
    HomeScreen.-tall #home-picture, HomeScreen.-tall #home-card { height: 9; }
    HomeScreen.-short #home-picture { margin-top: 0; }
    """

    _asked = ""
    _steps: tuple[str, ...] | None = None
    """The titles of the steps, once they are read."""

    def compose(self) -> ComposeResult:
        """A picture of the aim, the ways in, what to have at hand; for who comes back the ways first."""
        with VerticalScroll(id="home", can_focus=False):
            yield Static("tilewizard", classes="step-title", markup=False)
            yield Static(WELCOME, id="welcome", classes="step-intro", markup=False)
            with Horizontal(id="home-picture"):
                yield CatalogueCard(_("What comes out: a card like this"), id="home-card")
                with Vertical(id="home-steps"):
                    yield Static("", id="home-takes", markup=False)
            with Horizontal(id="ways"):
                yield Ways(
                    pgettext("heading of ways to begin", "New"),
                    Option(_("Start a new tile"), id="new"),
                    Option(_("Show me one"), id="example"),
                    classes="-first",
                )
                yield Ways(_("Go on"), nothing=_("No draft yet: what you type is kept as one."))
                yield Ways(
                    pgettext("heading of tiles to open", "Open"),
                    nothing=_("No tile yet. One that exists opens with: tilewizard edit DIRECTORY"),
                )
            yield AtHand()
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """List drafts and recent tiles once the first frame is out, then draw the card."""
        self.query_one(Ways).focus()
        self.call_after_refresh(self._list)

    def on_screen_resume(self) -> None:
        """Back from the example, or from a wizard that was left: the lists are as they are now."""
        if self.is_mounted:
            self.call_after_refresh(self._list)

    def _list(self) -> None:
        from tilewizard.drafts.drafts import DraftStore

        store = DraftStore()
        begun, there = list(self.query(Ways))[1:]
        begun.put(_drafts(store))
        there.put(_tiles(store))
        again = bool(begun.ways or there.ways)
        if again and not self.has_class("-again"):
            self.add_class("-again")
            self.query_one("#welcome", Static).update(AGAIN)
            (begun if begun.ways else there).focus()  # Who comes back most likely goes on.
        if self._steps is None:
            self._steps = ()
            self.run_worker(self._look, thread=True, group="picture")

    def _look(self) -> None:
        """Read the sample in a thread: what it takes to is what any of the ways will want next."""
        from tilewizard.preview.preview import preview_of
        from tilewizard.session.session import Session

        from .steps import STEPS

        session = Session.on_example()
        card = preview_of(session.tile(), session.settled()).card
        if self.is_attached:
            self.app.call_from_thread(self._draw, card, tuple(step.title for step in STEPS))

    def _draw(self, card: Card, steps: tuple[str, ...]) -> None:
        self._steps = steps
        if not self.query(CatalogueCard):
            return  # Whoever quits at once leaves before the sample is read.
        self.query_one(CatalogueCard).show(card)
        self._tell_steps()

    def on_resize(self) -> None:
        """Two columns of steps where there is room for them."""
        self._tell_steps()

    def _tell_steps(self) -> None:
        if not self._steps:
            return
        named = [f"{at:>2} {title}" for at, title in enumerate(self._steps, 1)]
        half = (len(named) + 1) // 2
        left = max(map(len, named[:half])) + 3
        pairs = zip_longest(named[:half], named[half:], fillvalue="")
        columns = "\n".join(f"{one:<{left}}{other}".rstrip() for one, other in pairs)
        listed = columns if self.size.width >= WIDE else " · ".join(each.strip() for each in named)
        head = _("What it takes: {count} steps", count=len(named))
        self.query_one("#home-takes", Static).update(Content.assemble((f"{head}\n\n", "bold"), (listed, "$text-muted")))

    def action_choose(self) -> None:
        """Do what is highlighted; a list has the key itself while it has the focus."""
        self.query_one(Ways).action_select()

    @property
    def _draft(self) -> str:
        """The name of the draft that is highlighted in the list that has the focus, or nothing."""
        at = self.focused
        option = at.highlighted_option if isinstance(at, Ways) else None
        name = str(option.id) if option is not None else ""
        return name.removeprefix("draft:") if name.startswith("draft:") else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only a draft can be discarded."""
        return action != "discard" or (self.is_mounted and bool(self._draft))

    def on_option_list_option_highlighted(self, __: OptionList.OptionHighlighted) -> None:
        """Other keys may work now."""
        self._asked = ""
        self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """Likewise."""
        self._asked = ""
        self.refresh_bindings()

    def action_discard(self) -> None:
        """Take the highlighted draft away, when asked twice."""
        from tilewizard.drafts.drafts import DraftStore

        draft, store = self._draft, DraftStore()
        if draft != self._asked:
            self._asked = draft
            self.notify(_("Press Delete again to discard this draft for good."), markup=False)
            return
        store.discard(draft)
        begun = list(self.query(Ways))[1]
        begun.put(_drafts(store))
        if not begun.ways:
            self.query_one(Ways).focus()
        self.notify(_("The draft is discarded."), markup=False)

    def action_help(self) -> None:
        """What tilewizard is for, and the keys."""
        from .help import HelpScreen

        self.app.push_screen(HelpScreen(None))

    def on_ways_chosen(self, event: Ways.Chosen) -> None:
        """Do what was chosen."""
        app_of(self).start(event.way)


def _drafts(store: DraftStore) -> list[Option]:
    from tilewizard.drafts.when import in_words

    return [
        Option(
            _way(draft.title, _what(draft.tile), _("kept {saved_at}", saved_at=in_words(draft.saved_at))),
            id=f"draft:{draft.id}",
        )
        for draft in store.all()[:12]
    ]


def _what(tile: str | None) -> str:
    return _("changes to {name}", name=Path(tile).name) if tile else ""


def _tiles(store: DraftStore) -> list[Option]:
    from tilewizard.drafts.when import in_words

    return [
        Option(_way(tile.title or Path(tile.path).name, _short(tile.path), in_words(tile.at)), id=f"tile:{tile.path}")
        for tile in store.recent()[:8]
    ]


def _way(title: str, *facts: str) -> Content:
    return Content.assemble(visible(title), ("\n" + visible(", ".join(filter(None, facts))), "$text-muted"))


def _short(path: str) -> str:
    """A directory by its own name and that of the folder that it lies in."""
    return "/".join(Path(path).parts[-2:])
