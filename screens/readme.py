"""The step on the README: a section at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Static, TextArea
from tilewizard.answers.declaring import Ask, Kind
from tilewizard.answers.paths import replaced
from tilewizard.answers.questions import Question, question_at
from tilewizard.documents.readme_document import ReadmeDocument
from tilewizard.rules.readme import CUSTOMARY, required_sections

from .step import Step
from .widgets.field import Answered, Field

_HELP = {
    "Overview": "What it is and what a customer gains: the first tab. A picture or two help.",
    "Setup": "Numbered steps from installing to the first data: the Configuration tab.",
    "Data Collected": "What is sent: metrics, events, service checks, logs, each under an H3.",
    "Uninstallation": "Numbered steps to take it away again. No pictures here.",
    "Support": "Whom to ask, and where: the Support tab.",
    "Troubleshooting": "What goes wrong, and what to do.",
    "Further Reading": "Links to more.",
}
_DEFINITION = re.compile(r"^\[(?P<label>[^\]\n]+)\]:\s*(?P<url>\S+)\s*$")


class Section(Vertical):
    """One section's editor."""

    def __init__(self, step: ReadmeStep, title: str, required: bool) -> None:
        super().__init__(classes="readme-section")
        self.step = step
        self.title_of = title
        self.required = required

    def compose(self) -> ComposeResult:
        """Heading, help, text."""
        ask = Ask(
            f"## {self.title_of}",
            _HELP.get(self.title_of, "A section of its own."),
            shows="a tab of the tile's page" if self.required else "in the tabs of the tile's page",
            kind=Kind.LONG_TEXT,
            required=self.required,
            docs=question_at(("readme",)).ask.docs,
        )
        path = ("readme", self.title_of)
        session = self.step.session
        yield Field(
            Question(path, ask, "readme"), path, session.answers.readme.get(self.title_of, ""), keep=session.set
        )


class ReadmeStep(Step):
    """Every section in an editor of its own; link definitions that are typed into one move to the end of the file."""

    slug = "readme"
    title = "README"
    intro = "Each section is a tab of your tile's page. Markdown; links as [text][1] with “[1]: https://…” below."

    def compose_questions(self) -> Iterator[Widget]:
        """The sections that are there or must be, a line to add one, the links."""
        for title in self.titles():
            yield Section(self, title, title in required_sections(self.session.answers.target))
        with Horizontal(classes="entry"):
            yield Label("Add a section", classes="field-label")
            from textual.suggester import SuggestFromList

            suggester = SuggestFromList(CUSTOMARY, case_sensitive=False)
            yield Input(placeholder="title, then Enter", id="new-section", suggester=suggester, compact=True)
            yield Button("Add", id="add-section", compact=True)
        yield self.widget_for(question_at(("readme_links",)))
        yield Static("", id="readme-fault", classes="field-fault", markup=False)

    def titles(self) -> list[str]:
        """The sections in the order in which they stand, or will."""
        present = list(self.session.answers.readme)
        for title in required_sections(self.session.answers.target) if self.session.new else ():
            if title not in present:
                present.append(title)
        if "Support" in present and self.session.new and not self.session.answers.readme:
            present.sort(key=lambda title: ("Overview", "Setup", "Uninstallation", "Support").index(title))
        return present

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Move link definitions that were typed into a section to the links."""
        widget = event.widget
        if isinstance(widget, TextArea):
            field = next((each for each in widget.ancestors if isinstance(each, Field)), None)
            if field is not None and "]:" in widget.text:
                self.call_after_refresh(self._move_definitions, field)

    async def leave(self) -> None:
        """The same for whatever section was typed into last."""
        for field in self.query(Field):
            if field.path[0] == "readme" and "]:" in self.session.answers.readme.get(str(field.path[-1]), ""):
                await self._move_definitions(field)

    async def _move_definitions(self, field: Field) -> None:
        key = str(field.path[-1])
        document = ReadmeDocument.parse(self.session.answers.readme.get(key, ""))
        found = {each.label: each.url for each in document.trailing_definitions}
        if not found:
            return
        text = document.text[: document.trailing_definitions[0].start].rstrip()
        answers = replaced(self.session.answers, ("readme", key), text)
        answers = replaced(answers, ("readme_links",), {**answers.readme_links, **found})
        self.session.replace(answers, field.path)
        await self.reload()
        self.post_message(Answered(field.path, text))

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter adds the section."""
        if event.input.id == "new-section":
            event.stop()
            await self._add(event.value.strip().lstrip("#").strip())

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """So does the button."""
        if event.button.id == "add-section":
            event.stop()
            await self._add(self.query_one("#new-section", Input).value.strip().lstrip("#").strip())

    async def _add(self, title: str) -> None:
        if not title or title in self.titles():
            return
        section = Section(self, title, False)
        sections = list(self.query(Section))
        await self.mount(section, after=sections[-1] if sections else None)
        self.query_one("#new-section", Input).value = ""
        section.query_one(TextArea).focus()
        section.scroll_visible()
