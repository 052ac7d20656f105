"""Texts or files by name: a line each, and one more to add another."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.widgets import Input, Label, Static
from tilewizard.answers.declaring import Kind
from tilewizard.answers.paths import value_at
from tilewizard.answers.questions import Question
from tilewizard.field.names import snake
from tilewizard.language import _
from tilewizard.preview.picked_file import kind_at
from tilewizard.rules.findings import Finding
from tilewizard.session.report import Report
from tilewizard.session.session import Session

from ..gate import gate_of
from .columns import Column
from .descendants import descendants_of
from .faults import Faults, marked, told
from .field import Answered
from .file_facts import FileFacts
from .grid import Grid
from .path_input import ChooseFile, PathInput, shown_path

MANY = 12
"""Entries above which they are a table."""


class _Entry(Vertical):
    DEFAULT_CSS = "_Entry { height: auto; } _Entry FileFacts { padding-left: 2; }"

    def __init__(self, question: Question, at: int, name: str, value: str) -> None:
        super().__init__()
        self.question = question
        self.at = at
        self._start = (name, value)
        self._shown = (name, shown_path(value) if question.ask.kind == Kind.FILES else value)

    def compose(self) -> ComposeResult:
        name, value = self._start
        files = self.question.ask.kind == Kind.FILES
        first = _("short name, else the file's") if files else _("number")
        with Horizontal(classes="entry"):
            yield Input(name, placeholder=first, compact=True, classes="entry-name", select_on_focus=False)
            if files:
                kind = kind_at(self.question.path)
                path = PathInput(shown_path(value), self.question.ask.endings, _("another file"), kind)
                yield path
                yield ChooseFile(path)
            else:
                yield Input(value, placeholder="https://…", compact=True, select_on_focus=False)
        if files:
            yield FileFacts(kind_at(self.question.path), lines=4)

    def look(self) -> None:
        """Say what is in the file."""
        for facts in descendants_of(self, FileFacts):
            facts.look(self.pair[1])

    @property
    def pair(self) -> tuple[str, str]:
        """Name and value; a file without a name goes by its own."""
        name, value = self.query(Input)
        if (name.value, value.value) == self._shown:
            return self._start
        if isinstance(value, PathInput):
            full = value.full_path
            return name.value.strip() or (snake(Path(full).stem) if full else ""), full
        return name.value.strip(), value.value.strip()


def _entry_of(node: DOMNode) -> _Entry | None:
    """The entry that a widget is part of."""
    return next((each for each in node.ancestors if isinstance(each, _Entry)), None)


class Entries(Vertical):
    """The entries of one question of texts or files by name. Posts :class:`Answered` with all of them.

    Few have a line each. Many are a table, and the chosen one has its line below it.
    """

    DEFAULT_CSS = ".entries-chosen { height: auto; margin: 1 0; }"
    SCOPED_CSS = False

    def __init__(self, question: Question, session: Session) -> None:
        super().__init__(classes="entries")
        self.question = question
        self.session = session
        self.findings: list[Finding] = []
        self.said: list[str] = []
        self._fault = Faults()
        self._pairs: list[tuple[str, str]] = []
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """Title, help, a line for each entry and an empty one."""
        yield Label(self.question.ask.title, classes="rows-title", markup=False)
        yield Static(self.question.ask.help, classes="rows-help", markup=False)
        self._pairs = [*self._entries().items(), ("", "")]
        count = len(self._pairs) - 1
        if count > MANY:
            self._chosen = min(self._chosen, count - 1)
            yield Grid([Column("Name", 40, True), Column("Value", 100, True)], self._cells)
            with Vertical(classes="entries-chosen"):
                yield self._entry(self._chosen)
            yield Static(_("Add another:"), classes="rows-help", markup=False)
        else:
            yield from (self._entry(at) for at in range(count))
        yield self._entry(count)
        self._fault = Faults()  # Made anew each time: what was taken off the screen doesn't come back.
        yield self._fault

    def on_mount(self) -> None:
        """Show the table."""
        self._fill_grid()

    def _fill_grid(self) -> None:
        for grid in self.query(Grid):
            grid.fill(len(self._pairs) - 1, self._chosen)

    def _entry(self, at: int) -> _Entry:
        return _Entry(self.question, at, *self._pairs[at])

    def _cells(self, at: int) -> tuple[str, str]:
        name, value = self._pairs[at]
        return name, shown_path(value) if self.question.ask.kind == Kind.FILES else value

    def _named(self) -> dict[str, str]:
        return {name: value for name, value in self._pairs if name and value}

    def _entries(self) -> dict[str, str]:
        return value_at(self.session.answers, self.question.path, {}) or {}

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take all entries; open a new line when the last one is used."""
        event.stop()
        entry = _entry_of(event.input)
        if entry is None:
            return
        if isinstance(event.input, PathInput):
            entry.look()
        if entry.at == len(self._pairs) - 1 and any(each.value for each in entry.query(Input)):
            self._pairs.append(("", ""))
            self.mount(self._entry(entry.at + 1), after=entry)
        pair = entry.pair
        if pair == self._pairs[entry.at]:
            return  # An input says so too when it is first shown.
        self._pairs[entry.at] = pair
        for grid in self.query(Grid):
            if entry.at < grid.count:
                grid.measure(entry.at)
                grid.refresh()
        found = self._named()
        if found != self._entries():
            self.session.set(self.question.path, found)
            self.post_message(Answered(self.question.path, found))

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Show the line of another entry, before anything but a further movement is let through."""
        event.stop()
        self._chosen = event.row
        gate_of(self).owe(self, self._show_chosen)

    async def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """On to the entry's line."""
        event.stop()
        self._chosen = event.row
        gate_of(self).pay(self)
        await self._show_chosen()
        self.query_one(".entries-chosen", Vertical).query(Input).first().focus()

    async def _show_chosen(self) -> None:
        place = self.query_one(".entries-chosen", Vertical)
        if [entry.at for entry in descendants_of(place, _Entry)] != [self._chosen]:
            async with self.batch():
                await place.remove_children()
                await place.mount(self._entry(self._chosen))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what is in the file of the line, and tell the screen, for the context pane."""
        from .field import Field

        entry = _entry_of(event.widget)
        if entry is not None and isinstance(event.widget, Input):
            entry.look()
        self.post_message(Field.Focused(self))

    async def fill(self) -> None:
        """Show the entries anew."""
        if self._named() != self._entries():
            gate_of(self).pay(self)
            await self.recompose()
            self._fill_grid()

    def show(self, report: Report, visible: bool, *, open_only: bool = False) -> None:
        """Show what is wrong with any of them; where nobody has come to them yet, a mark at the title."""
        self.findings = report.at(self.question.path) if visible else []
        self.said = [told(finding, "" if open_only else finding.file, open_only) for finding in self.findings]
        for title in self.query(".rows-title").results(Label):
            title.update(marked(self.question.ask.title, self.findings if open_only else []))
        self._fault.say([] if open_only else self.said)
