"""A monitor in a form: what it watches, when it alerts, what is sent. The rules speak at each field as one types."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from tilewizard.answers.monitor_form import monitor_questions
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.questions import Question, choices_of, limit_of
from tilewizard.authoring.monitor_file import MonitorFile
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.rules.findings import Finding
from tilewizard.session.assets import Asset
from tilewizard.session.kept_draft import KeptDraft
from tilewizard.session.monitor_desk import MonitorDesk

from .focusing import bring_into_view
from .gate import gate_of
from .monitor_words import SECTIONS, VariableScreen, query_of
from .text_history import TextHistory
from .widgets.context import Context
from .widgets.descendants import descendants_of
from .widgets.faults import Faults, told
from .widgets.field import Answered, Field
from .widgets.keys import Keys

STEP = "dashboards"
"""The step that the form is opened from, and gone on with when the draft is."""


class MonitorScreen(Screen[Asset | None]):
    """Edits one monitor. Gives the asset where something was changed, else None.

    Args:
        desk: the monitor.
        kept: where what is typed is kept.
        field: the field to begin with.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (112, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    DEFAULT_CSS = """
    MonitorScreen #monitor-head { height: 1; background: $primary; color: $text; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    MonitorScreen #monitor-query { height: auto; max-height: 2; color: $text-muted; padding: 0 1; }
    MonitorScreen #monitor-body { height: 1fr; }
    MonitorScreen #monitor-fields { width: 1fr; height: 1fr; padding: 0 1; }
    MonitorScreen #monitor-aside { width: 40; height: 1fr; padding: 0 1; border-left: solid $primary-muted; display: none; }
    MonitorScreen.-wide #monitor-aside { display: block; }
    MonitorScreen #monitor-help { height: 2; padding: 0 1; background: $boost; color: $text-muted; }
    MonitorScreen.-wide #monitor-help { display: none; }
    MonitorScreen #monitor-others { height: auto; padding: 0 1; }
    """
    BINDINGS = [
        Binding("f2", "variable", _("Variable"), priority=True),
        Binding("f4", "parts", _("Query as text"), priority=True),
        Binding("f9", "take", _("Take"), priority=True),
        Binding("ctrl+z", "undo", _("Undo"), priority=True),
        Binding("ctrl+y", "redo", _("Redo"), priority=True, show=False),
        Binding("escape,ctrl+q", "done", _("Done"), key_display="Esc", priority=True),
    ]

    def __init__(self, desk: MonitorDesk, kept: KeptDraft, field: str = "") -> None:
        super().__init__()
        self.desk = desk
        self._kept = kept
        self._first = field or "title"
        self._slot = secrets.token_hex(4)
        self._history = TextHistory(desk.start)
        self._others = Faults()
        self._refused = False

    @property
    def file(self) -> MonitorFile:
        """The monitor as it stands."""
        return self._history.texts

    # -- making

    def compose(self) -> ComposeResult:
        """What is edited, its query, the fields, beside or below them what the one with the focus is."""
        yield Static("", id="monitor-head", markup=False)
        yield Static("", id="monitor-query", markup=False)
        with Horizontal(id="monitor-body"):
            with VerticalScroll(id="monitor-fields", can_focus=False):
                yield from self._fields()
            with Vertical(id="monitor-aside"):
                yield Context("monitor-context")
        with Vertical(id="monitor-others"):
            yield self._others
        yield Static("", id="monitor-help", markup=False)
        yield Keys(("variable", "parts"), show_command_palette=False)

    def _fields(self) -> Iterator[Widget]:
        for question in monitor_questions():
            name = question.path[-1]
            if name in SECTIONS:
                yield Static(SECTIONS[name], classes="step-section", markup=False)
            yield self._field(question, name)

    def _field(self, question: Question, name: str) -> Field:
        ask, answers = question.ask, self.desk.answers
        field = Field(
            question,
            question.path,
            getattr(self.file.values, name),
            choices=choices_of(question, answers),
            suggestions=ask.suggestions(answers) if ask.suggestions else (),
            limit=limit_of(question, answers),
            placeholder=_("e.g. {example}", example=ask.example) if ask.example and "\n" not in ask.example else "",
            keep=self._answered,
        )
        field.id = f"field-{name}"
        field.display = self.file.asks(name)
        return field

    def on_mount(self) -> None:
        """Check it; begin with its title, or the first field that it has."""
        self._show()
        self._owe()
        fields = [each for each in descendants_of(self, Field) if each.display]
        first = next((each for each in fields if each.path[-1] == self._first), fields[0])
        self.call_after_refresh(first.focus)

    # -- answering

    def _answered(self, path: AnswerPath, value: Any) -> None:
        name = str(path[-1])
        try:
            after = self.file.with_value(name, value, self.desk.answers)
        except TilewizardError as error:
            self._tell(error.render(), wrong=True)
            return
        if self._history.typed(after, name):
            self._changed()

    def on_answered(self, event: Answered) -> None:
        """It has been taken already."""
        event.stop()

    def _changed(self) -> None:
        """Show what another answer changed, check it, and keep it while one goes on."""
        self._show()
        self._owe()
        file = self.file
        name = self.desk.asset_for(file).path.rpartition("/")[2]
        data = file.text.encode("utf-8", "surrogateescape")
        self._kept.keep_typed(self._slot, lambda keep: self.desk.with_file(file, keep(name, data)), STEP)

    def _owe(self) -> None:
        gate_of(self).owe(self, self._check)

    async def _check(self) -> None:
        gate_of(self).pay(self)
        found = self.desk.findings(self.file)
        for field in descendants_of(self, Field):
            field.show(found.get(str(field.path[-1]), []) if field.display else [])
        self._say_others([finding for name, each in found.items() if not name for finding in each])
        self.query_one(Context).keep_up(self.desk.session)

    def _say_others(self, findings: list[Finding]) -> None:
        self._others.say([told(finding) for finding in findings])

    # -- showing

    def _show(self) -> None:
        file = self.file
        for field in descendants_of(self, Field):
            name = str(field.path[-1])
            field.display = file.asks(name)
            field.set_value(getattr(file.values, name))
        for name, section in zip(SECTIONS, self.query(".step-section"), strict=True):
            section.display = name != "metric" or any(file.asks(each) for each in ("metric", "expression", "query"))
        kind = f" · {file.type}" if file.type else ""
        title = file.values.title or file.values.name
        what = _("New monitor") if self.desk.asset is None else "Monitor"
        self.query_one("#monitor-head", Static).update(visible(f" {what}: {title}{kind}"))
        query = "" if file.parts is None else " ".join(file.values.query.split())
        self.query_one("#monitor-query", Static).update(visible(query))

    def on_field_focused(self, event: Field.Focused) -> None:
        """Explain the field that has the focus."""
        event.stop()
        ask = event.asker.question.ask
        self.query_one("#monitor-help", Static).update(visible(ask.help))
        self.query_one(Context).explain(event.asker, self.desk.session)

    def _tell(self, words: str, *, wrong: bool = False) -> None:
        self.app.clear_notifications()
        self.notify(words, severity="error" if wrong else "information", timeout=8 if wrong else 3, markup=False)

    # -- what keys do

    def action_undo(self) -> None:
        """Take the last change back, and show it."""
        self._turn(self._history.undo, _("Nothing to undo here."))

    def action_redo(self) -> None:
        """Make it again, and show it."""
        self._turn(self._history.redo, _("Nothing to redo here."))

    def _turn(self, go: Any, otherwise: str) -> None:
        before = self.file
        if not go():
            self._tell(otherwise)
            return
        self._changed()
        old, new = before.values, self.file.values
        shown = [each for each in descendants_of(self, Field) if each.display]
        for field in shown:
            name = str(field.path[-1])
            if (getattr(old, name) != getattr(new, name) and name != "query") or (
                name == "query" and before.parts is not None
            ):
                self.set_focus(field.target, scroll_visible=False)
                bring_into_view(field)
                return

    def action_parts(self) -> None:
        """The query as one text, or in its parts again."""
        apart = self.file.parts is not None
        after = self.file.in_parts(not apart)
        if not apart and after.parts is None:
            self._tell(_("This query has other parts than the form: it is kept as the text that it is."))
            return
        self._history.take(after)
        self._changed()
        name = next(each for each in ("query", "metric", "expression") if after.asks(each))
        field = self.query_one(f"#field-{name}", Field)
        self.call_after_refresh(field.focus)

    def action_variable(self) -> None:
        """Put a variable in where one types: into the message, or into the subject."""
        self.app.push_screen(VariableScreen(query_of(self.file)), self._put)

    def _put(self, text: str | None) -> None:
        if text is None or not self.is_mounted:
            return
        subject = self.query_one("#field-name", Field)
        if subject.has_focus_within and isinstance(subject.control, Input):
            subject.control.insert_text_at_cursor(text.replace("\n", ""))
            return
        field = self.query_one("#field-message", Field)
        area = field.control
        assert isinstance(area, TextArea)
        if not field.has_focus_within:
            area.move_cursor(area.document.end)
            field.focus()
        first, line_break, __ = text.partition("\n")
        at = area.cursor_location
        area.insert(text)
        if line_break:
            area.move_cursor((at[0], at[1] + len(first)))

    def commit(self) -> None:
        """Take what was typed last."""
        for field in descendants_of(self, Field):
            field.commit()

    def action_take(self) -> None:
        """Done; a new monitor is taken as it was made, too."""
        self._leave(as_made=True)

    def action_done(self) -> None:
        """Done; of a new monitor nothing is left where nothing was changed."""
        self._leave(as_made=False)

    def _leave(self, *, as_made: bool) -> None:
        self.commit()
        try:
            asset = self.desk.keep(self.file, self._kept.keep_file, as_made=as_made)
        except TilewizardError as error:
            self.app.notify(
                error.render(), title=_("The monitor was not kept"), severity="error", timeout=20, markup=False
            )
            if not (self._refused or self.desk.session.example):
                self._refused = True  # Whoever wants out all the same gets out.
                return
            asset = None
        self._kept.keep(STEP)  # What was typed stands in the answers now, or was taken back.
        self.dismiss(asset)
