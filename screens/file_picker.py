"""Choosing files: type a part of the name, or a path; what a file holds is said before it is picked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Checkbox, Input, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.answers.typed_path import typed_path
from tilewizard.drafts.recent_folders import recent_folders, remember_folder
from tilewizard.language import _
from tilewizard.quoting import visible

from .widgets.file_facts import FileFacts
from .widgets.keys import Keys
from .widgets.tick_box import TickBox

ENTRIES_MAX = 20_000
"""Names of one folder that are read."""
LISTED_MAX = 300
"""Names that are listed; who looks for another types a part of it."""


@dataclass(frozen=True)
class Entry:
    """A line of the list: a file, a folder, or a folder that was used lately."""

    path: Path
    folder: bool
    recent: bool = False
    up: bool = False

    @property
    def name(self) -> str:
        """As it is listed."""
        return ".." if self.up else self.path.name


def starting_folder(path: str) -> Path:
    """Where to start choosing: the folder of the file that is there already, else the one used last, else this one."""
    folder = Path(path) if path else None
    for each in (folder, folder.parent if folder is not None else None, *recent_folders()[:1]):
        if each is not None and _is_folder(each):
            return each
    return Path.cwd()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_path(text: str) -> bool:
    """Whether a typed text names a place, and not a part of a name in the folder that is shown."""
    return "/" in text or text.startswith(("~", "$", "'", '"'))


def read_folder(folder: Path) -> tuple[list[Entry], str]:
    """The folders and files in a folder, folders first; and why it can't be read, or nothing."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, ENTRIES_MAX):
                try:
                    kind = entry.is_dir()
                except OSError:
                    continue
                found.append(Entry(Path(entry.path), kind))
    except (OSError, ValueError) as error:
        return [], (error.strerror if isinstance(error, OSError) else None) or _("no such folder")
    return sorted(found, key=lambda each: (not each.folder, each.name.casefold())), ""


def fitting(entries: list[Entry], words: str, endings: tuple[str, ...], everything: bool) -> list[Entry]:
    """The entries whose name holds the words, those that start with them first; hidden ones only when asked for."""
    wanted = words.casefold()
    found = []
    for each in entries:
        name = each.name.casefold()
        hidden = name.startswith(".") and not wanted.startswith(".")
        of_kind = each.folder or not endings or name.endswith(endings)
        if wanted in name and (everything or (of_kind and not hidden)):
            found.append(each)
    return sorted(found, key=lambda each: not each.name.casefold().startswith(wanted)) if wanted else found


