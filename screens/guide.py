"""The guide: three questions, and the target and type that follow, with what they need and what they write."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static
from tilewizard.language import _
from tilewizard.session.guide import GUIDE, Proposal, by_folder, files, needs, proposed, starting_from, told
from tilewizard.session.session import Session

from .widgets.choice import Choice
from .widgets.descendants import descendants_of
from .widgets.keys import Keys


class GuideScreen(ModalScreen[Proposal | None]):
    """Gives what was proposed and taken, or None. It changes no answer itself.

    Args:
        session: its answers say what would change, and where an opened tile starts.
    """

    DEFAULT_CSS = """
    GuideScreen { align: center middle; }
    GuideScreen #guide { width: 100%; max-width: 100; height: auto; max-height: 100%; background: $surface;
        border: round $primary; padding: 0 1; }
    GuideScreen VerticalScroll { height: auto; max-height: 84vh; }  /* The buttons stay in sight at 24 lines. */
    GuideScreen .guide-asked { text-style: bold; }
    GuideScreen #guide-proposed { height: auto; background: $boost; padding: 0 1; }
    """
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("enter", "take", _("Take the proposal"), priority=True),
        Binding("escape", "leave", _("Leave all as it is"), priority=True),
        Binding("pagedown", "page(1)", _("Down"), priority=True, show=False),
        Binding("pageup", "page(-1)", _("Up"), priority=True, show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.answers = session.answers
        self.starts = starting_from(session)

    def compose(self) -> ComposeResult:
        """The questions, and what follows."""
        with Vertical(id="guide"):
            with VerticalScroll(can_focus=False):
                for asked in GUIDE:
                    yield Static(asked.title, classes="guide-asked", markup=False)
                    meanings = {reply.label: reply.meaning for reply in asked.choices.values()}
                    yield Choice(tuple(meanings), asked.choices[self.starts[asked.name]].label, meanings)
                yield Static("", id="guide-proposed", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Take the proposal (Enter)"), id="guide-take", variant="primary", compact=True)
                yield Button(_("Leave all as it is (Esc)"), id="guide-leave", compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Propose what follows from where one starts."""
        self.query_one(Choice).focus(scroll_visible=False)  # The question above it stays in sight.
        self._propose()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Another answer: another proposal."""
        event.stop()
        self._propose()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Take the proposal, or leave all as it is."""
        event.stop()
        if event.button.id == "guide-take":
            self.action_take()
        else:
            self.action_leave()

    @property
    def proposal(self) -> Proposal:
        """What follows from what is chosen."""
        choices = zip(GUIDE, descendants_of(self, Choice), strict=True)
        return proposed({asked.name: asked.by_label[choice.chosen] for asked, choice in choices})

    def _propose(self) -> None:
        what = self.proposal
        now, then = told(self.answers), told(what)
        lines = (
            (f"→ {then}\n", "bold $text-success"),
            (_("(as it is now)\n") if now == then else _("(now: {now})\n", now=now), "$text-muted"),
            "".join(f"{reason}\n" for reason in what.reasons),
            (_("Have at hand: "), "bold"),
            f"{', '.join(needs(what))}\n",
            (_("Will be written: "), "bold"),
            ", ".join(by_folder(files(what, self.answers))),
        )
        self.query_one("#guide-proposed", Static).update(Content.assemble(*lines))

    def action_take(self) -> None:
        """The proposal stands, unless Enter is pressed on the button that leaves all as it is."""
        on_leave = self.focused is self.query_one("#guide-leave")
        self.dismiss(None if on_leave else self.proposal)

    def action_page(self, way: int) -> None:
        """A page down or up, where a small terminal has no room for all that follows."""
        place = self.query_one(VerticalScroll)
        place.scroll_relative(y=way * max(place.size.height - 2, 1), animate=False)

    def action_leave(self) -> None:
        """Nothing changes."""
        self.dismiss(None)
