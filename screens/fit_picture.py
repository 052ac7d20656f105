"""Making a picture what Datadog asks for: three ways to choose from, each shown before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker
from tilewizard.errors import TilewizardError
from tilewizard.inspection.image import facts_of, prepared_image
from tilewizard.language import _
from tilewizard.preview.picked_file import READ_MAX, PickedFile, looked_into
from tilewizard.quoting import visible

from .drawing.shown import Shown, shown
from .drawing.ways import Canvas
from .widgets.keys import Keys
from .widgets.picture import Picture

WAYS = {
    "crop": (_("Crop"), _("cut to 16:9, evenly at its edges")),
    "pad": (_("Pad"), _("all of it, on a white ground of 16:9")),
    "keep": (_("Convert only"), _("its shape stays; RGB, at most 1 MB")),
}
"""The ways of :func:`prepared_image`: what each is called, and what it does."""
_ROOM = (56, 16)
"""Cells that the preview takes at most."""
_FRAME = 15
"""Lines that the rest of the screen takes."""


class FitPicture(ModalScreen[Path | None]):
    """Gives the new picture's path, or None. The partner's own file is left as it is.

    Args:
        path: the picture.
        keep: takes the new picture's name and bytes, gives the path that it is kept at; may raise TilewizardError.
    """

    DEFAULT_CSS = """
    FitPicture { align: center middle; }
    FitPicture #fit { width: 90%; max-width: 100; height: auto; max-height: 96%; background: $surface;
        border: round $primary; padding: 0 1; }
    FitPicture OptionList { height: auto; border: none; background: $boost; margin-top: 1; }
    FitPicture #fit-said { height: auto; color: $text-muted; margin-bottom: 1; }
    FitPicture.-fault #fit-said { color: $text-error; }
    """
    BINDINGS = [
        Binding("escape", "cancel", _("Cancel"), priority=True),
    ]

    def __init__(self, path: Path, keep: Callable[[str, bytes], Path]) -> None:
        super().__init__()
        self.path = path
        self.keep = keep
        self.previews: dict[str, Shown | None] = {}
        self._data = b""
        self._at_work = False

    def compose(self) -> ComposeResult:
        """Which picture, the ways, what comes of them."""
        with VerticalScroll(id="fit", can_focus=False):
            yield Static(Text(_("Fit {path} for Datadog", path=visible(self.path.name)), "bold"), markup=False)
            yield Static("", id="fit-was", markup=False)
            yield OptionList(*(Option(self._line(way), id=way) for way in WAYS), markup=False, compact=True)
            yield Static(_("looking into it …"), id="fit-said", markup=False)
            yield Picture(*_ROOM)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Look into the picture, and make the previews."""
        self.query_one(OptionList).focus()
        canvas = self.query_one(Picture).canvas()
        self.run_worker(partial(self._look, canvas), thread=True, group="look")

    def _look(self, canvas: Canvas) -> None:
        picked = looked_into(self.path, "image")
        previews: dict[str, Shown | None] = {}
        if picked.is_picture:
            try:
                with self.path.open("rb") as stream:
                    self._data = stream.read(READ_MAX)
            except OSError:
                self._data = b""
            lines = max(4, min(_ROOM[1], self.app.size.height - _FRAME))
            previews = {way: shown(self._data, _ROOM[0], lines, canvas, way) for way in WAYS}
        if self.is_attached:
            self.app.call_from_thread(self._looked, picked, previews)

    def _looked(self, picked: PickedFile, previews: dict[str, Shown | None]) -> None:
        if not self.is_mounted:
            return
        self.previews = previews
        was = [*picked.lines[:1], *(f"✗ {problem}" for problem in picked.problems)]
        self.query_one("#fit-was", Static).update("\n".join(was))
        ways = self.query_one(OptionList)
        for index, way in enumerate(WAYS):
            ways.replace_option_prompt_at_index(index, self._line(way))
        ways.highlighted = list(WAYS).index((*picked.mends, "keep")[0])
        self._preview()
        if any(previews.values()):
            self._say(_("Enter makes a copy of it; your own file stays as it is."))
        else:
            ways.disabled = True
            self._say(_("It can't be opened as a picture. Escape goes back."), fault=True)

    def _line(self, way: str) -> Text:
        name, meaning = WAYS[way]
        made = self.previews.get(way)
        size = " → {}x{}".format(*made.small.full) if made is not None else ""
        return Text.assemble((f"{name:<13}", "bold"), f"{meaning:<38}", (size, "bold"))

    def _say(self, words: str, *, fault: bool = False) -> None:
        self.set_class(fault, "-fault")
        self.query_one("#fit-said", Static).update(words)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what comes of it."""
        event.stop()
        self._preview()

    def _preview(self) -> None:
        at = self.query_one(OptionList).highlighted
        self.query_one(Picture).put(self.previews.get(list(WAYS)[at]) if at is not None else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Make it."""
        event.stop()
        way = str(event.option_id)
        if not self._at_work and self.previews.get(way) is not None:
            self._at_work = True
            self._say(_("{ways}: at work … Escape stops it", ways=WAYS[way][0]))
            self.run_worker(partial(self._make, way), thread=True, exclusive=True, group="fit")

    def _make(self, way: str) -> None:
        worker = get_current_worker()
        try:
            made = prepared_image(self._data, way)
            if worker.is_cancelled:
                return
            ending = ".jpg" if facts_of(made).format == "jpeg" else ".png"
            place = self.keep(f"{self.path.stem}{ending}", made)
        except TilewizardError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._failed, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self.dismiss, place)

    def _failed(self, error: TilewizardError) -> None:
        self._at_work = False
        self._say(error.render(), fault=True)

    def action_cancel(self) -> None:
        """Stop the work; where there is none, go back."""
        if self._at_work:
            self.workers.cancel_group(self, "fit")
            self._at_work = False
            self._say(_("Stopped; nothing was made."))
        else:
            self.dismiss(None)
