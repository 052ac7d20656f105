"""What the README step asks in small windows: what to insert, a line or two of text, a whole README."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, cast, get_args

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, Static, TextArea
from textual.widgets.option_list import Option
from tilewizard.language import _, ngettext
from tilewizard.quoting import visible
from tilewizard.readme.paste import SIZE_MAX, Pasted, is_whole, split

from .widgets.keys import Keys
from .widgets.path_input import PathInput

_CHOICES = (
    ("i", "image", _("Picture"), _("a file; it is copied into images/")),
    ("l", "link", _("Link"), _("a reference, its address at the end of the file")),
    ("d", "data", _("Data Collected"), _("made, or made anew, from what the tile sends")),
    ("s", "starter", _("Starter text"), _("for an empty section")),
    ("w", "whole", _("Whole README"), _("pasted or from a file, split into its sections")),
)


class InsertMenu(ModalScreen[str | None]):
    """Gives what is to be inserted: ``image``, ``link``, ``data``, ``starter``, ``whole``; or None."""

    DEFAULT_CSS = """
    InsertMenu { align: center middle; }
    InsertMenu #insert { width: 70; max-width: 96%; height: auto; background: $surface; border: round $primary;
        padding: 0 1; }
    InsertMenu OptionList { height: auto; border: none; background: $boost; }
    """
    BINDINGS = [
        Binding("escape,f3", "dismiss(None)", _("Cancel"), priority=True),
        *(Binding(key, f"dismiss('{name}')", show=False) for key, name, __, __ in _CHOICES),
    ]

    def compose(self) -> ComposeResult:
        """The list; letters choose as well."""
        with Vertical(id="insert"):
            yield Static(Text(_("Insert"), "bold"), markup=False)
            options = [
                Option(Text.assemble((f" {key} ", "reverse"), (f" {title:<15}", "bold"), meaning), id=name)
                for key, name, title, meaning in _CHOICES
            ]
            yield OptionList(*options, markup=False, compact=True)
        yield Keys(show_command_palette=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take it."""
        event.stop()
        self.dismiss(str(event.option_id))


@dataclass(frozen=True)
class Line:
    """A line that is asked for.

    Attributes:
        label: what it is.
        value: what stands there at first.
        example: what is shown while it is empty.
        check: gives what is wrong with what was typed, or nothing.
    """

    label: str
    value: str = ""
    example: str = ""
    check: Callable[[str], str] = lambda text: "" if text.strip() else _("type something, or Escape")


class AskLines(ModalScreen[list[str] | None]):
    """Asks for a line or some, gives them, or None. Enter goes on, and is done on the last one."""

    DEFAULT_CSS = """
    AskLines { align: center middle; }
    AskLines #ask { width: 76; max-width: 96%; height: auto; background: $surface; border: round $primary;
        padding: 0 1; }
    AskLines .ask-line { height: 1; margin-top: 1; }
    AskLines .ask-line Label { width: 10; }
    AskLines .ask-line Input { width: 1fr; background: $boost; }
    AskLines .ask-line Input:focus { background: $primary-muted; text-style: bold; }
    AskLines #ask-fault { height: auto; color: $text-error; min-height: 1; }
    AskLines #ask-buttons { height: 1; }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", _("Cancel"), priority=True)]

    def __init__(self, title: str, lines: list[Line], done: str = "Insert") -> None:
        super().__init__()
        self._title = title
        self._asked = lines
        self._done = done

    def compose(self) -> ComposeResult:
        """A line each, and the buttons."""
        with Vertical(id="ask"):
            yield Static(Text(visible(self._title), "bold"), markup=False)
            for line in self._asked:
                with Horizontal(classes="ask-line"):
                    yield Label(line.label, markup=False)
                    yield Input(line.value, placeholder=line.example, compact=True, select_on_focus=False)
            yield Static("", id="ask-fault", markup=False)
            with Horizontal(id="ask-buttons"):
                yield Button(_("{done} (Enter)", done=self._done), id="ask-done", variant="primary", compact=True)
                yield Button(_("Cancel (Esc)"), id="ask-cancel", compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the first one that is empty."""
        inputs = list(self.query(Input))
        next((each for each in inputs if not each.value), inputs[0]).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the next one; done after the last."""
        event.stop()
        inputs = list(self.query(Input))
        at = inputs.index(event.input)
        if not self._say(at) and at + 1 < len(inputs):
            inputs[at + 1].focus()
        elif at + 1 == len(inputs):
            self._finish()

    def _say(self, at: int) -> str:
        fault = self._asked[at].check(list(self.query(Input))[at].value)
        self.query_one("#ask-fault", Static).update(Text(f"✗ {visible(fault)}" if fault else ""))
        return fault

    def _finish(self) -> None:
        inputs = list(self.query(Input))
        for at, each in enumerate(inputs):
            if self._say(at):
                each.focus()
                return
        self.dismiss([each.value.strip() for each in inputs])

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Done, or not at all."""
        event.stop()
        if event.button.id == "ask-done":
            self._finish()
        else:
            self.dismiss(None)


