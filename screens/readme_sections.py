"""The sections of the README step: a list, an editor for the chosen one; adding, renaming, moving, taking away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static
from tilewizard.answers.conditions import on_marketplace
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.paths import replaced
from tilewizard.answers.questions import question_at
from tilewizard.language import _
from tilewizard.quoting import visible
from tilewizard.readme.insert import with_definitions_moved
from tilewizard.rules.readme.readme import CUSTOMARY, REQUIRED_MARKETPLACE, required_sections
from tilewizard.session.readme_sections import sections_asked
from tilewizard.session.report import Report
from tilewizard.session.session import Session

from .readme_editor import Preview, SectionField
from .readme_insert import AskLines, Line
from .readme_list import SectionList, Tools, section_line
from .step import Step
from .widgets.faults import told
from .widgets.field import Answered

README: AnswerPath = ("readme",)
_WAYS = {
    "add": (_("Add F7"), _("A section behind this one")),
    "rename": (_("Rename ^R"), _("Another title for this section")),
    "up": ("Alt+↑", _("Move this section up")),
    "down": ("Alt+↓", _("Move this section down")),
    "remove": (_("Remove F8"), _("Take this section away")),
}


class SectionsStep(Step):
    """A page of sections. A folded section's editor stays in the order of focus, so Tab goes from one to the next."""

    slug = "readme"
    tools: dict[str, tuple[str, str]] = {}
    BINDINGS = [
        Binding("ctrl+r", "rename", _("Rename the section"), show=False),
        Binding("ctrl+down", "section(1)", _("Next section"), show=False),
        Binding("ctrl+up", "section(-1)", _("Previous section"), show=False),
        Binding("alt+down", "move(1)", _("Move the section down"), show=False),
        Binding("alt+up", "move(-1)", _("Move the section up"), show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.chosen = self.titles()[0]
        self._list = SectionList()
        self._fault = Static("", id="readme-fault", markup=False)
        self._editors = Vertical(id="readme-editors")
        self._preview = Preview()

    # -- making

    def compose_questions(self) -> Iterator[Widget]:
        """The list and the tools, the editors and the preview, the links; what stands above the first section."""
        with Vertical(id="readme-work"):
            yield Tools(_WAYS)
            yield self._list
            yield self._fault
            yield Tools(self.tools)
            with Horizontal(id="readme-panes"):
                with self._editors:
                    for title in self.titles():
                        yield self._section(title)
                yield self._preview
        for name in ("readme_links", "readme_title", "readme_intro"):
            yield self.widget_for(question_at((name,)))

    def _section(self, title: str) -> SectionField:
        required = title in required_sections(sold=on_marketplace(self.session.answers))
        return SectionField(title, self.session.answers.readme.get(title, ""), required, self._keep_section)

    def titles(self) -> list[str]:
        """The sections in the order in which they stand, or will: required ones are there from the start."""
        return sections_asked(self.session.answers)

    # -- choosing a section

    @property
    def fields(self) -> list[SectionField]:
        """The sections' editors, in order."""
        return [each for each in self._editors.children if isinstance(each, SectionField)]

    @property
    def section(self) -> SectionField | None:
        """The chosen section's editor."""
        return next((each for each in self.fields if each.title == self.chosen), None)

    @property
    def first_focus(self) -> Widget | None:
        """The chosen section's editor."""
        return self.section.area if self.section is not None else super().first_focus

    def choose(self, title: str, *, focus: bool = False) -> None:
        """Unfold a section's editor, fold the others."""
        self.chosen = title
        if focus:
            self.unhide()
        for field in self.fields:
            field.set_class(field.title != title, "-folded")
            if focus:
                field.area.can_focus = True
        if focus and self.section is not None:
            self.screen.set_focus(self.section.area)
        self._fill_list()
        self._draw(now=True)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The editor that has the focus is the chosen one. From the list, Tab goes to the chosen editor."""
        listed = isinstance(event.widget, SectionList)
        for field in self.fields:
            field.area.can_focus = not listed or field.title == self.chosen
        focused = self.screen.focused
        entered = next((each for each in self.fields if each.area is focused), None)
        if entered is not None and entered.title != self.chosen:
            self.choose(entered.title)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the section that the list stands on."""
        event.stop()
        if event.option_list.has_focus and event.option_index < len(self.fields):
            self.choose(self.fields[event.option_index].title)
            for field in self.fields:
                field.area.can_focus = field.title == self.chosen

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: into its editor."""
        event.stop()
        self.choose(self.fields[event.option_index].title, focus=True)

    def action_section(self, by: int) -> None:
        """The next or previous section."""
        at = self._titles_shown.index(self.chosen) + by
        if 0 <= at < len(self.fields):
            behind = self.has_class("-behind")
            self.choose(self.fields[at].title, focus=not behind)

    @property
    def _titles_shown(self) -> list[str]:
        return [each.title for each in self.fields]

    def unhide(self) -> None:
        """Show the editors where something else is in front of them."""

    # -- showing

    def show(self, report: Report) -> None:
        """Show a report: on the editors and in the list."""
        super().show(report)
        self._fill_list()
        shown = self.session.shows(README, self.slug)
        missing = [each for each in report.exactly_at(README) if each.rule != "readme/section-missing"] if shown else []
        if missing or self._fault.display:
            self._fault.update(Text("\n".join(told(each) for each in missing[:2])))
            self._fault.display = bool(missing)

    def _fill_list(self) -> None:
        required = required_sections(sold=on_marketplace(self.session.answers))
        readme, lines = self.session.answers.readme, []
        for number, field in enumerate(self.fields, 1):
            worst = field.findings[0].severity if field.findings else None
            text, must, here = readme.get(field.title), field.title in required, field.title == self.chosen
            lines.append(section_line(number, field.title, text, required=must, chosen=here, worst=worst))
        titles = self._titles_shown
        if self._list.is_mounted:
            self._list.fill(lines, titles.index(self.chosen) if self.chosen in titles else 0)

    def on_answered(self, __: Answered) -> None:
        """The preview follows what is typed."""
        self._draw()

    def _draw(self, *, now: bool = False) -> None:
        if self._preview.is_mounted:
            self._preview.draw(self._source, now=now)

    def _source(self) -> tuple[str, int, str]:
        field = self.section
        links = "\n".join(f"[{label}]: {url}" for label, url in self.session.answers.readme_links.items())
        return (field.area.text, field.area.offset_of_cursor, links) if field is not None else ("", 0, "")

    # -- answering

    def _keep_section(self, path: AnswerPath, text: str) -> None:
        """Keep what was typed; a section's first text puts it where the list shows it."""
        if path[1] in self.session.answers.readme:
            self.session.set(path, text)
        else:
            self.session.replace(self.ordered(replaced(self.session.answers, path, text)), path)
            self.session.touched.add(path)

    def ordered(self, answers: Answers, titles: list[str] | None = None) -> Answers:
        """The answers with the sections in the order of the list; those that it doesn't show come last."""
        order = titles or self._titles_shown
        readme = answers.readme
        named = {title: readme[title] for title in order if title in readme}
        return replaced(answers, README, {**named, **readme})

    async def take(self, answers: Answers, path: AnswerPath = README, *, choose: str = "") -> None:
        """Put other answers in place as one step of the history, and show them."""
        self.session.replace(answers, path)
        self.chosen = choose or self.chosen
        await self._refill()
        self.post_message(Answered(path, None))

    async def reload(self) -> None:
        """Show the answers anew after undo, redo or an import: the section that changed, when it is another."""
        readme = self.session.answers.readme
        changed = [each.title for each in self.fields if each.area.text != readme.get(each.title, "")]
        if changed and self.chosen not in changed:
            self.chosen = changed[0]
        await self._refill()

    async def _refill(self) -> None:
        """Show the answers anew; sections come, go and change places."""
        titles, here = self.titles(), self._editors
        at = self._titles_shown.index(self.chosen) if self.chosen in self._titles_shown else 0
        held = self.screen.focused
        inside = any(each.area is held for each in self.fields)
        if titles != self._titles_shown:
            async with self.batch():
                await here.remove_children([each for each in self.fields if each.title not in titles])
                known = {each.title: each for each in self.fields}
                await here.mount_all([self._section(title) for title in titles if title not in known])
                here.sort_children(key=lambda each: titles.index(each.title) if isinstance(each, SectionField) else -1)
            if self.chosen not in titles and titles:
                self.chosen = titles[min(at, len(titles) - 1)]
        await super().reload()
        self.choose(self.chosen, focus=inside)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Move link definitions that were typed into a section to the links."""
        widget = event.widget
        field = next((each for each in self.fields if each.area is widget), None)
        if field is not None and "]:" in field.area.text:
            self.call_after_refresh(self._move_definitions, field)

    async def leave(self) -> None:
        """The same for whatever section was typed into last."""
        for field in self.fields:
            if "]:" in self.session.answers.readme.get(field.title, ""):
                await self._move_definitions(field)

    async def _move_definitions(self, field: SectionField) -> None:
        answers = with_definitions_moved(self.session.answers, field.title)
        if answers is not self.session.answers and self.is_attached:
            await self.take(answers, field.path)

    # -- sections

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """What the keys do, for the mouse."""
        name = str(event.button.id).removeprefix("readme-")
        if isinstance(event.button.parent, Tools):
            event.stop()
            moves = {"up": "move(-1)", "down": "move(1)"}
            await self.run_action(moves.get(name, name))

    async def action_add(self) -> None:
        """Ask for a section's title, add it behind the chosen one."""
        offered = [each for each in (*REQUIRED_MARKETPLACE, *CUSTOMARY) if each not in self.titles()]
        line = Line(
            "Title", "", _("such as {offered}", offered=", ".join(offered[:3])) if offered else "", self._title_fault
        )
        self.app.push_screen(AskLines(_("Add a section"), [line], "Add"), self._added)

    def _title_fault(self, typed: str, now: str = "") -> str:
        title = plain_title(typed)
        if not title:
            return _("type a title")
        taken = next((each for each in self.titles() if each.casefold() == title.casefold() and each != now), "")
        return _("there is a section {taken} already", taken=taken) if taken else ""

    async def _added(self, lines: list[str] | None) -> None:
        if lines and self.is_mounted:
            title, titles = plain_title(lines[0]), self._titles_shown
            titles.insert(titles.index(self.chosen) + 1 if self.chosen in titles else len(titles), title)
            answers = replaced(self.session.answers, ("readme", title), "")
            await self.take(self.ordered(answers, titles), choose=title)
            self.choose(title, focus=True)

    def action_rename(self) -> None:
        """Ask for another title."""
        title = self.chosen
        if title in required_sections(sold=on_marketplace(self.session.answers)):
            self.say(_("{title} is required under this very name.", title=title))
        elif title in self.session.answers.readme:
            line = Line("Title", title, "", partial(self._title_fault, now=title))
            self.app.push_screen(
                AskLines(_("Rename {title}", title=title), [line], "Rename"), partial(self._renamed, title)
            )

    async def _renamed(self, was: str, lines: list[str] | None) -> None:
        readme = self.session.answers.readme
        title = plain_title(lines[0]) if lines else was
        if title != was and was in readme and self.is_mounted:
            changed = {title if each == was else each: text for each, text in readme.items()}
            await self.take(replaced(self.session.answers, README, changed), choose=title)
            self.choose(title, focus=True)

    async def action_move(self, by: int) -> None:
        """Move the chosen section up or down, past those that have no place yet."""
        titles = list(self.session.answers.readme)
        if self.chosen not in titles:
            self.say(_("{chosen} is not there yet: write something first.", chosen=self.chosen))
            return
        at = titles.index(self.chosen)
        if 0 <= at + by < len(titles):
            titles[at], titles[at + by] = titles[at + by], titles[at]
            await self.take(self.ordered(self.session.answers, titles))

    async def action_remove(self) -> None:
        """Take the chosen section away; undo brings it back."""
        title, readme = self.chosen, self.session.answers.readme
        if title in required_sections(sold=on_marketplace(self.session.answers)):
            self.say(_("{title} is required: it can be emptied, not taken away.", title=title))
        elif title in readme:
            rest = {each: text for each, text in readme.items() if each != title}
            await self.take(replaced(self.session.answers, README, rest))
            self.say(_("{title} is gone. Ctrl+Z brings it back.", title=title))

    def say(self, words: str, severity: Any = "information") -> None:
        """Tell something in passing."""
        self.notify(visible(words), severity=severity, timeout=4, markup=False)


def plain_title(typed: str) -> str:
    """A typed title without the signs of a heading."""
    return re.sub(r"\s+#+$", "", " ".join(typed.split()).lstrip("# ")).strip()
