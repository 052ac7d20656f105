"""What comes with the tile: looked at one by one, taken from exported files, renamed, taken away; monitors are edited in a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.errors import TilewizardError
from tilewizard.field.asset_kinds import MONITORS
from tilewizard.language import _, ngettext
from tilewizard.preview.resources import DashboardShown, MonitorShown, Other, dashboards, monitors, others
from tilewizard.quoting import quoted, visible
from tilewizard.rules.findings import Finding
from tilewizard.session.assets import Asset, assets_of, remove, rename, take
from tilewizard.session.history import told
from tilewizard.session.kept_draft import KeptDraft
from tilewizard.session.monitor_desk import MonitorDesk
from tilewizard.session.report import Report

from .dashboard_sketch import sketch_of
from .file_picker import FilePicker, starting_folder
from .widgets.faults import told as fault_told
from .widgets.keys import Keys
from .widgets.line import Line

BESIDE = 110
"""Columns of the terminal from which on the list stands beside what it shows."""
STEP = "dashboards"
TEXT_MAX = 20_000
"""Characters that are shown of a file that is shown as it is."""
_ENDINGS = (".json", ".yaml", ".yml")
"""Endings of the files that can be taken."""
_FAULTS_MAX = 8
_DONE_MAX = 3


@dataclass(frozen=True)
class Shown:
    """A line of the list, and what is shown of it in so many cells."""

    asset: Asset
    title: str
    told: Callable[[int], Text]

    @property
    def line(self) -> str:
        """What it is, and what it is called."""
        return f"{self.asset.kind.called.capitalize()}: {self.title}"


def shown_of(report: Report) -> list[Shown]:
    """The assets of a tile as it would be written, those that can't be read among them."""
    tile = report.tile
    told_of: dict[str, tuple[str, Callable[[int], Text]]] = {}
    for dashboard in dashboards(tile):
        told_of[dashboard.path] = dashboard.title, partial(_dashboard, dashboard)
    for monitor in monitors(tile):
        told_of[monitor.path] = monitor.title, partial(_monitor, monitor)
    for other in others(tile):
        told_of[other.path] = other.name, partial(_other, other)
    found = []
    for asset in assets_of(tile):
        file = tile.file(asset.path)
        text = "\n".join(map(visible, (file.text if file is not None else "")[:TEXT_MAX].splitlines()))
        title, words = told_of.get(asset.path, (asset.called, partial(_file, asset.path, text)))
        wrong = [finding for finding in report.findings if finding.file == asset.path]
        found.append(Shown(asset, title, partial(_with_faults, wrong, words)))
    return found


