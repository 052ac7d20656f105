"""Texts or files by name: a line each, and one more to add another."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static
from tilewizard.answers.declaring import Kind
from tilewizard.answers.paths import value_at
from tilewizard.answers.questions import Question
from tilewizard.field.names import snake
from tilewizard.preview.picked import kind_at
from tilewizard.session.session import Report, Session

from .faults import Faults, told
from .field import Answered
from .file_facts import FileFacts
from .path_input import ChooseFile, PathInput, shown_path
from .within import all_of


class _Entry(Vertical):
    DEFAULT_CSS = "_Entry { height: auto; } _Entry FileFacts { padding-left: 2; }"

    def __init__(self, question: Question, name: str, value: str) -> None:
        super().__init__()
        self.question = question
        self._start = (name, value)
        self._shown = (name, shown_path(value) if question.ask.kind == Kind.FILES else value)

    def compose(self) -> ComposeResult:
        name, value = self._start
        files = self.question.ask.kind == Kind.FILES
        first = "short name, from the file's if empty" if files else "number"
        with Horizontal(classes="entry"):
            yield Input(name, placeholder=first, compact=True, classes="entry-name", select_on_focus=False)
            if files:
                kind = kind_at(self.question.path)
                path = PathInput(shown_path(value), self.question.ask.endings, "path of a file to add", kind)
                yield path
                yield ChooseFile(path)
            else:
                yield Input(value, placeholder="https://…", compact=True, select_on_focus=False)
        if files:
            yield FileFacts(kind_at(self.question.path), lines=4)

    def look(self) -> None:
        """Say what is in the file."""
        for facts in all_of(self, FileFacts):
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


class Entries(Vertical):
    """The entries of one question of texts or files by name. Posts :class:`Answered` with all of them."""

    def __init__(self, question: Question, session: Session) -> None:
        super().__init__(classes="entries")
        self.question = question
        self.session = session
        self._fault = Faults()

    def compose(self) -> ComposeResult:
        """Title, help, a line for each entry and an empty one."""
        yield Label(self.question.ask.title, classes="rows-title", markup=False)
        yield Static(self.question.ask.help, classes="rows-help", markup=False)
        for name, value in self._entries().items():
            yield _Entry(self.question, name, value)
        yield _Entry(self.question, "", "")
        self._fault = Faults()  # Made anew each time: what was taken off the screen doesn't come back.
        yield self._fault

    def _entries(self) -> dict[str, str]:
        return value_at(self.session.answers, self.question.path, {}) or {}

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take all entries; open a new line when the last one is used."""
        event.stop()
        for entry in all_of(self, _Entry):
            if isinstance(event.input, PathInput) and entry in event.input.ancestors:
                entry.look()
        found = {name: value for name, value in (entry.pair for entry in all_of(self, _Entry)) if name and value}
        if found != self._entries():
            self.session.set(self.question.path, found)
            self.post_message(Answered(self.question.path, found))
        last = all_of(self, _Entry)[-1]
        if any(each.value for each in last.query(Input)):
            self.mount(_Entry(self.question, "", ""), after=last)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what is in the file of the line, and tell the screen, for the context pane."""
        from .field import Field

        for entry in all_of(self, _Entry):
            if isinstance(event.widget, Input) and entry in event.widget.ancestors:
                entry.look()
        self.post_message(Field.Focused(self))  # type: ignore[arg-type]

    async def fill(self) -> None:
        """Show the entries anew."""
        shown = {name: value for name, value in (entry.pair for entry in all_of(self, _Entry)) if name and value}
        if shown != self._entries():
            await self.recompose()

    def show(self, report: Report, visible: bool) -> None:
        """Show what is wrong with any of them."""
        found = report.at(self.question.path) if visible else []
        self._fault.say([told(finding, finding.file) for finding in found[:5]])