How = Literal["replace", "merge", "plain"]


class _ReadmePath(PathInput):
    """The path. A README that is pasted into it belongs below."""

    def on_paste(self, event: events.Paste) -> None:
        """Several lines are not the path."""
        if "\n" in event.text.strip():
            event.prevent_default()
            event.stop()
            for area in self.screen.query(TextArea):
                area.load_text(event.text)
                area.focus()


class PasteReadme(ModalScreen["tuple[How, Pasted, str] | None"]):
    """Takes a whole README, shows which sections it becomes, and asks what to do with it.

    Gives ``replace``, ``merge`` or ``plain`` (as it is, into the section), the README split, and its text; or None.

    Args:
        text: what was pasted already; else it is asked for.
        known: the sections that headings are compared with.
        present: the sections that have text now.
    """

    DEFAULT_CSS = """
    PasteReadme { align: center middle; }
    PasteReadme #whole-readme { width: 100%; max-width: 110; height: 1fr; max-height: 34; background: $surface;
        border: round $primary; padding: 0 1; }
    PasteReadme .whole-line { height: 1; }
    PasteReadme .whole-line Label { width: 10; }
    PasteReadme .whole-line Input { width: 1fr; background: $boost; }
    PasteReadme .whole-line Input:focus { background: $primary-muted; text-style: bold; }
    PasteReadme TextArea { height: 5; border: none; padding: 0 1; background: $boost; margin-top: 1; }
    PasteReadme TextArea:focus { background: $primary-muted; }
    PasteReadme #whole-said { height: auto; text-style: bold; margin-top: 1; }
    PasteReadme OptionList { height: 1fr; min-height: 3; border: none; background: $boost; text-wrap: nowrap;
        text-overflow: ellipsis; }
    PasteReadme OptionList:focus { background: $panel; }
    PasteReadme #whole-told { height: auto; max-height: 3; color: $text-muted; }
    PasteReadme #whole-buttons { height: 1; margin-top: 1; }
    PasteReadme #whole-buttons Button { min-width: 0; margin-right: 1; }
    """
    BINDINGS = [
        Binding("f2", "take('merge')", _("Merge"), priority=True),
        Binding("f4", "take('replace')", _("Replace"), priority=True),
        Binding("f8", "take('plain')", _("As it is"), priority=True),
        Binding("escape", "dismiss(None)", _("Cancel"), priority=True),
    ]

    def __init__(self, text: str, known: tuple[str, ...], present: tuple[str, ...], section: str) -> None:
        super().__init__()
        self._text = text
        self._given = bool(text)
        self._known = known
        self._present = present
        self._section = section
        self.pasted: Pasted | None = None

    # -- making

    def compose(self) -> ComposeResult:
        """Where from, what it becomes, what to do."""
        with Vertical(id="whole-readme"):
            yield Static(Text(_("A whole README"), "bold"), markup=False)
            if not self._given:
                with Horizontal(classes="whole-line"):
                    yield Label(_("File"), markup=False)
                    yield _ReadmePath("", (".md", ".markdown", ".txt"), _("README.md, then Enter; or paste below"))
                    yield Button(_("Choose… (Ctrl+O)"), id="whole-choose", compact=True)
                yield TextArea("", soft_wrap=False, placeholder=_("Paste a README here."))
            yield Static("", id="whole-said", markup=False)
            yield OptionList(markup=False, compact=True)
            yield Static("", id="whole-told", markup=False)
            with Horizontal(id="whole-buttons"):
                yield Button(_("Merge (F2)"), id="whole-merge", variant="primary", compact=True)
                yield Button(_("Replace (F4)"), id="whole-replace", compact=True)
                yield Button(_("As it is (F8)"), id="whole-plain", compact=True)
                yield Button(_("Cancel (Esc)"), id="whole-cancel", compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Split what is there."""
        self._split()
        if self._given:
            self.query_one(OptionList).focus()

    def _split(self) -> None:
        self.pasted = split(self._text, self._known) if is_whole(self._text) else None
        self._show()

    def _show(self) -> None:
        sections = self.query_one(OptionList)
        at = sections.highlighted
        sections.clear_options()
        pieces = self.pasted.pieces if self.pasted is not None else ()
        sections.add_options([self._line(index) for index in range(len(pieces))])
        if pieces:
            sections.highlighted = min(at or 0, len(pieces) - 1)
        for name in ("merge", "replace"):
            self.query_one(f"#whole-{name}", Button).disabled = not pieces
        self.query_one("#whole-plain", Button).disabled = not self._text.strip()
        self._tell()

    def _line(self, at: int) -> Text:
        assert self.pasted is not None
        piece = self.pasted.pieces[at]
        words = ngettext("{count} word", "{count} words", len(piece.text.split()))
        what = _("takes the place of the present text") if piece.title in self._present else "new"
        near = ""
        if piece.near:
            near = _(
                " · Enter: {near}",
                near=_("make it ") + piece.near if piece.own else _("keep as ") + visible(piece.heading),
            )
        name = f"## {visible(piece.heading)}"
        arrow = "" if piece.title == piece.heading else f" → {piece.title}"
        return Text.assemble((f"{name}{arrow}", "bold"), f" · {words} · {what}{near}")

    def _tell(self) -> None:
        if self.pasted is None:
            wrong = _("There is no “## ” heading in it: it is no whole README.") if self._text.strip() else ""
            self._say(wrong or _("A README is split at its “## ” headings."), "")
            return
        titles = [piece.title for piece in self.pasted.pieces]
        twice = len(titles) - len(set(titles))
        gone = [title for title in self._present if title not in titles]
        links = ngettext(", {count} link", ", {count} links", len(self.pasted.links)) if self.pasted.links else ""
        said = ngettext("{count} section{links}.", "{count} sections{links}.", len(titles), links=links) + (
            _(" {twice} of them stand twice: the last counts.", twice=twice) if twice else ""
        )
        replace = _("Replace also takes away: {visible}. ", visible=", ".join(map(visible, gone))) if gone else ""
        self._say(
            said, _("Merge keeps your other sections. {replace}Ctrl+Z takes either back at once.", replace=replace)
        )

    def _say(self, words: str, more: str) -> None:
        self.query_one("#whole-said", Static).update(Text(words))
        self.query_one("#whole-told", Static).update(Text(more))

    # -- acting

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Split what was pasted."""
        event.stop()
        if event.text_area.text != self._text:
            self._text = event.text_area.text
            self._split()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the file."""
        event.stop()
        path = self.query_one(PathInput).full_path
        if path:
            self.run_worker(partial(self._read, Path(path)), thread=True, exclusive=True, group="readme-file")

    def _read(self, path: Path) -> None:
        text, fault = read_text(path)
        if self.is_attached:
            self.app.call_from_thread(self._was_read, text, fault)

    def _was_read(self, text: str, fault: str) -> None:
        if not self.is_mounted:
            return
        if fault:
            self._say(f"✗ {fault}", "")
            return
        self.query_one(TextArea).load_text(text)
        self._text = text
        self._split()
        if self.pasted is not None:
            self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep the section's own heading, or take the near one."""
        event.stop()
        if self.pasted is not None:
            self.pasted = self.pasted.switched(event.option_index)
            self._show()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """What the keys do."""
        event.stop()
        what = str(event.button.id).removeprefix("whole-")
        if what == "choose":
            self.query_one(PathInput).action_choose()
        elif what == "cancel":
            self.dismiss(None)
        elif what in get_args(How):
            self.action_take(cast(How, what))

    def action_take(self, how: How) -> None:
        """Give the README back, and what to do with it."""
        if how == "plain" and self._text.strip():
            self.dismiss(("plain", self.pasted or Pasted("", "", (), {}), self._text))
        elif self.pasted is not None and how != "plain":
            self.dismiss((how, self.pasted, self._text))


def read_text(path: Path) -> tuple[str, str]:
    """A file's text, and why it can't be had, or nothing."""
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_MAX + 1)
    except (OSError, ValueError) as error:
        return "", f"{visible(str(path))}: {(error.strerror if isinstance(error, OSError) else None) or error}"
    if len(data) > SIZE_MAX or b"\0" in data:
        return "", _(
            "{path} is no README: it is {value}",
            path=visible(path.name),
            value=_("too large") if len(data) > SIZE_MAX else _("no text"),
        )
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        return "", _(
            "{path} is not UTF-8 at byte {start}: save it as UTF-8", path=visible(path.name), start=error.start + 1
        )
