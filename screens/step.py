"""What a step of the wizard is: a page of questions about one part of the tile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static
from tilewizard.answers.declaring import Kind
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import Path, is_given, value_at
from tilewizard.answers.questions import Question, applies, choices_of, limit_of
from tilewizard.answers.steps import StepAsked, step_asked
from tilewizard.answers.typed import as_text
from tilewizard.language import _
from tilewizard.rules.findings import Finding
from tilewizard.session.report import Report
from tilewizard.session.session import Session

from .focusing import in_view
from .widgets.descendants import descendants_of
from .widgets.entries import Entries
from .widgets.field import Field
from .widgets.rows import Rows

_ONE = {
    "listing.resources": _("link"),
    "pricing": _("plan"),
    "metrics.rows": _("metric"),
    "service_checks": _("service check"),
    "media": _("picture"),
    "changelog": _("release"),
}


class Step(VerticalScroll, can_focus=False):
    """One page. By default it asks every question that is declared for it.

    Attributes:
        slug: which of :data:`~tilewizard.answers.steps.STEPS_ASKED` it is; what that is called and asks is said there.
        words: that one.
        title: what the sidebar shows.
        intro: what it is about, a sentence or two; a page whose keys want telling has its own.
        skipped: why it is left out when it has nothing to ask, a few words.
        last: names of the questions that are asked at the end, below the others: those that fill themselves in.
    """

    slug = ""
    words: StepAsked
    title = ""
    intro = ""
    last: tuple[str, ...] = ()
    skipped = ""

    @classmethod
    def skipped_words(cls) -> str:
        """That it is skipped, and why."""
        return _("{step} is skipped: {skipped}", step=cls.title, skipped=cls.skipped)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.slug:
            cls.words = step_asked(cls.slug)
            cls.title, cls.skipped, cls.last = cls.words.title, cls.words.skipped, cls.words.last
            cls.intro = cls.intro or cls.words.intro

    def __init__(self, session: Session) -> None:
        super().__init__(classes="step")
        self.session = session
        self._seen: tuple[Widget, float] | None = None

    @classmethod
    def asked(cls, answers: Answers) -> bool:
        """Whether the step has anything to ask, from the answers so far."""
        return cls.words.asked(answers)

    def compose(self) -> ComposeResult:
        """Title, introduction, questions."""
        yield Static(self.title, classes="step-title", markup=False)
        if self.intro:
            yield Static(self.intro, classes="step-intro", markup=False)
        yield from self.compose_questions()

    def compose_questions(self) -> Iterator[Widget]:
        """The questions' widgets, in order."""
        for question in self.words.first_questions():
            yield self.widget_for(question)
        if late := self.words.last_questions():
            yield Static(_("Filled in for you — change them if you know better"), classes="step-section", markup=False)
            for question in late:
                yield self.widget_for(question)

    def widget_for(self, question: Question) -> Widget:
        """The widget that asks a question."""
        if question.columns:
            widget: Widget = Rows(question, self.session, _ONE.get(question.name, _("row")))
        elif question.ask.kind in (Kind.FILES, Kind.TEXTS):
            widget = Entries(question, self.session)
        else:
            widget = self.field(question, question.path)
        widget.display = applies(question, self.session.answers)
        return widget

    def field(self, question: Question, path: Path) -> Field:
        """A field for one answer."""
        answers = self.session.answers
        value = value_at(answers, path)
        example = _("e.g. {example}", example=question.ask.example) if question.ask.example else ""
        derived = "" if is_given(value) else as_text(self.session.derived(question))
        return Field(
            question,
            path,
            value,
            choices=choices_of(question, answers),
            suggestions=question.ask.suggestions(answers) if question.ask.suggestions else (),
            limit=limit_of(question, answers),
            placeholder=derived or example,
            keep=self.session.set,
        )

    @property
    def first_focus(self) -> Widget | None:
        """What gets the focus when the step opens."""
        for widget in self.query("Input, TextArea, Choice, Checkbox, OptionList, Grid, Button"):
            if widget.focusable and all(
                each.display for each in widget.ancestors_with_self if isinstance(each, Widget)
            ):
                return widget
        return None

    def show(self, report: Report) -> None:
        """Show a report: faults on the fields, derived values, questions that came or went."""
        focused = self.screen.focused
        seen = focused is not None and self in focused.ancestors and in_view(self.screen, focused)
        self._seen = (focused, self.scroll_y) if focused is not None and seen else None
        visible = self.slug in self.session.left or not self.session.new
        for field in descendants_of(self, Field):
            if any(isinstance(each, Rows) for each in field.ancestors):
                continue
            # The value is left alone: what is typed may be ahead of what was examined.
            field.display = applies(field.question, report.answers)
            found = self.findings_of(field, report) if self.session.shows(field.path, self.slug) else []
            field.show(found, open_only=self.session.passed_over(field.path))
            if field.question.ask.derive is not None:
                field.set_derived(value_at(report.settled, field.path))
        for table in descendants_of(self, Rows):
            table.display = applies(table.question, report.answers)
            shown = visible or self.session.shows(table.question.path, self.slug)
            table.show(report, shown, open_only=self.session.passed_over(table.question.path))
        for entries in descendants_of(self, Entries):
            entries.display = applies(entries.question, report.answers)
            shown = visible or self.session.shows(entries.question.path, self.slug)
            entries.show(report, shown, open_only=self.session.passed_over(entries.question.path))

    def watch_virtual_size(self) -> None:
        """What was told may have taken room: what had the focus and was seen then is to be seen now, unless one scrolled away."""
        if self._seen is not None and self._seen[0].has_focus and self._seen[1] == self.scroll_y:
            self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        if self._seen is not None:
            self._seen[0].scroll_visible(animate=False, immediate=True)
            self._seen = (self._seen[0], self.scroll_y)

    def findings_of(self, field: Field, report: Report) -> list[Finding]:
        """What is wrong with a field's answer."""
        return report.at(field.path)

    def fit(self) -> None:
        """Show the questions that the answers as they stand ask for: Tab and clicks meet them before a check is done."""
        answers = self.session.answers
        for field in descendants_of(self, Field):
            if not any(isinstance(each, Rows) for each in field.ancestors):
                field.display = applies(field.question, answers)
                # What stands in for a choice is what the arrow keys move from.
                if field.moves_from_derived:
                    field.set_derived(self.session.derived(field.question))
        for table in descendants_of(self, Rows):
            table.display = applies(table.question, answers)
        for entries in descendants_of(self, Entries):
            entries.display = applies(entries.question, answers)

    def commit(self) -> None:
        """Take what was typed last, whole or not."""
        for field in descendants_of(self, Field):
            field.commit()

    def show_within(self, path: Path) -> None:
        """Show what stands within an answer's file, where the step has a form for that; by default there is none.

        Args:
            path: of the answer, and further into its file.
        """

    async def leave(self) -> None:
        """Called before another step is opened."""

    async def reload(self) -> None:
        """Show the answers anew after undo, redo or an import."""
        for table in descendants_of(self, Rows):
            await table.fill()
        for entries in descendants_of(self, Entries):
            await entries.fill()
        for field in descendants_of(self, Field):
            field.set_value(value_at(self.session.answers, field.path))
