"""One question on the screen: its label, its control, what is wrong with the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Label, TextArea
from tilewizard.answers.declaring import Kind
from tilewizard.answers.notes import NOTES
from tilewizard.answers.paths import Path, is_given
from tilewizard.answers.questions import Question
from tilewizard.answers.typed import NUMBERS, as_text, items_of, number
from tilewizard.language import _
from tilewizard.preview.picked_file import kind_at
from tilewizard.rules.findings import Finding, Severity

from .choice import Choice
from .choices import Choices
from .descendants import descendants_of
from .faults import Asker, Faults, marked, told
from .file_facts import FileFacts
from .line import Line
from .path_input import ChooseFile, PathInput, shown_path
from .tick_box import TickBox

PICTURES = {"image": (36, 9), "logo": (24, 6), "logo_dark": (24, 6)}
"""Cells across and down that a picture takes below its field, by the kind of the file."""


class Answered(Message):
    """A question was answered, and the session has it: the path of the answer and its new value."""

    def __init__(self, path: Path, value: Any) -> None:
        super().__init__()
        self.path = path
        self.value = value


class Field(Vertical):
    """A labelled control for one question. Posts :class:`Answered`; shows what :meth:`show` is given.

    Args:
        question: what is asked.
        path: where in the answers; for a table's cell the row is part of it.
        value: the answer as it stands.
        choices: the closed list, for a choice.
        suggestions: likely values.
        placeholder: what stands in, or an example.
        keep: takes the answer at once, before anybody is told of it.
    """

    class Focused(Message):
        """What asks a question got the focus."""

        def __init__(self, asker: Asker) -> None:
            super().__init__()
            self.asker = asker

    def __init__(
        self,
        question: Question,
        path: Path,
        value: Any,
        *,
        choices: tuple[str, ...] = (),
        suggestions: tuple[str, ...] = (),
        limit: int | None = None,
        placeholder: str = "",
        keep: Callable[[Path, Any], object] = lambda *_: None,
    ) -> None:
        super().__init__(classes="field")
        self.keep = keep
        self.question = question
        self.path = path
        self.limit = limit
        self._value = value
        # What stands in the control before anybody types: showing an answer must not change it, however it is shown.
        self._pristine: tuple[str, Any] = (self._shown(value), value)
        self._choices = choices
        self._suggestions = suggestions
        self._placeholder = placeholder
        self.findings: list[Finding] = []
        self._open_only = False
        self.said: list[str] = []
        self._line = Horizontal(classes="field-line")
        self._fault = Faults()

    # -- making

    def compose(self) -> ComposeResult:
        """Label and control on one line, below it what is in a file, and faults."""
        with self._line:
            yield Label(self.label, classes="field-label", markup=False)
            yield from self._control()
        if self.question.ask.kind == Kind.FILE:
            kind = kind_at(self.path)
            yield FileFacts(kind, lines=2 if kind == "image" else 8, picture=PICTURES.get(kind))
        yield self._fault

    def on_mount(self) -> None:
        """Look into the file that is there already."""
        self._look()

    def on_file_facts_looked(self, event: FileFacts.Looked) -> None:
        """Who just picked the file sees what is in it."""
        event.stop()
        if self.target.has_focus:
            self.call_after_refresh(self.scroll_visible, animate=False)

    def _look(self) -> None:
        for facts in descendants_of(self, FileFacts):
            facts.look(self._value)

    def _control(self) -> Iterator[Widget]:
        kind, value = self.question.ask.kind, self._value
        if kind in (Kind.LONG_TEXT, Kind.LIST):
            yield TextArea(
                self._shown(value), tab_behavior="focus", classes="long" if kind == Kind.LONG_TEXT else "lines"
            )
        elif kind == Kind.SWITCH:
            yield TickBox(_("yes"), bool(value), compact=True)
        elif kind == Kind.CHOICE and 0 < len(self._choices) <= 8:
            yield Choice(self._choices, as_text(value), NOTES.get(self.question.name, {}))
        elif kind == Kind.CHOICES:
            yield Choices(self._choices, list(value or []), self._placeholder)
        elif kind == Kind.FILE:
            # A cell of a table that is a file: each further file makes a row of its own.
            several = len(self.path) > len(self.question.path)
            endings = self.question.ask.endings
            path = PathInput(self._shown(value), endings, self._placeholder, kind_at(self.path), several=several)
            yield path
            yield ChooseFile(path)
        else:
            from .known_words import KnownWords

            words = self._suggestions or self._choices
            suggester = KnownWords(words) if words else None
            yield Line(self._shown(value), placeholder=self._placeholder, suggester=suggester, compact=True)

    @property
    def label(self) -> str:
        """What the question is called; a star where an answer must be given."""
        return f"{self.question.ask.title} *" if self.question.ask.required else self.question.ask.title

    @property
    def ready(self) -> bool:
        """Whether its parts are there: not before it is mounted, nor while it goes."""
        return len(self._line.children) > 1 and self._fault.parent is not None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer: none is given, and none fills itself in."""
        return not is_given(self._value) and self.question.ask.derive is None

    @property
    def control(self) -> Widget:
        """The widget that is typed into."""
        return self._line.children[1]

    def focus(self, scroll_visible: bool = True) -> Field:
        """Focus the control."""
        self.screen.set_focus(self.target, scroll_visible)
        return self

    @property
    def target(self) -> Widget:
        """The widget that takes the focus."""
        control = self.control
        return control.query_one(Input) if isinstance(control, Choices) else control

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Tell the screen, for the context pane."""
        self.post_message(self.Focused(self))

    # -- answering

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take what was typed."""
        event.stop()
        if not isinstance(self.control, Choices):
            self._take(event.value)

    def _take(self, text: str) -> None:
        before, value = self._pristine
        self._answer(value if text == before else self._typed(text))

    def _shown(self, value: Any) -> str:
        """An answer as its control shows it: a file's path from here, a list's items a line each."""
        if self.question.ask.kind == Kind.FILE:
            return shown_path(value or "")
        if self.question.ask.kind == Kind.LIST and isinstance(value, list):
            return "\n".join(str(item).replace("\n", "\n  ") for item in value)
        return as_text(value)

    def _typed(self, text: str) -> Any:
        kind = self.question.ask.kind
        if kind == Kind.FILE and isinstance(self.control, PathInput):
            return self.control.full_path
        if kind == Kind.LIST:
            return items_of(text)
        if isinstance(self._value, list):
            return [part.strip() for part in text.split(",") if part.strip()]
        if kind in (Kind.NUMBER, Kind.CHOICE) and self.question.path[-1] in NUMBERS:
            return number(text)
        return text

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Take what was typed."""
        event.stop()
        self._take(event.text_area.text)

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        """Take what was ticked."""
        event.stop()
        self._answer(event.value)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Take what was chosen."""
        event.stop()
        self._answer(number(event.value) if self.question.path[-1] in NUMBERS else event.value)

    def on_choices_changed(self, event: Choices.Changed) -> None:
        """Take what was chosen."""
        event.stop()
        self._answer(event.values)

    def commit(self) -> None:
        """Nothing more is typed here: a last word counts too, before anybody is told of it."""
        if self.ready and isinstance(self.control, Choices):
            self._answer(self.control.whole())

    def _answer(self, value: Any) -> None:
        if value != self._value or type(value) is not type(self._value):
            self._value = value
            self.keep(self.path, value)
            self.post_message(Answered(self.path, value))
            self._look()

    # -- showing

    @property
    def moves_from_derived(self) -> bool:
        """Whether keys move from what stands in for the answer."""
        derives = self.question.ask.derive is not None and not is_given(self._value)
        return derives and self.ready and isinstance(self.control, (Checkbox, Choice))

    def set_value(self, value: Any) -> None:
        """Show another answer, without posting it."""
        if value == self._value or not self.ready:
            return
        self._value = value
        self._pristine = (self._shown(value), value)
        self._look()
        control = self.control
        with self.prevent(Input.Changed, TextArea.Changed, Checkbox.Changed, Choice.Changed, Choices.Changed):
            if isinstance(control, Input):
                control.value = self._shown(value)
            elif isinstance(control, TextArea):
                control.load_text(self._shown(value))
            elif isinstance(control, Checkbox):
                control.value = bool(value)
            elif isinstance(control, Choice):
                control.chosen = as_text(value)
            elif isinstance(control, Choices):
                control.set_values(list(value or []))

    def set_derived(self, value: Any) -> None:
        """Show what stands in while there is no answer."""
        if not self.ready:
            return
        control = self.control
        text = as_text(value)
        if isinstance(control, Checkbox) and self._value is None:
            with self.prevent(Checkbox.Changed):
                control.value = bool(value)
        elif isinstance(control, Choice) and not is_given(self._value) and text in control.options:
            control.chosen = text
        elif isinstance(control, Input) and text and control.placeholder != text:
            control.placeholder = text
        self.set_class(bool(text) and not is_given(self._value), "derived")

    def show(self, findings: list[Finding], *, open_only: bool = False) -> None:
        """Show what is wrong with the answer; an empty list: nothing.

        Args:
            findings: the worst first.
            open_only: whether nobody has come to the answer yet: a mark at the label is enough then.
        """
        if (findings, open_only) == (self.findings, self._open_only) or not self.ready:
            return
        self.findings, self._open_only = findings, open_only
        self.said = [told(finding, open_only=open_only) for finding in findings]
        self.query_one(".field-label", Label).update(marked(self.label, findings if open_only else []))
        self._fault.say([] if open_only else self.said)
        worst = findings[0].severity if findings and not open_only else None
        for severity in Severity:
            self.set_class(severity == worst, f"-{severity.value}")
