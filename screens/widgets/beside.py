"""What a customer sees of the field that is edited, beside the form: the card, and the tab that it shows in."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static
from tilewizard.answers.paths import Path
from tilewizard.language import _
from tilewizard.quoting import visible

from .card import CatalogueCard

if TYPE_CHECKING:
    from textual.widgets import Markdown
    from tilewizard.preview.following import Followed
    from tilewizard.preview.preview import Preview, Shot
    from tilewizard.session.report import Report

    from .carousel import Carousel
    from .markdown_page import MarkdownPage

QUIET = 0.35
"""Seconds without a key after which it follows: longer than from one key to the next of who types."""
TIMES, QUIET_MAX = 4, 1.0
"""What takes long to draw is drawn after so many times as long, up to a second: the keys come first."""


class Beside(Vertical, can_focus=False, can_focus_children=False):
    """The card, and below it the part of the page that the field shows in. Does nothing where it has no place.

    No key waits for it: what a report gives is read in a thread, and drawn once nobody types.
    """

    DEFAULT_CSS = """
    Beside CatalogueCard { height: auto; max-height: 11; }
    Beside CatalogueCard #card-words { height: auto; }
    Beside #beside-tab { height: 1; margin-top: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    Beside #beside-hint { height: auto; display: none; color: $text-muted; padding: 0 1; }
    Beside #beside-page { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    Beside Markdown { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__(id="beside")
        self._timer: Timer | None = None
        self._took = 0.0
        self._report: Report | None = None
        self._at: tuple[str, Path] = ("", ())
        self._preview: tuple[Report, Preview] | None = None
        self._shown: tuple[Followed, tuple[Shot, ...]] | None = None
        self._drawing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The card, the tab's name, its text."""
        yield CatalogueCard(_("The card, as you type"))
        yield Static("", id="beside-tab", markup=False)
        yield VerticalScroll(Static("", id="beside-hint", markup=False), id="beside-page", can_focus=False)

    def follow(self, report: Report | None, step: str, path: Path) -> None:
        """Show what shows an answer, once it is quiet.

        Args:
            report: the latest; None while there is none.
            step: the slug of the step that is open.
            path: of the answer that is edited; empty for none.
        """
        if (report, (step, path)) != (self._report, self._at):
            self._report, self._at = report, (step, path)
            self._soon()

    def wait(self) -> None:
        """Somebody types: what is to be drawn is drawn later."""
        if self._timer is not None:
            self._soon()

    def on_resize(self) -> None:
        """It may have a place now."""
        self._soon()

    @property
    def at_rest(self) -> bool:
        """Whether it shows all that it was told to follow."""
        return not self.display or (self._timer is None and not self._drawing.locked())

    def _soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self._quiet, self._start) if self.display else None

    @property
    def _quiet(self) -> float:
        return max(QUIET, min(TIMES * self._took, QUIET_MAX))

    def _start(self) -> None:
        self._timer = None
        self.run_worker(self._draw(), group="beside", exit_on_error=False)

    async def _draw(self) -> None:
        """Draw what is wanted by now; of several that wait only the first one finds anything to do."""
        async with self._drawing:
            report, (step, path) = self._report, self._at
            if report is None or not self.display:
                return
            preview = await asyncio.to_thread(self._read, report)
            if not self.is_attached or self._timer is not None:
                return  # Somebody goes on typing, and another report comes.
            from tilewizard.preview.following import followed

            began = time.monotonic()
            found = followed(preview, report.settled, step, path)
            self.query_one(CatalogueCard).show(preview.card, found.line)
            # Of the README the step itself shows the section, beside its editor.
            if self.query_one("#beside-page").display and (found, preview.shots) != self._shown:
                self._shown = (found, preview.shots)
                await self._show_tab(preview, found)
            self._took = time.monotonic() - began

    def _read(self, report: Report) -> Preview:
        """The preview of a report, in a thread; made once for all the fields that are looked at."""
        if self._preview is None or self._preview[0] is not report:
            from tilewizard.preview.preview import preview_of

            self._preview = (report, preview_of(report.tile, report.settled))
        return self._preview[1]

    async def _show_tab(self, preview: Preview, found: Followed) -> None:
        self.query_one("#beside-tab", Static).update(_("{tab} · F5 opens the page", tab=found.tab))
        hint = self.query_one("#beside-hint", Static)
        hint.display = bool(found.hint)
        hint.update(found.hint)
        carousel, page = await self._parts()
        if found.shot is not None:
            carousel.at = min(found.shot, max(0, len(preview.shots) - 1))
        carousel.show(preview.shots if found.shot is not None else ())
        page.display = bool(found.markdown) and found.shot is None
        if page.display:
            await page.update(found.markdown)
            self.query_one("#beside-page").scroll_home(animate=False)

    async def _parts(self) -> tuple[Carousel, MarkdownPage]:
        """The pictures and the text; made when they are first wanted, since what draws them takes long to load."""
        from .carousel import Carousel
        from .markdown_page import MarkdownPage

        place = self.query_one("#beside-page", VerticalScroll)
        if not place.query(MarkdownPage):
            await place.mount(Carousel(), MarkdownPage())
        return place.query_one(Carousel), place.query_one(MarkdownPage)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Tell where a link leads; nothing is opened."""
        event.stop()
        self.notify(visible(event.href), title=_("The link leads to"), markup=False)
