"""A table's rows: a grid to choose from, and the fields of the chosen one, or of all that are marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, Input, Label, Static
from tilewizard.answers.declaring import Kind
from tilewizard.answers.derived_values import row_uses
from tilewizard.answers.paths import Path, value_at
from tilewizard.answers.questions import Question, choices_of, limit_of
from tilewizard.answers.typed import as_text
from tilewizard.language import _
from tilewizard.rules.findings import Severity
from tilewizard.session.report import Report
from tilewizard.session.session import Session

from ..gate import gate_of
from .columns import Column
from .descendants import descendants_of
from .faults import SIGNS, Faults, marked, told
from .field import Answered, Field
from .grid import Grid
from .line import TakesLines
from .path_input import shown_path
from .tools import Tool, Tools

FILTERED = 10
"""Rows from which on there is a filter."""
SOON = 0.05
"""Seconds after which the fields of a row are shown that one has moved to."""
COLUMN_MAX = 40
"""Cells of a column that the grid draws at most."""
NAME_MAX = 80
"""Cells of the column that a row is known by."""


class Rows(TakesLines, Vertical):
    """The rows of one table question. Posts :class:`Answered` with the whole list when rows come, go or move.

    Args:
        question: the table.
        session: what is edited.
        one: what one row is called: ``plan``, ``metric``.
    """

    DEFAULT_CSS = """
    .rows-filter { height: 1; background: $boost; }
    .rows-filter:focus { background: $primary-muted; text-style: bold; }
    .rows-none { height: auto; color: $text-muted; display: none; }
    .rows-marked { height: auto; color: $text-accent; display: none; }
    """
    BINDINGS = [
        Binding("alt+up", "shift(-1)", _("Row up"), show=False),
        Binding("alt+down", "shift(1)", _("Row down"), show=False),
        Binding("escape", "unmark", _("Unmark"), show=False),
    ]

    none_yet = _("None yet: F7 adds one; cells of a spreadsheet can be pasted here.")
    """What is said while there is no row."""

    class Turned(Message):
        """Another row is the chosen one, and its fields are shown."""

    def __init__(self, question: Question, session: Session, one: str) -> None:
        super().__init__(classes="rows")
        self.question = question
        self.session = session
        self.one = one
        self.at = 0
        self.report: Report | None = None
        self.columns = [column for column in question.columns if column.ask.kind != Kind.TEXTS]
        self._signs: dict[int, Severity] = {}
        self._fault = Faults()
        self._filling: Timer | None = None

    @property
    def items(self) -> list[Any]:
        """The rows as they stand."""
        return value_at(self.session.answers, self.question.path, []) or []

    @property
    def grid(self) -> Grid:
        """The table itself."""
        return self.query_one(Grid)

    def compose(self) -> ComposeResult:
        """Title and buttons, the grid, the form."""
        with Tools(classes="rows-head"):
            yield Label(self.question.ask.title, classes="rows-title", markup=False)
            yield Tool(_("Add a {one} (F7)", one=self.one), _("Add (F7)"), id="add")
            yield from self.compose_tools()
            remove = Tool(_("Remove (F8)"), _("Remove (F8)"), id="remove")
            remove.can_focus = False
            yield remove
        yield Static(self.question.ask.help, classes="rows-help", markup=False)
        words = _("filter: words, or “error”, “warning”")
        yield Input(placeholder=words, classes="rows-filter", compact=True, select_on_focus=False)
        yield Grid(list(self._drawn()), self._cells, self._sign)
        yield Static(self.none_yet, classes="rows-none", markup=False)
        yield Static("", classes="rows-marked", markup=False)
        yield Vertical(classes="rows-form")
        yield self._fault

    def _drawn(self) -> Iterator[Column]:
        first = next((column for column in self.columns if column.ask.required), None)
        for column in self.columns:
            names = column is first and column.ask.kind == Kind.TEXT
            yield Column(column.ask.title, NAME_MAX if names else COLUMN_MAX, column.ask.required, names)

    def compose_tools(self) -> ComposeResult:
        """Further buttons of a table of a certain kind."""
        yield from ()

    async def on_mount(self) -> None:
        """Show what is there."""
        await self.fill()

    async def fill(self) -> None:
        """Show the rows anew: the grid, and the form of the chosen one."""
        self._not_filling()
        items = self.items
        self.at = max(0, min(self.at, len(items) - 1))
        self.grid.display = len(items) > 1
        self.query_one(".rows-filter", Input).display = len(items) >= FILTERED
        self.grid.fill(len(items), self.at)
        self.query_one("#remove", Button).disabled = not items
        self.query_one(".rows-none", Static).display = not items
        # With rows the keys do: Tab goes from field to field. Without any the button is the way in.
        self.query_one("#add", Button).can_focus = not items
        await self._fill_form()

    def _not_filling(self) -> None:
        """Another row is shown now: the one that was moved to is not wanted any more."""
        gate_of(self).pay(self)
        if self._filling is not None:
            self._filling.stop()
            self._filling = None

    async def _fill_form(self) -> None:
        form = self.query_one(".rows-form", Vertical)
        async with self.batch():
            await form.remove_children()
            if self.items:
                await form.mount_all(self._fields())
        self._fit_columns()

    def _cells(self, index: int) -> list[str]:
        items = self.items
        if index >= len(items):
            return []
        row = items[index]
        return [_shown(c, getattr(row, c.path[0])) if row_uses(row, c) else "" for c in self.columns]

    def _sign(self, index: int) -> tuple[str, str]:
        severity = self._signs.get(index)
        return (SIGNS[severity], severity.value) if severity is not None else (" ", "")

    def _fields(self) -> list[Field]:
        row, answers = self.items[self.at], self.session.answers
        made = []
        for column in self.columns:
            name = column.path[0]
            choices = choices_of(column, answers)
            made.append(
                Field(
                    column,
                    (*self.question.path, self.at, name),
                    getattr(row, name),
                    choices=choices,
                    limit=limit_of(column, answers),
                    placeholder=column.ask.example and _("e.g. {example}", example=column.ask.example),
                    keep=self._keep,
                )
            )
        return made

    def _keep(self, path: Path, value: Any) -> None:
        """Take an answer: for the chosen row, or for all that are marked when it is one of them."""
        marked = self.grid.marked
        if self.at not in marked or len(marked) < 2:
            self.session.set(path, value)
            return
        change = {str(path[-1]): value}
        items = [row.model_copy(update=change) if at in marked else row for at, row in enumerate(self.items)]
        self.session.set(self.question.path, items)

    def _fit_columns(self) -> None:
        if not self.items:
            return
        row = self.items[self.at]
        for field in descendants_of(self, Field):
            field.display = row_uses(row, field.question)
            if field.question.ask.derive is not None:
                field.set_derived(field.question.ask.derive(self.session.answers))

    def refresh_row(self) -> None:
        """Show the row anew after its answers changed: its line, its columns."""
        if self.at < len(self.items):
            self.grid.measure(self.at)
        self.grid.refresh()
        self._fit_columns()

    def show(self, report: Report, visible: bool, *, open_only: bool = False) -> None:
        """Show what is wrong: on the fields of the chosen row, as signs in the list, and with the table as a whole.

        Args:
            report: what was found.
            visible: whether it is shown yet.
            open_only: whether nobody has come to the table yet: a mark at its title is enough then.
        """
        self.report = report if visible else None
        if self._fault.parent is None:
            return  # It is on its way in or out.
        self._signs = self._severities()
        self.grid.refresh()
        for field in descendants_of(self, Field):
            shown = visible or self.session.shows(field.path, self.question.step)
            found = report.exactly_at(field.path) if shown else []
            field.show(found, open_only=self.session.passed_over(field.path))
        own = report.exactly_at(self.question.path) if visible else []
        if self.items and visible:
            own = own + report.exactly_at((*self.question.path, self.at))
        self.query_one(".rows-title", Label).update(marked(self.question.ask.title, own if open_only else []))
        self._fault.say([] if open_only else [told(finding) for finding in own])

    def _severities(self) -> dict[int, Severity]:
        """The worst finding of each row that has one."""
        size = len(self.question.path)
        worst: dict[int, Severity] = {}
        for path, found in self.report.by_path.items() if self.report is not None else ():
            row = path[size] if len(path) > size and path[:size] == self.question.path else None
            if isinstance(row, int):
                severity = min((each.severity for each in found), key=lambda each: each.rank)
                known = worst.get(row)
                worst[row] = severity if known is None or severity.rank < known.rank else known
        return worst

    # -- acting

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Show the fields of another row, once one stops moving."""
        event.stop()
        self.at = event.row
        if self._filling is not None:
            self._filling.stop()
        self._filling = self.set_timer(SOON, self._fill_row)
        gate_of(self).owe(self, self._fill_row)  # Whatever comes but another movement meets the row's own fields.

    async def _fill_row(self) -> None:
        gate_of(self).pay(self)
        if self._filling is None:
            return
        self._filling.stop()
        self._filling = None
        await self._fill_form()
        self.post_message(self.Turned())
        if self.report is not None:
            self.show(self.report, True)

    async def on_grid_chosen(self, event: Grid.Chosen) -> None:
        """On to the row's fields."""
        event.stop()
        marked = self.grid.marked
        # Marking goes on to the next row: who then turns to the fields means those that are marked.
        self.at = min(marked, key=lambda row: abs(row - event.row)) if len(marked) > 1 else event.row
        if self.at != event.row:
            self.grid.show_row(self.at)
        self._not_filling()
        await self._fill_form()
        fields = [field for field in descendants_of(self, Field) if field.display]
        if fields:
            fields[0].focus()

    def on_grid_marked(self, event: Grid.Marked) -> None:
        """Say what marks mean."""
        event.stop()
        count = len(self.grid.marked)
        told = self.query_one(".rows-marked", Static)
        told.display = count > 1
        told.update(
            _(
                "{count} rows marked: Enter, and what you change below changes in all of them; F8 removes them; "
                "Escape unmarks",
                count=count,
            )
        )

    def action_unmark(self) -> None:
        """No row is marked."""
        self.grid.unmark()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows that hold the words."""
        if event.input.has_class("rows-filter"):
            event.stop()
            self.grid.filtered(event.value)
            if self.grid.row is not None and self.grid.row != self.at:
                self.on_grid_moved(Grid.Moved(self.grid, self.grid.row))

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Add or remove."""
        event.stop()
        if event.button.id in ("add", "remove"):
            await (self.action_add() if event.button.id == "add" else self.action_remove())

    async def action_add(self) -> None:
        """A row more, below the chosen one; its first field that is not filled in already gets the focus."""
        assert self.question.row is not None
        place = self.at + 1 if self.items else 0
        await self._replace([*self.items[:place], self.question.row(), *self.items[place:]], place)
        fields = [field for field in descendants_of(self, Field) if field.display]
        if fields:
            next((field for field in fields if field.is_open), fields[0]).focus()

    def takes(self, text: str) -> bool:
        """Lines of cells and several files are rows, whichever field they are pasted into."""
        from tilewizard.asking.pasted_rows import are_rows

        return are_rows(self.question, text)

    async def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted on the table, not into a line of it."""
        if event.text.strip():
            event.stop()
            await self.take_pasted(event.text)

    async def take_pasted(self, text: str) -> None:
        """Cells, lines and dropped files are rows, below the chosen one."""
        from tilewizard.asking.pasted_rows import rows_pasted

        assert self.question.row is not None
        pasted = rows_pasted(self.question, text, self.session.answers)
        rows, place = pasted.rows, min(self.at + 1, len(self.items))
        if not rows:
            return
        above, below = self.items[:place], self.items[place:]
        if above and above[-1] == self.question.row():
            above.pop()  # It was added for what is pasted now.
        await self._replace([*above, *rows, *below], len(above))
        told = _("{count} rows are added", count=len(rows)) if len(rows) > 1 else _("A row is added")
        unasked = _(" No field asks for: {left_out}.", left_out=", ".join(pasted.left_out)) if pasted.left_out else ""
        self.notify(_("{told}; Ctrl+Z takes that back.{unasked}", told=told, unasked=unasked), markup=False)
        shown = [each for each in descendants_of(self, Field) if each.display]
        (self.grid if self.grid.display else shown[0]).focus()

    async def action_remove(self) -> None:
        """Without the chosen row, or those that are marked; undo brings them back."""
        gone = self.grid.marked or {self.at}
        if self.items:
            self.grid.unmark()
            await self._replace([row for index, row in enumerate(self.items) if index not in gone], min(gone))

    async def action_shift(self, step: int) -> None:
        """The chosen row one place up or down."""
        items, other = list(self.items), self.at + step
        if 0 <= other < len(items):
            items[self.at], items[other] = items[other], items[self.at]
            await self._replace(items, other)

    async def _replace(self, items: list[Any], at: int) -> None:
        self.session.set(self.question.path, items, alone=True)
        self.at = at
        await self.fill()
        self.post_message(Answered(self.question.path, items))


def _shown(column: Question, value: Any) -> str:
    return shown_path(value or "") if column.ask.kind == Kind.FILE else as_text(value)
