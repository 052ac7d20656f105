"""The page that a customer sees, while it is typed: the card, the carousel, the tabs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Markdown, Static
from tilewizard.inspection.drawn_svg import REMEDY, can_draw_svg
from tilewizard.language import _
from tilewizard.preview.preview import Card, Line, Preview, preview_of
from tilewizard.quoting import visible
from tilewizard.surroundings.pictures import Way

from .drawing.ways import way_of
from .widgets.carousel import Carousel, picture_of
from .widgets.keys import Keys
from .widgets.markdown_page import MarkdownPage
from .widgets.picture import Picture

if TYPE_CHECKING:
    from tilewizard.session.report import Report

POLL = 0.5
"""Seconds between two looks at what was typed."""
_TABS = 7


class PreviewScreen(Screen[str | None]):
    """The preview of a tile. Gives the slug of a step that the user wants to go to, or None.

    Args:
        report_source: gives the latest report of the session, or None while there is none. It is asked again and
            again; another report than the last one is shown at once, without moving what is looked at.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    DEFAULT_CSS = """
    PreviewScreen #preview-bar { height: 1; background: $panel; color: $text-primary; text-style: bold; text-wrap: nowrap;
        text-overflow: ellipsis; }
    PreviewScreen #preview-card { height: auto; max-height: 8; background: $surface; padding: 0 1; }
    PreviewScreen.-tall #preview-card { max-height: 14; padding: 1 2; }
    PreviewScreen #preview-card:focus { background: $panel; }
    PreviewScreen #preview-top, PreviewScreen #card-lines, PreviewScreen #card-head { height: auto; }
    PreviewScreen #card-lines { width: 1fr; }
    PreviewScreen #card-lines Static { height: auto; }
    PreviewScreen #card-logo { width: 13; height: 4; margin-right: 2; content-align: center middle; text-align: center;
        background: $primary-muted; color: $text; text-style: bold; }
    PreviewScreen #preview-card Picture { margin-right: 2; }
    PreviewScreen #card-title { width: 1fr; text-style: bold; }
    PreviewScreen #card-badge { width: auto; background: $secondary; color: $text; padding: 0 1; }
    PreviewScreen #card-by { color: $text-muted; }
    PreviewScreen #card-price { color: $text-success; }
    PreviewScreen TabBar { background: $panel; }
    PreviewScreen #preview-body { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    PreviewScreen.-tall #preview-body { padding: 1 1 0 1; }
    PreviewScreen #preview-hint { height: auto; color: $text-warning; padding: 0 1; }
    PreviewScreen #preview-note { height: auto; color: $text-muted; padding: 0 1; margin-top: 1; }
    PreviewScreen Markdown { padding: 0 1; }
    """
    BINDINGS = [
        Binding("right", "turn(1)", _("Tab"), key_display="←/→ 1-7", priority=True),
        Binding("left", "turn(-1)", show=False, priority=True),
        *(Binding(str(number), f"tab({number - 1})", show=False, priority=True) for number in range(1, _TABS + 1)),
        Binding("right_square_bracket", "picture(1)", _("Picture"), key_display="[ ]", priority=True),
        Binding("left_square_bracket", "picture(-1)", show=False, priority=True),
        Binding("enter", "edit", _("Edit this tab"), key_display="Enter", priority=True),
        Binding("w", "write", _("Write as a page"), priority=True),
        Binding("escape,f5", "close", _("Close"), key_display="Esc", priority=True),
    ]

    def __init__(self, report_source: Callable[[], Report | None]) -> None:
        super().__init__()
        self.report_source = report_source
        self.preview: Preview | None = None
        self.at = 0
        self._report: Report | None = None
        self._shown = (-1, "")
        self._filling = asyncio.Lock()
        self._places: dict[int, float] = {}

    # -- making

    def compose(self) -> ComposeResult:
        """Bar, card, tabs, the page of one tab, keys."""
        yield Static("", id="preview-bar", markup=False)
        with VerticalScroll(id="preview-card"), Horizontal(id="preview-top"):
            yield Static("", id="card-logo", markup=False)
            yield Picture(12, 4)
            with Vertical(id="card-lines"):
                with Horizontal(id="card-head"):
                    yield Static("", id="card-title", markup=False)
                    yield Static("", id="card-badge", markup=False)
                for name in ("by", "description", "tags", "price"):
                    yield Static("", id=f"card-{name}", markup=False)
        yield TabBar()
        with VerticalScroll(id="preview-body"):
            yield Carousel()
            yield Static("", id="preview-hint", markup=False)
            yield MarkdownPage()
            yield Static("", id="preview-note", markup=False)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Show what there is, and look for more again and again."""
        self.query_one("#preview-body").focus()
        self._show()
        self.refresh_preview()
        self.set_interval(POLL, self.refresh_preview)

    def refresh_preview(self) -> None:
        """Show the latest report, when it is another one than the last."""
        report = self.report_source()
        if report is None or report is self._report:
            return
        self._report = report
        preview = preview_of(report.tile, report.settled)
        if preview != self.preview:
            self.preview = preview
            self._show()

    # -- showing

    def _show(self) -> None:
        preview = self.preview
        self.query_one("#preview-top").display = preview is not None
        words = _("checking what was typed …")
        if preview is not None:
            words = _state([tab.name for tab in preview.tabs if tab.empty])
            self._show_card(preview.card)
        self.query_one("#preview-bar", Static).update(_(" Preview · {words}", words=words))
        self._show_tab()

    def _show_card(self, card: Card) -> None:
        lines = {
            "title": _line(card.title, _("no title yet: Listing step")),
            "badge": Content(card.badge),
            "by": _words(card.author and _("by {author}", author=card.author), card.offering, card.systems),
            "description": _line(card.description, _("no description yet: Listing step")),
            "tags": _chips(card.tags),
            "price": _price(card),
        }
        for name, content in lines.items():
            line = self.query_one(f"#card-{name}", Static)
            line.update(content)
            line.display = bool(content.plain)
        shown = card.logo is not None and way_of(self.app) != Way.NONE
        kind = (
            _("{path} logo", path=card.logo.path.rpartition(".")[2].upper())
            if card.logo is not None
            else _("no logo yet")
        )
        words = "\n".join(filter(None, (card.initials, kind)))
        self.query_one("#card-logo", Static).update(words)
        # Words stand in for a logo that isn't drawn yet, or can't be.
        self.query_one("#preview-card Picture", Picture).show(picture_of(card.logo) if shown else None)

    def on_picture_settled(self, event: Picture.Settled) -> None:
        """Words or the logo."""
        if event.picture.parent is self.query_one("#preview-top"):
            self.query_one("#card-logo").display = event.picture.shown is None

    def _show_tab(self) -> None:
        preview = self.preview
        tabs = preview.tabs if preview is not None else ()
        self.query_one(TabBar).show([tab.name for tab in tabs], {tab.name for tab in tabs if tab.empty}, self.at)
        hint, note = self.query_one("#preview-hint", Static), self.query_one("#preview-note", Static)
        hint.display = bool(tabs) and tabs[self.at].empty
        hint.update(_("Nothing here yet. {hint} Enter goes there.", hint=tabs[self.at].hint) if tabs else "")
        lines = _notes(preview, self.at) if preview is not None else []
        note.display = bool(lines)
        note.update("\n".join(lines))
        self.query_one(Carousel).show(preview.shots if preview is not None and self.at == 0 else ())
        self.refresh_bindings()
        self.run_worker(self._fill(), group="fill")

    async def _fill(self) -> None:
        """Show the chosen tab's text; only the last of several that wait does anything."""
        async with self._filling:
            if self.preview is None or not self.is_attached:
                return
            wanted = (self.at, self.preview.tabs[self.at].markdown)
            if wanted == self._shown:
                return
            body, page = self.query_one("#preview-body", VerticalScroll), self.query_one(MarkdownPage)
            moved = self._shown[0] != self.at
            place = self._places.get(self.at, 0.0) if moved else body.scroll_y
            self._shown = wanted
            page.display = not moved  # The text of another tab is not left standing while a long one is laid out.
            await page.update(wanted[1])
            page.display = bool(wanted[1])
            self.call_after_refresh(body.scroll_to, y=place, animate=False, immediate=True)

    # -- moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Pictures are paged where there are some."""
        return action != "picture" or bool(self.preview is not None and self.preview.shots and self.at == 0)

    def action_turn(self, by: int) -> None:
        """The next tab, or the one before."""
        self.action_tab((self.at + by) % _TABS)

    def action_tab(self, at: int) -> None:
        """One of the tabs."""
        if self.preview is None or at == self.at:
            return
        self._places[self.at] = self.query_one("#preview-body").scroll_y
        self.at = at
        self._show_tab()

    def action_picture(self, by: int) -> None:
        """The next picture of the carousel, or the one before."""
        self.query_one(Carousel).turn(by)

    def action_edit(self) -> None:
        """Close, and go to the step that fills the tab."""
        self.dismiss(self.preview.tabs[self.at].step if self.preview is not None else None)

    def action_write(self) -> None:
        """All of it as one page of HTML, from what is typed so far."""
        from .export import ExportPage

        if self._report is not None:
            self.app.push_screen(ExportPage(self._report.tile))

    def action_close(self) -> None:
        """Back to where the preview was opened."""
        self.dismiss(None)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Tell where a link leads; nothing is opened."""
        event.stop()
        self.notify(visible(event.href), title=_("The link leads to"), markup=False)


def _line(line: Line, nothing: str) -> Content:
    """A line of the card; what Datadog would cut is struck through."""
    if not line.kept:
        return Content.styled(nothing, "$text-warning not bold")
    return Content.assemble(line.kept, (line.over, "$text-error strike"))


def _price(card: Card) -> Content:
    if card.price or card.badge != "Marketplace":
        return Content(card.price)
    return Content.styled(_("no price yet: Pricing step"), "$text-warning")


def _notes(preview: Preview, at: int) -> list[str]:
    lines = [preview.tabs[at].note]
    if at == 0 and preview.elsewhere:
        lines.append(
            _("No tab shows these sections of README.md: {elsewhere}.", elsewhere=", ".join(preview.elsewhere))
        )
    if at == 0 and not preview.shots:
        lines.append(_("There is no picture in the carousel yet: Media & logo step."))
    logo = preview.card.logo
    if at == 0 and logo is not None and logo.path.lower().endswith(".svg") and not can_draw_svg():
        lines.append(_("To see the SVG logo drawn here: {remedy}", remedy=REMEDY))
    return [line for line in lines if line]


def _state(empty: list[str]) -> str:
    if len(empty) > 3:
        return _("{count} of {tabs} tabs are empty yet", count=len(empty), tabs=_TABS)
    return _("nothing yet in {empty}", empty=", ".join(empty)) if empty else _("every tab is filled")


def _words(*words: str) -> Content:
    return Content(" · ".join(filter(None, words)))


def _chips(words: tuple[str, ...]) -> Content:
    if not words:
        return Content.styled(_("no categories yet: Listing step"), "$text-warning")
    return Content(" ").join([Content.styled(f" {word} ", "$foreground on $primary-muted") for word in words])


class TabBar(Widget):
    """The tabs' names, in as many lines as they need; a click opens one."""

    DEFAULT_CSS = "TabBar { height: auto; width: 1fr; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.auto_links = False
        self.names: list[str] = []
        self.empty: set[str] = set()
        self.at = 0

    def show(self, names: list[str], empty: set[str], at: int) -> None:
        """Show names, some of them as empty, one as open."""
        self.names, self.empty, self.at = names, empty, at
        self.refresh(layout=True)

    def _lines(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = [[]]
        left = width
        for at, name in enumerate(self.names):
            size = len(name) + 5
            if size > left and lines[-1]:
                lines.append([])
                left = width
            lines[-1].append(at)
            left -= size
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the names need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Names, numbered."""
        lines = [Content(" ").join([self._tab(at) for at in line]) for line in self._lines(self.size.width)]
        return Content("\n").join(lines)

    def _tab(self, at: int) -> Content:
        look = "bold reverse" if at == self.at else "$text-muted italic" if self.names[at] in self.empty else "$text"
        label = Content.styled(f" {at + 1} {self.names[at]} ", look)
        return label.stylize(Style.from_meta({"@click": f"screen.tab({at})"}))
