"""Handing in: what would be committed on which branch, what stands in the way, the pull request's text. Done on request, never pushed."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option
from tilewizard.checking.checked import Checked
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.publishing.handing_in import commit, in_the_way
from tilewizard.publishing.pack import order_around
from tilewizard.publishing.pull_request import BODY_MAX, PullRequest, pull_request_of
from tilewizard.quoting import visible
from tilewizard.rules.findings import Severity
from tilewizard.tile.tile import Tile
from tilewizard.writing.state_folder import put, state_folder

from .widgets.keys import Keys

ERRORS_MAX = 3
"""Errors that are listed; all of them are Review's."""
KEPT = "pull-requests"
"""The folder of texts in the state folder."""


class HandInScreen(ModalScreen[None]):
    """The branch, the commit, its files, what is in the way; below them the template's list, to be vouched for. F2 commits, unless
    something is in the way or the check finds errors.

    Args:
        root: the tile's directory, as it lies on the disk.
    """

    DEFAULT_CSS = """
    HandInScreen { align: center middle; }
    HandInScreen #hand { width: 110; max-width: 98%; height: 100%; background: $surface; border: round $primary; padding: 0 1; }
    HandInScreen #hand-told { height: 1fr; }
    HandInScreen #hand-told:focus { background: $boost; }
    HandInScreen #hand-words { height: auto; }
    HandInScreen #hand-why { background: $boost; border: none; height: 1; padding: 0 1; }
    HandInScreen OptionList { height: auto; max-height: 7; border: none; background: $boost; text-wrap: nowrap;
        text-overflow: ellipsis; display: none; }
    """
    BINDINGS = [
        Binding("f2", "commit", _("Commit"), priority=True),
        Binding("f3", "copy_body", _("Copy the text"), priority=True),
        Binding("f4", "copy_commands", _("Copy the commands"), priority=True),
        Binding("escape", "dismiss(None)", _("Close"), priority=True),
    ]

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.request: PullRequest | None = None
        self.committed = ""
        self._seen: tuple[Tile, Checked] | None = None
        self._ticked: frozenset[int] = frozenset()
        self._body = ""

    def compose(self) -> ComposeResult:
        """What would be done, why, the template's list, the buttons."""
        with Vertical(id="hand"):
            yield Static(_("Hand it in: a commit in this checkout, which nobody pushes but you"), classes="step-title")
            with VerticalScroll(id="hand-told", can_focus=True):
                yield Static(_("looking …"), id="hand-words", markup=False)
            yield Input(placeholder=_("why you hand it in, for the pull request"), id="hand-why")
            yield OptionList(markup=False, compact=True)
            with Horizontal(classes="buttons"):
                yield Button(_("Commit (F2)"), id="hand-commit", variant="primary", compact=True, disabled=True)
                yield Button(_("Copy text (F3)"), id="hand-text", compact=True)
                yield Button(_("Commands (F4)"), id="hand-commands", compact=True)
                yield Button(_("Close (Esc)"), id="hand-close", compact=True)
        yield Keys(show_command_palette=False)

    async def on_mount(self) -> None:
        """Look at the directory and its checkout as they are."""
        self.query_one(Input).focus()
        await self._look()

    async def _look(self) -> bool:
        """Look at the disk and show it. Returns whether the screen is still there: it may be closed meanwhile."""
        why = self.query_one(Input).value
        words, possible = await asyncio.to_thread(self._looked, why)
        if not self.query("#hand-words"):
            return False
        self.query_one("#hand-words", Static).update(words)
        self.query_one("#hand-commit", Button).disabled = not possible
        lines, boxes = self.query_one(OptionList), self.request.boxes if self.request is not None else ()
        at = lines.highlighted or 0
        lines.clear_options()
        lines.add_options(Option(f"{'✓' if box.ticked else '?'} {visible(box.item)}") for box in boxes)
        lines.display = bool(boxes)
        if boxes:
            lines.highlighted = min(at, len(boxes) - 1)
        return True

    def _looked(self, why: str) -> tuple[Text, bool]:
        """What is to be told, and whether the commit can be made."""
        self.request = None
        try:
            if self._seen is None:
                order = order_around(self.root)
                tile = order.tile()
                self._seen = tile, order.checked_as(tile)
            tile, report = self._seen
            request = self.request = pull_request_of(tile, report, self._ticked, why)
            checkout = tile.checkout
            assert checkout is not None
            reasons = [] if self.committed else [*in_the_way(checkout, request.todo, request.outside)]
        except TilewizardError as error:
            return Text(f"✗ {error.render()}", "bold"), False
        return self._told(request, reasons), not (reasons or request.errors or self.committed)

    def _told(self, request: PullRequest, reasons: list[TilewizardError]) -> Text:
        todo, words = request.todo, Text()
        if self.committed:
            said = _(
                "✓ Committed on branch {branch} as {name}: {title}",
                branch=todo.branch,
                name=self.committed,
                title=todo.title,
            )
            words.append(f"{said}\n", "bold")
            words.append(_("Nothing was pushed. When you are ready (F4 copies both):") + "\n")
            words.append("".join(f"  {each}\n" for each in self._commands))
        else:
            branch = visible(todo.branch)
            where = (
                _("{branch}, new", branch=branch) if todo.new else _("{branch}, which is checked out", branch=branch)
            )
            files = ", ".join(visible(each) for each in todo.paths)
            labels = (_("Branch"), _("Commit"), _("Files"))
            width = max(map(cell_len, labels)) + 2
            for label, value in zip(labels, (where, visible(todo.title), files), strict=True):
                words.append(f"{label}{' ' * (width - cell_len(label))}", "bold")
                words.append(f"{value}\n")
        for reason in reasons:
            words.append(f"✗ {reason.render()}\n", "bold")
        if request.errors:
            words.append(_("✗ Errors that the check finds: {count}", count=request.errors) + "\n")
            words.append("".join(f"    {each}\n" for each in self._errors()))
            if not self.committed:
                words.append(_("Commit is off while errors stand; once they are mended, F2 commits.") + "\n", "bold")
        if request.length > BODY_MAX:
            said = _("✗ The text has {length:,} characters, and the repository's check allows {limit:,}.",
                     length=request.length, limit=BODY_MAX)  # fmt: skip
            words.append(f"{said}\n")
        if not all(box.ticked for box in request.boxes):
            words.append(_("? The template's list is below: Enter ticks what you vouch for.") + "\n")
        for owners, count in request.reviewers:
            words.append(_("Files that {owners} will review: {count}", owners=owners, count=count) + "\n", "dim")
        words.append(f"\n{request.body}", "dim")
        return words

    def _errors(self) -> list[str]:
        """The first of the errors, a line each."""
        findings = self._seen[1].findings if self._seen is not None else ()
        errors = [each for each in findings if each.severity == Severity.ERROR]
        lines = [visible(f"{each.file}: {each.message}") for each in errors[:ERRORS_MAX]]
        return [*lines, "…"] if len(errors) > ERRORS_MAX else lines

    @property
    def _commands(self) -> tuple[str, ...]:
        if self.request is None:
            return ()
        todo = self.request.todo
        opening = todo.opening(str(self._kept))
        return (todo.push, opening) if self.committed else (*todo.commands, opening)

    @property
    def _kept(self) -> Path:
        """Where the text lies for the command that opens the pull request."""
        return state_folder() / KEPT / f"{self.root.name}.md"

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """The reason is said: it stands in the text."""
        event.stop()
        if await self._look():
            lines = self.query_one(OptionList)
            (lines if lines.display else self.query_one("#hand-commit")).focus()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Vouch for a place of the template's list, or take that back; what was seen stays ticked."""
        event.stop()
        self._ticked ^= {event.option_index + 1}
        await self._look()

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """Commit, copy, or close."""
        event.stop()
        if event.button.id == "hand-commit":
            await self.action_commit()
        elif event.button.id == "hand-text":
            await self.action_copy_body()
        elif event.button.id == "hand-commands":
            await self.action_copy_commands()
        else:
            self.dismiss(None)

    async def action_commit(self) -> None:
        """Make the branch and the commit, all or nothing, and keep the text for the pull request."""
        self._seen = None  # What is committed is what lies there now.
        if not await self._look():
            return
        if self.request is None or self.query_one("#hand-commit", Button).disabled:
            self.notify(_("It is committed.") if self.committed else _("See what is in the way."), markup=False)
            return
        try:
            self.committed = await asyncio.to_thread(self._commit, self.request)
            await self._look()
            self._keep()
        except TilewizardError as error:
            title = _("The text could not be kept") if self.committed else _("Nothing was committed")
            self.notify(error.render(), title=title, severity="error", markup=False)
        for told in self.query("#hand-told"):
            told.scroll_home(animate=False)

    def _commit(self, request: PullRequest) -> str:
        assert self._seen is not None and self._seen[0].checkout is not None
        return commit(self._seen[0].checkout, request.todo, request.outside)

    def _keep(self) -> None:
        if self.request is None:
            return
        try:
            put(self._kept, self.request.body.encode("utf-8", "replace"))
        except OSError as error:
            place = visible(str(self._kept))
            raise TilewizardError(
                _("can't be written: {why}", why=error.strerror), file=place, remedy=_("copy the text instead")
            ) from error

    async def action_copy_body(self) -> None:
        """Put the pull request's text on the clipboard, by OSC 52."""
        await self._look()
        if self.request is not None:
            self.app.copy_to_clipboard(self.request.body.encode("utf-8", "replace").decode())
            self.notify(_("Copied the pull request's text."), markup=False)

    async def action_copy_commands(self) -> None:
        """Put the commands that are left on the clipboard, by OSC 52; the text that the last one reads is kept."""
        await self._look()
        if self.request is None:
            return
        try:
            self._keep()
        except TilewizardError as error:
            self.notify(error.render(), severity="error", markup=False)
            return
        self.app.copy_to_clipboard("\n".join(self._commands) + "\n")
        self.notify(_("Copied the commands."), markup=False)