class FilePicker(ModalScreen["Path | list[Path] | None"]):
    """Gives the picked file, a list of files with ``several``, or None when one thinks better of it.

    Args:
        start: the folder that is shown first.
        endings: of the files that fit, in lower case; none: all do.
        kind: what the file is for, as :func:`tilewizard.preview.picked_file.kind_at` says.
        several: whether files can be marked, to be picked together.
    """

    DEFAULT_CSS = """
    FilePicker { align: center middle; }
    FilePicker #picker { width: 96%; height: 96%; background: $surface; border: round $primary; padding: 0 1; }
    FilePicker #picker-folder { height: 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    FilePicker #picker-name { background: $boost; }
    FilePicker #picker-name:focus { background: $primary-muted; text-style: bold; }
    FilePicker #picker-body { height: 1fr; margin-top: 1; }
    FilePicker #picker-list { width: 1fr; height: 1fr; border: none; background: $boost; text-wrap: nowrap;
        text-overflow: ellipsis; }
    FilePicker #picker-facts { width: 1fr; height: 1fr; padding-left: 1; }
    FilePicker.-narrow #picker-body { layout: vertical; }
    FilePicker.-narrow #picker-facts { width: 100%; height: 8; padding-left: 0; border-top: solid $primary; }
    FilePicker #picker-buttons { height: 1; }
    FilePicker #picker-buttons Checkbox { width: 1fr; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (96, "-wide")]
    BINDINGS = [
        Binding("enter", "pick", _("Choose"), priority=True),
        Binding("tab,insert", "mark", _("Mark"), priority=True),
        Binding("backspace", "up", _("Folder above"), priority=True),
        # Ctrl+H would be the usual key, and is what Backspace sends in many a terminal.
        Binding("f2", "everything", _("All files")),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False, priority=True),
        Binding("pagedown", "move(10)", show=False, priority=True),
        Binding("escape", "cancel", _("Cancel"), priority=True),
    ]

    def __init__(self, start: Path, endings: tuple[str, ...], kind: str, several: bool = False) -> None:
        super().__init__()
        self.folder = start.absolute()
        self.endings = endings
        self.kind = kind
        self.several = several
        self.marked: list[Path] = []
        self.listed: list[Entry] = []
        self._recent = [Entry(folder, True, recent=True) for folder in recent_folders()]
        self._read: tuple[Path, list[Entry], str] | None = None
        self._clicked: Path | None = None

    # -- making

    def compose(self) -> ComposeResult:
        """The folder, what is typed, the list and the facts beside it."""
        what = _(" ({endings} are listed)", endings=", ".join(self.endings)) if self.endings else ""
        with Vertical(id="picker"):
            yield Static("", id="picker-folder", markup=False)
            yield Input(
                placeholder=_("part of a name, or a path{what}", what=what),
                id="picker-name",
                compact=True,
                select_on_focus=False,
            )
            with Horizontal(id="picker-body"):
                files = OptionList(id="picker-list", markup=False, compact=True)
                files.can_focus = False
                yield files
                with VerticalScroll(id="picker-facts", can_focus=False):
                    yield FileFacts(self.kind, problems=True, picture=(48, 14))
            with Horizontal(id="picker-buttons"):
                box = TickBox(_("all files (F2)"), compact=True)
                box.display = bool(what)
                box.can_focus = False
                yield box
                for label, name in ((_("Choose"), "picker-choose"), (_("Cancel"), "picker-cancel")):
                    button = Button(label, id=name, compact=True)
                    button.can_focus = False
                    yield button
        yield Keys(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the first folder."""
        self.query_one(Input).focus()
        self._look()

    # -- the list

    @property
    def typed(self) -> str:
        """What stands in the input."""
        return self.query_one(Input).value

    def _place(self) -> tuple[Path, str]:
        """The folder that is listed, and the words that its names hold, from what is typed."""
        text = self.typed
        if not is_path(text):
            return self.folder, text.strip()
        path = Path(typed_path(text, self.folder))
        ends_in_folder = text.rstrip("'\"").endswith("/") or path == self.folder
        return (path, "") if ends_in_folder else (path.parent, path.name)

    def _look(self) -> None:
        """List what is typed; a folder that isn't known yet is read in a thread."""
        folder, __ = self._place()
        if self._read is not None and self._read[0] == folder:
            self._fill()
        else:
            self.run_worker(partial(self._scan, folder), thread=True, exclusive=True, group="folder")

    def _scan(self, folder: Path) -> None:
        entries, fault = read_folder(folder)
        if self.is_attached and self._place()[0] == folder:
            self.app.call_from_thread(self._scanned, folder, entries, fault)

    def _scanned(self, folder: Path, entries: list[Entry], fault: str) -> None:
        if self.is_mounted:
            self._read = (folder, entries, fault)
            self._fill()

    def _fill(self) -> None:
        assert self._read is not None
        folder, entries, fault = self._read
        words = self._place()[1]
        found = fitting(entries, words, self.endings, self.query_one(Checkbox).value)
        above = [] if words or folder.parent == folder else [Entry(folder.parent, True, up=True)]
        recent = [] if self.typed else [each for each in self._recent if each.path != folder]
        self.listed = [*recent, *above, *found[:LISTED_MAX]]
        files = self.query_one(OptionList)
        files.clear_options()
        files.add_options([Option(self._line(each)) for each in self.listed])
        files.highlighted = self._likely(bool(words))
        more = (
            _(", {count} more: type a part of the name", count=len(found) - LISTED_MAX)
            if len(found) > LISTED_MAX
            else ""
        )
        marked = _(" · {count} marked", count=len(self.marked)) if self.marked else ""
        said = (
            _("can't be read: {fault}", fault=fault)
            if fault
            else _("{count} of {count2}{more}", count=len(found), count2=len(entries), more=more)
        )
        self.query_one("#picker-folder", Static).update(f"{visible(_home(folder))} · {said}{marked}")
        self._show_facts()

    def _likely(self, searched: bool) -> int | None:
        """The line that one most likely wants: what fits best, else the first file, else the first folder."""
        own = [at for at, each in enumerate(self.listed) if not each.recent and not each.up]
        files = [at for at in own if not self.listed[at].folder and not searched]
        return next(iter(files or own or range(len(self.listed))), None)

    def _line(self, entry: Entry) -> Text:
        if entry.recent:
            return Text(f"↺ {visible(_home(entry.path))}/", "italic", no_wrap=True, overflow="ellipsis")
        sign = ("✓ " if entry.path in self.marked else "  ") if self.several else ""
        name = f"{sign}{visible(entry.name)}{'/' if entry.folder else ''}"
        return Text(name, "bold" if entry.folder else "", no_wrap=True, overflow="ellipsis")

    @property
    def highlighted(self) -> Entry | None:
        """The entry that the list stands on."""
        at = self.query_one(OptionList).highlighted
        return self.listed[at] if at is not None and at < len(self.listed) else None

    def _show_facts(self) -> None:
        entry = self.highlighted
        self.query_one(FileFacts).look(entry.path if entry is not None and not entry.folder else None)

    # -- typing and moving

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what fits."""
        event.stop()
        self.refresh_bindings()
        self._look()

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        """Show files of other kinds too, or no more."""
        event.stop()
        if self._read is not None:
            self._fill()

    def action_everything(self) -> None:
        """Show files of other kinds too, or no more."""
        self.query_one(Checkbox).toggle()

    def action_move(self, by: int) -> None:
        """Up or down the list."""
        files = self.query_one(OptionList)
        if self.listed:
            at = (files.highlighted if files.highlighted is not None else -1) + by
            files.highlighted = max(0, min(at, len(self.listed) - 1))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what is in it."""
        event.stop()
        self._show_facts()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click: opens a folder, marks with several, and picks a file that was clicked before."""
        event.stop()
        entry = self.listed[event.option_index]
        again, self._clicked = self._clicked == entry.path, entry.path
        if entry.folder:
            self.open(entry.path)
        elif self.several:
            self.action_mark()
        elif again:
            self._finish([entry.path])

    def open(self, folder: Path) -> None:
        """Show another folder."""
        self.folder = Path(os.path.normpath(folder))
        self._clicked = None
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self._look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Backspace is the input's own where there is something to take away."""
        if not self.is_mounted:
            return True
        if action == "mark":
            return self.several
        return not self.typed if action == "up" else True

    def action_up(self) -> None:
        """The folder above."""
        self.open(self.folder.parent)

    def action_mark(self) -> None:
        """Mark the highlighted file, or no more."""
        entry, files = self.highlighted, self.query_one(OptionList)
        at = files.highlighted
        if entry is None or entry.folder or at is None:
            return
        self.marked = [path for path in self.marked if path != entry.path] + [entry.path] * (
            entry.path not in self.marked
        )
        files.replace_option_prompt_at_index(at, self._line(entry))
        count = _("{count} marked: Enter chooses them", count=len(self.marked)) if self.marked else _("none marked")
        self.query_one("#picker-folder", Static).update(f"{visible(_home(self.folder))} · {count}")

    def on_key(self, event: events.Key) -> None:
        """What is typed goes to the input, wherever the focus is."""
        if event.is_printable and not isinstance(self.focused, Input):
            self.query_one(Input).focus()

    # -- done

    def action_pick(self) -> None:
        """Open the folder or pick the file: the one that is typed as a path, else the highlighted one."""
        if is_path(self.typed):
            path = Path(typed_path(self.typed, self.folder))
            if _is_folder(path):
                self.open(path)
                return
            if _is_file(path):
                self._finish([*self.marked, path])
                return
        entry = self.highlighted
        if entry is not None and entry.folder:
            self.open(entry.path)
        elif self.marked:
            self._finish(self.marked)
        elif entry is not None:
            self._finish([entry.path])

    def _finish(self, paths: list[Path]) -> None:
        remember_folder(paths[0].parent)
        self.dismiss(list(dict.fromkeys(paths)) if self.several else paths[0])

    def action_cancel(self) -> None:
        """Pick nothing."""
        self.dismiss(None)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Choose or cancel with the mouse."""
        event.stop()
        if event.button.id == "picker-cancel":
            self.action_cancel()
        elif self.marked:
            self._finish(self.marked)
        else:
            self.action_pick()


def _home(folder: Path) -> str:
    """A folder with ``~`` for one's own."""
    try:
        return f"~/{folder.relative_to(Path.home())}".removesuffix("/.")
    except (ValueError, RuntimeError):
        return str(folder)
