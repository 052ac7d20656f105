"""After publishing: the way of a tile once it is handed in, stretch by stretch, with texts to copy."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.answers.notes import NAMES
from tilewizard.language import _, ngettext
from tilewizard.publishing.after import Section, after_of
from tilewizard.publishing.after_forms import told
from tilewizard.publishing.after_texts import Passage
from tilewizard.tile.tile import Tile

from .widgets.keys import Keys


class AfterScreen(ModalScreen[None]):
    """A line for each section, and below it one for each of its texts; under the list all of the marked one.

    Args:
        tile: as it would be written; it is not changed.
    """

    DEFAULT_CSS = """
    AfterScreen { align: center middle; }
    AfterScreen #after { width: 110; max-width: 100%; height: 100%; background: $surface; border: round $primary; padding: 0 1; }
    AfterScreen OptionList { height: auto; max-height: 40%; border: none; background: $boost; text-wrap: nowrap;
        text-overflow: ellipsis; }
    AfterScreen #after-more { height: 1fr; padding: 0 1; }
    """
    BINDINGS = [
        Binding("escape", "dismiss(None)", _("Close"), priority=True),
        Binding("c", "copy", _("Copy the text")),
        Binding("pagedown", "turn(1)", _("Read on"), priority=True),
        Binding("pageup", "turn(-1)", _("Read back"), priority=True, show=False),
    ]

    def __init__(self, tile: Tile) -> None:
        super().__init__()
        self.after = after_of(tile)
        self.shown: list[Section | Passage] = []
        for each in self.after.sections:
            self.shown += [each, *each.texts]

    def compose(self) -> ComposeResult:
        """The sections and their texts, the marked one."""
        way = NAMES[self.after.way]
        with Vertical(id="after"):
            yield Static(_("After it is handed in to {way}", way=way), classes="step-title", markup=False)
            yield OptionList(*map(_line, self.shown), markup=False, compact=True)
            with VerticalScroll(id="after-more", can_focus=False):
                yield Static("", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Copy (c)"), id="after-copy", variant="primary", compact=True)
                yield Button(_("Close (Esc)"), id="after-close", compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin at the beginning."""
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    @property
    def marked(self) -> Section | Passage | None:
        """The section or the text that is marked."""
        at = self.query_one(OptionList).highlighted
        return self.shown[at] if at is not None else None

    def on_option_list_option_highlighted(self) -> None:
        """Show all of it from its start, and whether it can be copied."""
        each = self.marked
        if each is None:
            return
        words = _of_text(each) if isinstance(each, Passage) else _of_section(each)
        self.query_one("#after-more Static", Static).update(words)
        self.query_one("#after-more").scroll_home(animate=False)
        self.query_one("#after-copy", Button).disabled = not isinstance(each, Passage)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click, or Enter, only marks."""
        event.stop()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Copy, or close."""
        event.stop()
        if event.button.id == "after-copy":
            self.action_copy()
        else:
            self.dismiss(None)

    def action_turn(self, pages: int) -> None:
        """Scroll what is shown of the marked one."""
        more = self.query_one("#after-more")
        more.scroll_relative(y=pages * max(more.size.height - 1, 1), animate=False)

    def action_copy(self) -> None:
        """Put the marked text on the clipboard, by OSC 52."""
        self.app.clear_notifications()
        each = self.marked
        if not isinstance(each, Passage):
            self.notify(_("Mark one of the texts to copy it."), markup=False)
            return
        self.app.copy_to_clipboard(each.text.encode("utf-8", "replace").decode())
        gaps = ngettext("{count} «…» is left to fill in.", "{count} «…» are left to fill in.", len(each.gaps))
        self.notify(_("Copied: {name}. {gaps}", name=each.name, gaps=gaps), markup=False)


def _line(each: Section | Passage) -> Option:
    return Option(f"  └ {each.name}" if isinstance(each, Passage) else each.title)


def _of_section(section: Section) -> Text:
    words = Text()
    for sign, sentence in told(section):
        words.append(f"{sign} {sentence}\n")
    return words.append(section.source, "dim")


def _of_text(passage: Passage) -> Text:
    """The text as it is copied, what is left to fill in marked."""
    words = Text(passage.text.rstrip())
    for gap in passage.gaps:
        words.highlight_words([gap], "reverse")
    return words