class AssetsScreen(ModalScreen[None]):
    """A list of assets, and the highlighted one. What is done to them is done to the session, a change each.

    Args:
        kept: the draft, and its session.
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
    AssetsScreen.beside OptionList { width: 34; height: 1fr; max-height: 100%; margin-right: 1; text-wrap: wrap; }
    """
    BINDINGS = [
        Binding("enter", "edit", _("Edit"), priority=True),
        Binding("f2", "new_monitor", _("New monitor"), priority=True),
        Binding("f7", "take", _("Take a file"), priority=True),
        Binding("f8", "remove", _("Remove"), priority=True),
        Binding("f9", "rename", _("Rename"), priority=True),
        Binding("ctrl+z", "undo", _("Undo"), priority=True),
        Binding("ctrl+y", "redo", _("Redo"), priority=True, show=False),
        Binding("tab", "app.focus_next", _("List or picture"), show=False),
        Binding("pagedown", "page(1)", _("Down"), priority=True, show=False),
        Binding("pageup", "page(-1)", "Up", priority=True, show=False),
        Binding("escape", "dismiss(None)", _("Close"), priority=True),
    ]

    def __init__(self, kept: KeptDraft) -> None:
        super().__init__()
        self._kept = kept
        self.session = kept.session
        self.shown = shown_of(self.session.examine())

    def compose(self) -> ComposeResult:
        """The list, and the highlighted one below or beside it."""
        with Vertical(id="assets"):
            yield Static("", id="assets-title", classes="step-title", markup=False)
            yield Static("", id="assets-none", markup=False)
            with Container(id="assets-both"):
                yield OptionList(markup=False, compact=True)
                with VerticalScroll(id="asset"):
                    yield Static("", id="asset-told", markup=False)
        yield Keys(("undo", "rename"), show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the first."""
        self._fill(0)
        self.query_one(OptionList).focus()

    def _fill(self, at: int) -> None:
        self.query_one("#assets-title", Static).update(_("What comes with the tile: {count}", count=len(self.shown)))
        none = self.query_one("#assets-none", Static)
        none.update(_("Nothing yet. F2 makes a monitor of a metric; F7 takes a file that was exported from Datadog."))
        none.display = not self.shown
        self.query_one("#assets-both").display = bool(self.shown)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(each.line) for each in self.shown])
        if self.shown:
            options.highlighted = min(at, len(self.shown) - 1)
        self._tell()

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
        chosen = self._chosen
        if chosen is not None:
            # The bar of scrolling may come: its cell is left free.
            room = self.query_one("#asset").size.width - 1
            self.query_one("#asset-told", Static).update(chosen.told(room))

    @property
    def _chosen(self) -> Shown | None:
        at = self.query_one(OptionList).highlighted
        return self.shown[at] if at is not None and at < len(self.shown) else None

    def action_page(self, way: int) -> None:
        """A page down or up in what is shown, wherever the focus is."""
        asset = self.query_one("#asset")
        asset.scroll_relative(y=way * max(asset.size.height - 2, 1), animate=False)

    # -- what is done to them

    def _changed(self, asset: Asset | None = None) -> None:
        """Show what there is now, at an asset."""
        self._kept.keep(STEP)
        before = self.query_one(OptionList).highlighted or 0
        self.shown = shown_of(self.session.examine())
        at = next(
            (at for at, each in enumerate(self.shown) if asset is not None and each.asset.path == asset.path), before
        )
        self._fill(at)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.app.clear_notifications()
        self.notify(words, severity="error" if wrong else "information", timeout=12 if wrong else 6, markup=False)

    def action_edit(self) -> None:
        """Edit the highlighted monitor in its form."""
        chosen = self._chosen
        if chosen is None:
            return
        if chosen.asset.kind is MONITORS:
            self._open(chosen.asset)
        else:
            self._say(
                _(
                    "Only monitors have a form: change the {one} in Datadog, and take its export with F7.",
                    one=chosen.asset.kind.called,
                )
            )

    def action_new_monitor(self) -> None:
        """A monitor of a metric of the tile."""
        self._open(None)

    def _open(self, asset: Asset | None) -> None:
        from .monitor_form import MonitorScreen

        try:
            desk = MonitorDesk(self.session, asset)
        except TilewizardError as error:
            self._say(error.render(), wrong=True)
            return
        self.app.push_screen(MonitorScreen(desk, self._kept), self._edited)

    def _edited(self, asset: Asset | None) -> None:
        if self.is_mounted and asset is not None:
            self._changed(asset)

    def action_take(self) -> None:
        """Take an exported file."""
        self.app.push_screen(FilePicker(starting_folder(""), _ENDINGS, ""), self._picked)

    def _picked(self, chosen: Path | list[Path] | None) -> None:
        paths = chosen if isinstance(chosen, list) else [chosen] if chosen is not None else []
        for path in paths if self.is_mounted else ():
            try:
                taken = take(self.session, path, self._kept.keep_file)
            except TilewizardError as error:
                self._say(error.render(), wrong=True)
                return
            self._changed(taken.asset)
            done = [*taken.done[:_DONE_MAX]]
            if len(taken.done) > _DONE_MAX:
                done.append(_("and {count} more", count=len(taken.done) - _DONE_MAX))
            mended = _(" Mended: {done}.", done="; ".join(done)) if done else ""
            self._say(_("Taken as a {one}.{mended}", one=taken.asset.kind.called, mended=mended))

    def action_remove(self) -> None:
        """Take the highlighted one away."""
        chosen = self._chosen
        if chosen is not None:
            remove(self.session, chosen.asset)
            self._changed()
            self._say(_("Taken away: {chosen}. Ctrl+Z brings it back.", chosen=quoted(chosen.title)))

    def action_rename(self) -> None:
        """Another short name for the highlighted one."""
        chosen = self._chosen
        if chosen is not None:
            self.app.push_screen(NameScreen(chosen.asset), partial(self._named, chosen.asset))

    def _named(self, asset: Asset, name: str | None) -> None:
        if name is None or not self.is_mounted:
            return
        try:
            renamed = rename(self.session, asset, name)
        except TilewizardError as error:
            self._say(error.render(), wrong=True)
            return
        self._changed(renamed)

    def action_undo(self) -> None:
        """Take the last change back."""
        change = self.session.undo()
        self._changed()
        self._say(told(change).undone() if change else _("Nothing to undo."))

    def action_redo(self) -> None:
        """Make it again."""
        change = self.session.redo()
        self._changed()
        self._say(told(change).redone() if change else _("Nothing to redo."))


class NameScreen(ModalScreen[str | None]):
    """Asks for another short name of an asset. Enter gives it, Escape none.

    Args:
        asset: as it is called now.
    """

    DEFAULT_CSS = """
    NameScreen { align: center middle; }
    NameScreen #name { width: 60; max-width: 100%; height: auto; background: $surface; border: round $primary; padding: 0 1; }
    NameScreen Horizontal { height: 1; margin-top: 1; }
    NameScreen Label { width: 12; }
    NameScreen Input { width: 1fr; background: $boost; }
    NameScreen .buttons { margin-top: 1; }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", _("Cancel"), priority=True)]

    def __init__(self, asset: Asset) -> None:
        super().__init__()
        self._asset = asset

    def compose(self) -> ComposeResult:
        """The name, the buttons."""
        with Vertical(id="name"):
            yield Static(_("Rename the {one}", one=self._asset.kind.called), classes="step-title", markup=False)
            with Horizontal():
                yield Label(_("Short name"), markup=False)
                yield Line(self._asset.called, compact=True)
            with Horizontal(classes="buttons"):
                yield Button(_("Rename (Enter)"), id="name-take", variant="primary", compact=True)
                yield Button(_("Cancel (Esc)"), id="name-cancel", compact=True)
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Type behind the name."""
        line = self.query_one(Input)
        line.focus()
        line.cursor_position = len(line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter gives the name."""
        event.stop()
        self.dismiss(event.value)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Give the name, or none."""
        event.stop()
        self.dismiss(self.query_one(Input).value if event.button.id == "name-take" else None)


def _with_faults(findings: list[Finding], words: Callable[[int], Text], room: int) -> Text:
    text = words(room)
    for finding in findings[:_FAULTS_MAX]:
        text.append(f"\n{fault_told(finding)}", "not bold")
    return text


def _dashboard(shown: DashboardShown, room: int) -> Text:
    lines = [_("Template variables: {variables}", variables=", ".join(shown.variables))] if shown.variables else []
    # One text, so that rows in which nothing stands are seen as well.
    lines.append("\n".join(sketch_of(shown.layout, room)) or _("It has no widgets."))
    if shown.layout.left_out:
        lines.append(
            ngettext("{count} widget more is not drawn.", "{count} widgets more are not drawn.", shown.layout.left_out)
        )
    if shown.description:
        lines.append(shown.description)
    return _told(shown.title, [("", line) for line in lines])


def _monitor(shown: MonitorShown, room: int) -> Text:  # noqa: ARG001
    lines = [
        ("", shown.why),
        (_("Type"), shown.type),
        (_("Query"), shown.query),
        (_("Message"), shown.message),
        (_("Tags"), ", ".join(shown.tags)),
    ]
    return _told(shown.title, lines)


def _other(shown: Other, room: int) -> Text:  # noqa: ARG001
    return _told(shown.name, [(_("Kind"), shown.kind), ("", shown.words)])


def _file(path: str, text: str, room: int) -> Text:  # noqa: ARG001
    return _told(path, [("", text)])


def _told(title: str, lines: list[tuple[str, str]]) -> Text:
    words = Text(title, "bold")
    for label, value in lines:
        if value:
            words.append(f"\n{label}: {value}" if label else f"\n{value}", "not bold")
    return words
