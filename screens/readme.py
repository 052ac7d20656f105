"""The step on the README: its sections, a preview beside or behind them, and what is put into them."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

from textual import events
from textual.binding import Binding
from textual.widgets import TextArea
from tilewizard.answers.conditions import on_marketplace
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.errors import TilewizardError
from tilewizard.language import _, ngettext
from tilewizard.readme.data_collected import TITLE as DATA_COLLECTED
from tilewizard.readme.data_collected import with_data_collected
from tilewizard.readme.insert import PICTURES, address, name_taken, with_link, with_picture
from tilewizard.readme.paste import Pasted, taken_over
from tilewizard.readme.starters import TEMPLATES, gaps, with_starter
from tilewizard.rules.readme.readme import CUSTOMARY, REQUIRED_MARKETPLACE

from .file_picker import FilePicker, starting_folder
from .outside_editor import edited
from .owners import wizard_of
from .readme_editor import MarkdownArea, SectionField
from .readme_insert import AskLines, InsertMenu, Line, PasteReadme
from .readme_sections import SectionsStep


class ReadmeStep(SectionsStep):
    """Every section in an editor of its own; link definitions that are typed into one move to the end of the file."""

    intro = _(
        "Each section is a tab of your tile's page, in Markdown; those with * must be there. Tab or Ctrl+↓ goes to the "
        "next one."
    )

    DEFAULT_CSS = """
    .-short ReadmeStep .step-title, .-short ReadmeStep .step-intro { display: none; }
    ReadmeStep #readme-work { height: 1fr; min-height: 17; }
    .-tall ReadmeStep #readme-work { min-height: 24; }
    ReadmeStep #readme-fault { display: none; height: auto; max-height: 2; color: $text-error; }
    ReadmeStep #readme-panes { height: 1fr; margin-top: 1; }
    .-short ReadmeStep #readme-panes { margin-top: 0; }
    ReadmeStep #readme-editors { width: 1fr; height: 1fr; }
    .-readme-beside ReadmeStep Preview { display: block; margin-left: 1; }
    .-narrow.-readme-beside ReadmeStep Preview { display: none; }
    .-narrow.-readme-beside ReadmeStep.-behind Preview, .-narrow ReadmeStep.-behind Preview { display: block; }
    .-narrow ReadmeStep.-behind #readme-editors { display: none; }
    """
    SCOPED_CSS = False
    tools = {
        "preview": (_("Rendered F2"), _("The section as the tile's page shows it")),
        "insert": (_("Insert… F3"), _("A picture, a link, Data Collected, a whole README")),
        "starter": (_("Starter F4"), _("Text to start with; then from gap to gap")),
        "editor": (_("Editor F9"), _("The section in $VISUAL or $EDITOR")),
    }
    BINDINGS = [
        Binding("f2", "preview", _("Preview"), show=False),
        Binding("f3", "insert", _("Insert"), show=False),
        Binding("f4", "starter", _("Starter text"), show=False),
        Binding("f9", "editor", _("Editor"), show=False),
        Binding("escape", "back", show=False),
    ]

    def on_mount(self) -> None:
        """Show the first section; the preview is beside the editor until somebody closes it."""
        self.screen.set_class(not self.screen.has_class("-readme-alone"), "-readme-beside")
        self.choose(self.chosen)

    def on_unmount(self) -> None:
        """The help is back for other steps."""
        self.screen.remove_class("-readme-beside")

    def action_preview(self) -> None:
        """Show the preview beside the editor, or behind it where there is no room; or no more."""
        if not self.screen.has_class("-narrow"):
            beside = not self.screen.has_class("-readme-beside")
            self.screen.set_class(beside, "-readme-beside")
            self.screen.set_class(not beside, "-readme-alone")
        elif self.has_class("-behind"):
            self.action_back()
        else:
            self.add_class("-behind")
            preview = self._preview
            preview.can_focus = True
            self.screen.set_focus(preview)
        self.call_after_refresh(self._draw, now=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Escape is for the preview alone."""
        return action != "back" or self.has_class("-behind")

    def action_back(self) -> None:
        """From the preview to the editor."""
        if self.has_class("-behind"):
            self.unhide()
            # The editor takes the focus once it is there again.
            self.call_after_refresh(self.choose, self.chosen, focus=True)

    def unhide(self) -> None:
        """Show the editors where the preview was in front of them."""
        self.remove_class("-behind")
        self._preview.can_focus = False

    def on_resize(self, __: events.Resize) -> None:
        """On a terminal that got wide the preview has its place beside the editor."""
        if self.has_class("-behind") and not self.screen.has_class("-narrow"):
            self.action_back()

    # -- inserting

    def action_insert(self) -> None:
        """Ask what to insert."""
        self.app.push_screen(InsertMenu(), self._insert)

    async def _insert(self, what: str | None) -> None:
        if what and self.is_mounted:
            await self.run_action(what)

    async def action_starter(self) -> None:
        """Put the starter text into an empty section; in another one go to the next place to fill in."""
        field, title = self.section, self.chosen
        if field is None:
            return
        if gaps(field.area.text):
            self._next_gap(field.area)
        elif field.area.text.strip():
            self.say(_("{title} has a text already; starter text is for an empty section.", title=title))
        elif title == DATA_COLLECTED:
            await self.action_data()
        elif title in TEMPLATES:
            answers = self.ordered(with_starter(self.session.answers, title))
            self.session.touched.add(field.path)
            await self.take(answers)
            self.choose(title, focus=True)
            field.area.move_cursor((0, 0))
            self._next_gap(field.area)
        else:
            self.say(_("There is no starter text for {title}.", title=title))

    def _next_gap(self, area: MarkdownArea) -> None:
        """Select the next place to fill in: what is typed takes its place."""
        found = gaps(area.text)
        cursor = area.offset_of_cursor
        offset, gap = next((each for each in found if each[0] >= cursor), found[0])
        self.screen.set_focus(area)
        area.move_cursor(area.place(offset))
        area.move_cursor(area.place(offset + len(gap)), select=True)
        self.say(_("{count} to fill in. Type over it; F4 goes to the next one.", count=len(found)))

    async def action_data(self) -> None:
        """Make Data Collected, or make it anew."""
        there = bool(self.session.answers.readme.get(DATA_COLLECTED, "").strip())
        answers = with_data_collected(self.ordered(self.session.answers))
        self.session.touched.add(("readme", DATA_COLLECTED))
        same = answers == self.session.answers
        await self.take(answers, choose=DATA_COLLECTED)
        self.choose(DATA_COLLECTED, focus=True)
        self.say(_("It is as it should be.") if same else _("Made anew; your own parts stay.") if there else _("Made."))

    def action_link(self) -> None:
        """Ask for a link."""
        field = self.section
        if field is None:
            return
        lines = [
            Line(_("Text"), " ".join(field.area.selected_text.split()), _("what one reads")),
            Line(
                _("Address"),
                "",
                "https://docs.acme.example",
                lambda text: "" if address(text) else _("type an address"),
            ),
        ]
        self.app.push_screen(AskLines(_("Insert a link"), lines), partial(self._link, field))

    async def _link(self, field: SectionField, lines: list[str] | None) -> None:
        if lines and field.is_mounted:
            link, answers = with_link(self.session.answers, lines[0], address(lines[1]))
            await self._put(field, link, answers)

    def action_image(self) -> None:
        """Ask for a picture."""
        answers, field = self.session.answers, self.section
        if field is None:
            return
        if field.title == "Uninstallation" and on_marketplace(answers):
            self.say(_("The Marketplace takes no pictures in Uninstallation."))
            return
        start = starting_folder(answers.readme_images[-1] if answers.readme_images else "")
        self.app.push_screen(FilePicker(start, PICTURES, "readme_images"), partial(self._picked, field))

    def _picked(self, field: SectionField, path: Any) -> None:
        if isinstance(path, Path) and field.is_mounted:
            words = re.sub(r"[_-]+", " ", path.stem).strip().capitalize()
            line = Line("Caption", words, _("what it shows, for who can't see it"))
            self.app.push_screen(
                AskLines(_("Insert {path}", path=path.name), [line]), partial(self._picture, field, path)
            )

    async def _picture(self, field: SectionField, path: Path, lines: list[str] | None) -> None:
        if not lines or not field.is_mounted:
            return
        root = self.session.original.root if self.session.original is not None else None
        try:
            while name_taken(self.session.answers, path, root):
                # Another picture has that name: this one goes by another, as a copy kept with the draft.
                path = self._copied(path)
        except (OSError, TilewizardError) as error:
            self.say(_("{path} can't be read: {error}", path=path.name, error=error), "error")
            return
        picture, answers = with_picture(self.session.answers, path, lines[0], root)
        await self._put(field, picture, answers)

    def _copied(self, path: Path) -> Path:
        stem, __, number = path.stem.rpartition("_")
        name = f"{stem}_{int(number) + 1}" if stem and number.isdigit() else f"{path.stem}_2"
        return Path(wizard_of(self).kept.keep_file(f"{name}{path.suffix}", path.read_bytes()))

    async def _put(self, field: SectionField, words: str, answers: Answers) -> None:
        """Put words at the cursor, with what else changes, as one step of the history."""
        area = field.area
        with self.prevent(TextArea.Changed):
            result = area.replace(words, *sorted(area.selection))
        area.move_cursor(result.end_location)
        self.session.touched.add(field.path)
        await self.take(self.ordered(replaced(answers, field.path, area.text)))
        self.choose(field.title, focus=True)

    # -- a whole README, an editor of one's own

    def action_whole(self, text: str = "") -> None:
        """Take a whole README."""
        present = tuple(title for title, body in self.session.answers.readme.items() if body.strip())
        known = tuple(dict.fromkeys((*REQUIRED_MARKETPLACE, *CUSTOMARY, *self.titles())))
        self.app.push_screen(PasteReadme(text, known, present, self.chosen), self._whole)

    def on_markdown_area_whole(self, event: MarkdownArea.Whole) -> None:
        """A whole README was pasted into a section."""
        event.stop()
        self.action_whole(event.text)

    async def _whole(self, taken: tuple[str, Pasted, str] | None) -> None:
        field = self.section
        if taken is None or not self.is_mounted or field is None:
            return
        how, pasted, text = taken
        if how == "plain":
            await self._put(field, text.replace("\r\n", "\n").replace("\r", "\n"), self.session.answers)
            return
        answers = taken_over(self.session.answers, pasted, "merge" if how == "merge" else "replace")
        await self.take(answers, choose=pasted.pieces[0].title)
        self.choose(self.chosen, focus=True)
        self.say(
            ngettext(
                "{count} section taken. Ctrl+Z takes it back.",
                "{count} sections taken. Ctrl+Z takes them back.",
                len(pasted.pieces),
            )
        )

    async def action_editor(self) -> None:
        """The chosen section in one's own editor."""
        field = self.section
        if field is None:
            return
        text = field.area.text
        try:
            after = edited(self.app, text, re.sub(r"[^A-Za-z0-9]+", "-", field.title).strip("-") or "section")
        except (OSError, TilewizardError) as error:
            self.say(error.render() if isinstance(error, TilewizardError) else str(error), "error")
            return
        self.app.refresh()
        if after == text:
            self.say(_("Nothing was changed. An editor with a window of its own must be told to wait: code --wait."))
        else:
            self.session.touched.add(field.path)
            answers = replaced(self.session.answers, field.path, after)
            await self.take(self.ordered(answers))
