"""A table's rows: a list to choose one from, and the fields of the chosen one."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.answers.declaring import Kind
from tilewizard.answers.paths import value_at
from tilewizard.answers.questions import Question, choices_of, limit_of
from tilewizard.answers.settling import row_uses
from tilewizard.session import Report, Session

from .field import SIGNS, Answered, Field, as_text

LISTED = 6
"""Lines of the list at most."""


class Rows(Vertical):
    """The rows of one table question. Posts :class:`Answered` with the whole list when rows come, go or move.

    Args:
        question: the table.
        session: what is edited.
        one: what one row is called: ``plan``, ``metric``.
    """

    BINDINGS = [
        Binding("alt+up", "shift(-1)", "Row up", show=False),
        Binding("alt+down", "shift(1)", "Row down", show=False),
    ]

    def __init__(self, question: Question, session: Session, one: str) -> None:
        super().__init__(classes="rows")
        self.question = question
        self.session = session
        self.one = one
        self.at = 0
        self.report: Report | None = None

    @property
    def items(self) -> list[Any]:
        """The rows as they stand."""
        return value_at(self.session.answers, self.question.path, []) or []

    def compose(self) -> ComposeResult:
        """Title and buttons, the list, the form."""
        with Horizontal(classes="rows-head"):
            yield Label(self.question.ask.title, classes="rows-title", markup=False)
            yield Button(f"Add a {self.one} (F7)", id="add", compact=True)
            remove = Button("Remove (F8)", id="remove", compact=True)
            remove.can_focus = False
            yield remove
        yield Static(self.question.ask.help, classes="rows-help", markup=False)
        rows = OptionList(compact=True, markup=False, classes="rows-list")
        yield rows
        yield Vertical(classes="rows-form")
        yield Static("", classes="field-fault", markup=False)

    async def on_mount(self) -> None:
        """Show what is there."""
        await self.fill()

    async def fill(self) -> None:
        """Show the rows anew: the list, and the form of the chosen one."""
        self.at = max(0, min(self.at, len(self.items) - 1))
        self._list_rows()
        self.query_one("#remove", Button).disabled = not self.items
        # With rows the keys do: Tab goes from field to field. Without any the button is the way in.
        self.query_one("#add", Button).can_focus = not self.items
        form = self.query_one(".rows-form", Vertical)
        await form.remove_children()
        if self.items:
            await form.mount_all(self._fields())
        self._fit_columns()

    def _list_rows(self) -> None:
        options = self.query_one(OptionList)
        with self.prevent(OptionList.OptionHighlighted):
            options.clear_options()
            options.add_options(Option(self._line(index, row)) for index, row in enumerate(self.items))
            options.display = len(self.items) > 1
            options.styles.height = min(LISTED, max(1, len(self.items)))
            if self.items:
                options.highlighted = self.at

    def _line(self, index: int, row: Any) -> str:
        cells = [
            as_text(getattr(row, column.path[0]) or "") for column in self.question.columns if row_uses(row, column)
        ]
        text = " · ".join(cell.replace("\n", " ")[:40] for cell in cells if cell) or f"(empty {self.one})"
        found = self.report.at((*self.question.path, index)) if self.report else []
        sign = SIGNS[found[0].severity] if found else " "
        return f"{sign} {index + 1:>3}  {text}"

    def _fields(self) -> list[Field]:
        row, answers = self.items[self.at], self.session.answers
        made = []
        for column in self.question.columns:
            if column.ask.kind == Kind.TEXTS:  # Kept as it is: there is no widget for a table in a table.
                continue
            name = column.path[0]
            choices = choices_of(column, answers)
            made.append(
                Field(
                    column,
                    (*self.question.path, self.at, name),
                    getattr(row, name),
                    choices=choices,
                    limit=limit_of(column, answers),
                    placeholder=column.ask.example and f"e.g. {column.ask.example}",
                    keep=self.session.set,
                )
            )
        return made

    def _fit_columns(self) -> None:
        if not self.items:
            return
        row = self.items[self.at]
        for field in self.query(Field):
            field.display = row_uses(row, field.question)
            if field.question.ask.derive is not None:
                field.set_derived(field.question.ask.derive(self.session.answers))

    def refresh_row(self) -> None:
        """Show the row anew after its answers changed: its line, its columns."""
        options = self.query_one(OptionList)
        if self.items and options.option_count == len(self.items):
            options.replace_option_prompt_at_index(self.at, self._line(self.at, self.items[self.at]))
        self._fit_columns()

    def show(self, report: Report, visible: bool) -> None:
        """Show what is wrong: on the fields of the chosen row, as signs in the list, and with the table as a whole."""
        self.report = report if visible else None
        if not self.query(OptionList) or not self.query(".field-fault"):
            return  # It is on its way in or out.
        for field in self.query(Field):
            shown = visible or self.session.shows(field.path, self.question.step)
            field.show(report.exactly_at(field.path) if shown else [])
        own = report.exactly_at(self.question.path) if visible else []
        if self.items and visible:
            own = own + report.exactly_at((*self.question.path, self.at))
        fault = self.query(".field-fault").last(Static)
        fault.update("\n".join(f"{SIGNS[f.severity]} {f.message} — {f.hint}" for f in own[:3]))
        fault.display = bool(own)
        if self.query_one(OptionList).option_count == len(self.items) <= 200:
            for index, row in enumerate(self.items):
                self.query_one(OptionList).replace_option_prompt_at_index(index, self._line(index, row))

    # -- acting

    async def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the fields of another row."""
        event.stop()
        if event.option_index != self.at and event.option_list.has_focus:
            self.at = event.option_index
            await self.fill()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Add or remove."""
        event.stop()
        self.run_worker(self.action_add() if event.button.id == "add" else self.action_remove())

    async def action_add(self) -> None:
        """A row more, below the chosen one; its first field gets the focus."""
        assert self.question.row is not None
        place = self.at + 1 if self.items else 0
        await self._replace([*self.items[:place], self.question.row(), *self.items[place:]], place)
        fields = self.query(Field)
        if fields:
            fields.first().focus()

    async def action_remove(self) -> None:
        """Without the chosen row; undo brings it back."""
        if self.items:
            await self._replace([row for index, row in enumerate(self.items) if index != self.at], self.at)

    async def action_shift(self, step: int) -> None:
        """The chosen row one place up or down."""
        items, other = list(self.items), self.at + step
        if 0 <= other < len(items):
            items[self.at], items[other] = items[other], items[self.at]
            await self._replace(items, other)

    async def _replace(self, items: list[Any], at: int) -> None:
        self.session.set(self.question.path, items)
        self.at = at
        await self.fill()
        self.post_message(Answered(self.question.path, items))
