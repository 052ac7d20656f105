"""What is copied: the value of whatever has the focus."""

from __future__ import annotations

from dataclasses import dataclass

from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea
from tilewizard.answers.declaring import Kind
from tilewizard.answers.paths import value_at
from tilewizard.answers.typed import as_text
from tilewizard.language import _
from tilewizard.session.session import Session

from .widgets.field import Field
from .widgets.grid import Grid
from .widgets.rows import Rows


@dataclass(frozen=True)
class Copied:
    """A value and what it is the value of."""

    label: str
    text: str


def value_at_focus(focused: Widget | None, session: Session) -> Copied | None:
    """The value of a question, the cells of a row parted by tabs, a line, the choice of a list; None for anything else."""
    around = [each for each in focused.ancestors_with_self if isinstance(each, Widget)] if focused is not None else []
    for each in around:
        if isinstance(each, Field):
            return _answer(each, session)
        if isinstance(each, Rows) and isinstance(focused, Grid) and each.items:
            row = value_at(session.settled(), each.question.path)[each.at]
            cells = (as_text(getattr(row, column.path[0])) for column in each.columns)
            return Copied(_("row {at}", at=each.at + 1), "\t".join(cells))
    if isinstance(focused, Input):
        return Copied(_("the line"), focused.value)
    if isinstance(focused, TextArea):
        return Copied(_("the text"), focused.text)
    option = focused.highlighted_option if isinstance(focused, OptionList) else None
    return Copied(_("the line"), str(option.prompt).strip()) if option is not None else None


def _answer(field: Field, session: Session) -> Copied:
    """An answer whole, or what stands in for it."""
    value = value_at(session.settled(), field.path)
    listed = field.question.ask.kind == Kind.LIST and isinstance(value, list)
    text = "\n".join(map(str, value)) if listed else as_text(value)
    return Copied(field.question.ask.title.removeprefix("## "), text)
