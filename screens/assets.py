"""What comes with the tile, each to look at: dashboards as a sketch of their layout, the other assets in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.field.asset_kinds import DATAFLOWS, WEBHOOK
from tilewizard.preview.resources import DashboardShown, MonitorShown, Other, dashboards, monitors, others
from tilewizard.quoting import visible
from tilewizard.tile.asset_files import files_of
from tilewizard.tile.tile import Tile

from .dashboard_sketch import sketch_of
from .widgets.keys import Keys

BESIDE = 110
"""Columns of the terminal from which on the list stands beside what it shows."""

TEXT_MAX = 20_000
"""Characters that are shown of a file that is shown as it is."""


@dataclass(frozen=True)
class Shown:
    """A line of the list, and what is shown of it in so many cells."""

    kind: str
    name: str
    told: Callable[[int], Text]


def shown_of(tile: Tile) -> list[Shown]:
    """The assets of a tile that can be read, dashboards first."""
    found = [Shown("Dashboard", each.title, partial(_dashboard, each)) for each in dashboards(tile)]
    found += [Shown("Monitor", each.title, partial(_monitor, each)) for each in monitors(tile)]
    found += [Shown(each.kind, each.name, partial(_other, each)) for each in others(tile)]
    for kind in (DATAFLOWS, WEBHOOK):
        for file in files_of(tile, kind):
            text = "\n".join(map(visible, file.text[:TEXT_MAX].splitlines()))
            found.append(Shown(kind.one.capitalize(), file.path, partial(_file, file.path, text)))
    return found


class AssetsScreen(ModalScreen[None]):
    """A list of assets, and the highlighted one. The tile is not changed.

    Args:
        tile: as it would be written.
    """

    DEFAULT_CSS = """
    AssetsScreen { align: center middle; }
    AssetsScreen #assets { width: 100%; height: 1fr; background: $surface; border: round $primary; padding: 0 1; }
    AssetsScreen #assets-both { height: 1fr; }
    AssetsScreen OptionList { height: auto; max-height: 5; border: none; background: $boost;
        text-wrap: nowrap; text-overflow: ellipsis; }
    AssetsScreen #asset { height: 1fr; scrollbar-size-vertical: 1; }
    AssetsScreen #asset:focus { background: $panel; }
    AssetsScreen #asset-told { width: 100%; height: auto; }
    AssetsScreen.beside #assets-both { layout: horizontal; }
    AssetsScreen.beside OptionList { width: 34; height: 1fr; max-height: 100%; margin-right: 1; }
    """
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Close", priority=True),
        Binding("tab", "app.focus_next", "List or picture"),
        Binding("pagedown", "page(1)", "Down", priority=True),
        Binding("pageup", "page(-1)", "Up", priority=True, show=False),
    ]

    def __init__(self, tile: Tile) -> None:
        super().__init__()
        self.shown = shown_of(tile)

    def compose(self) -> ComposeResult:
        """The list, and the highlighted one below or beside it."""
        with Vertical(id="assets"):
            yield Static(f"What comes with the tile: {len(self.shown)}", classes="step-title", markup=False)
            if not self.shown:
                yield Static("Nothing yet: add a dashboard or a monitor on the step.", markup=False)
            with Container(id="assets-both") as both:
                both.display = bool(self.shown)
                options = [Option(f"{each.kind}: {each.name}") for each in self.shown]
                yield OptionList(*options, markup=False, compact=True)
                with VerticalScroll(id="asset"):
                    yield Static("", id="asset-told", markup=False)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the first."""
        if self.shown:
            options = self.query_one(OptionList)
            options.highlighted = 0
            options.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Draw it for the room there is."""
        self.set_class(event.size.width >= BESIDE, "beside")
        self.call_after_refresh(self._tell)

    def on_option_list_option_highlighted(self) -> None:
        """Show another, from its top."""
        self._tell()
        self.query_one("#asset").scroll_home(animate=False)

    def _tell(self) -> None:
        if not self.query("#asset-told"):
            return  # The screen is on its way in or out.
        at = self.query_one(OptionList).highlighted
        if at is not None:
            # The bar of scrolling may come: its cell is left free.
            room = self.query_one("#asset").size.width - 1
            self.query_one("#asset-told", Static).update(self.shown[at].told(room))

    def action_page(self, way: int) -> None:
        """A page down or up in what is shown, wherever the focus is."""
        asset = self.query_one("#asset")
        asset.scroll_relative(y=way * max(asset.size.height - 2, 1), animate=False)


def _dashboard(shown: DashboardShown, room: int) -> Text:
    lines = [f"Template variables: {', '.join(shown.variables)}"] if shown.variables else []
    # One text, so that rows in which nothing stands are seen as well.
    lines.append("\n".join(sketch_of(shown.layout, room)) or "It has no widgets.")
    if shown.layout.left_out:
        lines.append(f"{shown.layout.left_out} widgets more are not drawn.")
    if shown.description:
        lines.append(shown.description)
    return _told(shown.title, [("", line) for line in lines])


def _monitor(shown: MonitorShown, room: int) -> Text:  # noqa: ARG001
    lines = [
        ("", shown.why),
        ("Type", shown.type),
        ("Query", shown.query),
        ("Message", shown.message),
        ("Tags", ", ".join(shown.tags)),
    ]
    return _told(shown.title, lines)


def _other(shown: Other, room: int) -> Text:  # noqa: ARG001
    return _told(shown.name, [("Kind", shown.kind), ("", shown.words)])


def _file(path: str, text: str, room: int) -> Text:  # noqa: ARG001
    return _told(path, [("", text)])


def _told(title: str, lines: list[tuple[str, str]]) -> Text:
    words = Text(title, "bold")
    for label, value in lines:
        if value:
            words.append(f"\n{label}: {value}" if label else f"\n{value}", "not bold")
    return words
