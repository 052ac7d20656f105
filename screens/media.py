"""The step on pictures and the logo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Button
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.questions import Question, applies
from tilewizard.language import _

from .file_picker import FilePicker, starting_folder
from .fit_picture import FitPicture
from .owners import wizard_of
from .step import Step
from .widgets.descendants import descendants_of
from .widgets.field import Answered, Field
from .widgets.path_input import PathInput
from .widgets.rows import Rows
from .widgets.tools import Tool, Tools


class Pictures(Rows):
    """The carousel: several pictures are added at once, and one is made what Datadog asks for by a key."""

    DEFAULT_CSS = "Pictures .picture-tools { height: 1; }"
    SCOPED_CSS = False
    BINDINGS = [Binding("ctrl+o", "choose", _("Choose")), Binding("f3", "fit", _("Fit"))]
    none_yet = _("None yet: drop pictures on the terminal, choose several with Ctrl+O, or add one with F7.")

    def compose(self) -> ComposeResult:
        """The table, and what the keys do for the mouse."""
        yield from super().compose()
        with Tools(classes="picture-tools"):
            for words, few, name in (
                (_("Choose several… (Ctrl+O)"), _("Choose (^O)"), "choose"),
                (_("Fit for Datadog (F3)"), _("Fit (F3)"), "fit"),
            ):
                button = Tool(words, few, id=name)
                button.can_focus = False
                yield button

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Choose or fit; adding and removing are the table's own."""
        if event.button.id == "choose":
            self.action_choose()
        elif event.button.id == "fit":
            self.action_fit()

    # -- several pictures

    def action_choose(self) -> None:
        """Choose pictures, each for a row of its own."""
        column = next(each for each in self.columns if each.path == ("image",))
        start = starting_folder(self.items[self.at].image if self.items else "")
        self.app.push_screen(FilePicker(start, column.ask.endings, "image", several=True), self._chosen)

    async def _chosen(self, chosen: Any) -> None:
        if chosen and self.is_mounted:
            await self.put(chosen)

    async def on_path_input_more(self, event: PathInput.More) -> None:
        """More than one file was chosen for a row."""
        event.stop()
        await self.put(event.paths)

    async def put(self, paths: list[Path]) -> None:
        """The first picture into the chosen row where that has none, the others into rows below it."""
        assert self.question.row is not None
        items, first = list(self.items), self.at
        if items and not items[first].image:
            items[first] = items[first].model_copy(update={"image": str(paths[0])})
            added = paths[1:]
        else:
            first, added = (first + 1 if items else 0), paths
        place = first if len(added) == len(paths) else first + 1
        items[place:place] = [self.question.row.model_validate({"image": str(path)}) for path in added]
        await self._replace(items, first)
        for field in descendants_of(self, Field):
            if field.question.path == ("caption",):
                field.focus()

    # -- fitting

    def action_fit(self) -> None:
        """Make the chosen row's picture what Datadog asks for: a copy, kept with the draft."""
        image = self.items[self.at].image if self.items else ""
        if not image:
            self.notify(_("Choose a picture first."), markup=False)
            return
        keep = wizard_of(self).kept.keep_file
        self.app.push_screen(FitPicture(Path(image), keep), partial(self._fitted, self.at, image))

    def _fitted(self, at: int, before: str, made: Path | None) -> None:
        if made is None or not self.is_mounted or at >= len(self.items) or self.items[at].image != before:
            return
        path: AnswerPath = (*self.question.path, at, "image")
        value = str(made)
        self.session.set(path, value)
        for field in descendants_of(self, Field):
            if field.path == path:
                field.set_value(value)
        self.post_message(Answered(path, value))


class MediaStep(Step):
    """The carousel and the logo."""

    slug = "media"

    def widget_for(self, question: Question) -> Widget:
        """The carousel has keys of its own."""
        if question.name != "media":
            return super().widget_for(question)
        widget = Pictures(question, self.session, "picture")
        widget.display = applies(question, self.session.answers)
        return widget
