"""The Developer Platform's form, walked through field by field: values to copy, files to upload, a tick for what is entered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from textwrap import indent

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.publishing.entered import enter, entered_on, take_back
from tilewizard.publishing.kit import Field, kit_of
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Finding
from tilewizard.tile.tile import Tile

from .widgets.keys import Keys


class PlatformFormScreen(ModalScreen[None]):
    """A line for each field, in the form's order; beside or below it what goes there. The tile is not changed.

    Args:
        tile: as it would be written.
        findings: what its check found.

    Raises:
        TilewizardError: a file to upload can't be read.
    """

    DEFAULT_CSS = """
    PlatformFormScreen { align: center middle; }
    PlatformFormScreen #form { width: 120; max-width: 100%; height: 100%; background: $surface; border: round $primary;
        padding: 0 1; }
    PlatformFormScreen #form-parts { height: 1fr; layout: vertical; }
    PlatformFormScreen OptionList { height: 1fr; border: none; background: $boost; text-wrap: nowrap; text-overflow: ellipsis; }
    PlatformFormScreen #form-field { height: 1fr; padding: 0 1; }
    PlatformFormScreen #form-state { text-style: bold; }
    """
    BINDINGS = [
        Binding("escape", "dismiss(None)", _("Close"), priority=True),
        Binding("enter,space", "tick", _("Entered, or not"), priority=True),
        Binding("c", "copy", _("Copy the value; again: the next one")),
    ]

    def __init__(self, tile: Tile, findings: Iterable[Finding]) -> None:
        super().__init__()
        self._tile = tile
        self.kit = kit_of(tile, findings)
        self._shown: list[Field | None] = []
        for __, fields in self.kit.pages:
            self._shown += [None, *fields]
        self._copied = 0

    def compose(self) -> ComposeResult:
        """The fields by page, the marked one, how far one is."""
        with Vertical(id="form"):
            yield Static(_("Developer Platform: a new listing, in the form's order"), classes="step-title")
            with Vertical(id="form-parts"):
                yield OptionList(*self._options(), markup=False, compact=True)
                with VerticalScroll(id="form-field", can_focus=False):
                    yield Static("", markup=False)
            yield Static("", id="form-state", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Copy (c)"), id="form-copy", variant="primary", compact=True)
                yield Button(_("Entered, or not (Enter)"), id="form-tick", compact=True)
                yield Button(_("Close (Esc)"), id="form-close", compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the first field that is not entered yet."""
        options = self.query_one(OptionList)
        fields = [(at, each) for at, each in enumerate(self._shown) if each is not None]
        options.highlighted = next((at for at, each in fields if not entered_on(self._tile, each)), fields[0][0])
        options.focus()
        self._tell_state()

    def _options(self) -> Iterable[Option]:
        for title, fields in self.kit.pages:
            yield Option(title, disabled=True)
            yield from (Option(self._line(each)) for each in fields)

    def _line(self, field: Field) -> str:
        tick = "[x]" if entered_on(self._tile, field) else "[ ]"
        lacks = "" if field.met else _("  ✗ not met")
        first = next((text for __, text in field.values), "") or ", ".join(each.place for each in field.uploads)
        return f"  {tick} {field.name}{lacks}{f': {first.splitlines()[0]}' if first.strip() else ''}"

    @property
    def marked(self) -> Field | None:
        """The field that is marked."""
        at = self.query_one(OptionList).highlighted
        return self._shown[at] if at is not None else None

    def on_option_list_option_highlighted(self) -> None:
        """Show what goes into it."""
        self._copied = 0
        self._tell()

    def _tell(self) -> None:
        field = self.marked
        if field is None:
            return
        words = Text()
        words.append(f"{field.name}\n", "bold")
        if field.note:
            words.append(f"{field.note}\n")
        for met in (False, True):
            for demand, is_met in field.demands:
                if is_met == met:
                    words.append(f"{'✓' if met else '✗'} {demand}\n")
        for label, text in field.values:
            words.append(f"{label}:\n" if label else "", "bold")
            words.append(f"{indent(text, '  ')}\n")
        for each in field.uploads:
            words.append(_("Upload {path}\n", path=each.path))
        if day := entered_on(self._tile, field):
            words.append(_("Entered on {day}.\n", day=day), "dim")
        self.query_one("#form-field Static", Static).update(words)
        self.query_one("#form-field").scroll_home(animate=False)
        self.query_one("#form-copy", Button).disabled = not field.values

    def _tell_state(self) -> None:
        fields = self.kit.fields
        done = sum(bool(entered_on(self._tile, each)) for each in fields)
        unmet = len(self.kit.unmet)
        words = _(
            "{done} of {count} entered. Fields in which something is not met: {unmet}.",
            done=done,
            count=len(fields),
            unmet=unmet,
        )
        self.query_one("#form-state", Static).update(words)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click only marks: what is entered is said by Enter or the button."""
        event.stop()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Copy, tick, or close."""
        event.stop()
        if event.button.id == "form-copy":
            self.action_copy()
        elif event.button.id == "form-tick":
            self._tick()
        else:
            self.dismiss(None)

    def action_copy(self) -> None:
        """Put a value on the clipboard, by OSC 52; of several the next one each time."""
        field = self.marked
        if field is None or not field.values:
            self.notify(_("There is nothing to copy here."), markup=False)
            return
        at = self._copied % len(field.values)
        label, text = field.values[at]
        self._copied += 1
        self.app.copy_to_clipboard(text.encode("utf-8", "replace").decode())
        which = _(" ({place} of {count})", place=at + 1, count=len(field.values)) if len(field.values) > 1 else ""
        self.app.clear_notifications()
        self.notify(
            _("Copied {label}{which}: {text}.", label=label or field.name, which=which, text=quoted(text)), markup=False
        )

    def action_tick(self) -> None:
        """Enter on a button presses it; on the list it says that the field is entered, or not after all, and goes on."""
        if isinstance(self.focused, Button):
            self.focused.press()
        else:
            self._tick()

    def _tick(self) -> None:
        field, options = self.marked, self.query_one(OptionList)
        if field is None or options.highlighted is None:
            return
        entered = entered_on(self._tile, field)
        try:
            if entered:
                take_back(self._tile, field)
            else:
                enter(self._tile, field, date.today())
        except TilewizardError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        options.replace_option_prompt_at_index(options.highlighted, self._line(field))
        if not entered:
            options.action_cursor_down()
        self._tell()
        self._tell_state()
