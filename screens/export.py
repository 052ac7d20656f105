"""Writing into a file: the answers, from which a tile can be authored again; the page that shows the tile."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static
from tilewizard.answers.model import Answers
from tilewizard.answers.typed_path import typed_path
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.session.session import Session
from tilewizard.tile.tile import Tile

from .widgets.keys import Keys
from .widgets.path_input import PathInput


class WriteFile(ModalScreen[Path | None]):
    """Asks for a file's name and writes it; a file that is there is replaced only when asked twice.

    Args:
        name: what is proposed.
    """

    DEFAULT_CSS = """
    WriteFile { align: center middle; }
    WriteFile #export { width: 90%; max-width: 100; height: auto; background: $surface; border: round $primary;
        padding: 0 1; }
    WriteFile Input { background: $boost; }
    WriteFile Input:focus { background: $primary-muted; text-style: bold; }
    WriteFile #export-said { height: auto; margin: 1 0; color: $text-warning; }
    """
    BINDINGS = [Binding("escape", "dismiss", _("Cancel"))]
    HEADING = ""
    ABOUT = ""
    ENDINGS: tuple[str, ...] = ()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.proposed = name
        self._warned = ""

    def compose(self) -> ComposeResult:
        """What it does, the name, the buttons."""
        with Vertical(id="export"):
            yield Static(self.HEADING, classes="step-title", markup=False)
            yield Static(self.ABOUT, markup=False)
            yield PathInput(self.proposed, self.ENDINGS, self.proposed)
            yield Static("", id="export-said", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Write (Enter)"), id="export-write", variant="primary", compact=True)
                yield Button(_("Cancel (Esc)"), id="export-cancel", compact=True)
        yield Keys(show_command_palette=False)

    def content(self, path: Path) -> bytes:
        """What the file is to hold.

        Raises:
            TilewizardError: it can't be made.
        """
        raise NotImplementedError

    def on_mount(self) -> None:
        """Ask for the name."""
        self.query_one(Input).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Write, or not."""
        event.stop()
        if event.button.id == "export-write":
            self._write()
        else:
            self.dismiss(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write."""
        event.stop()
        self._write()

    def _write(self) -> None:
        from tilewizard.writing.commit import replace_file

        name = typed_path(self.query_one(PathInput).value)
        if not name or name.endswith(os.sep) or Path(name).is_dir():
            self._say(_("Type the name of a file."))
            return
        path = Path(name)
        if os.path.lexists(path) and self._warned != name:
            self._warned = name
            self._say(_("{path} is there already; press Enter again to replace it.", path=path.name))
            return
        try:
            replace_file(path, self.content(path))
        except TilewizardError as error:
            self._say(error.render())
            return
        self.app.notify(_("Written: {path}", path=path), markup=False)
        self.dismiss(path)

    def _say(self, words: str) -> None:
        self.query_one("#export-said", Static).update(words)


class ExportAnswers(WriteFile):
    """The answers as a file.

    Args:
        session: whose answers.
    """

    HEADING = _("Export the answers")
    ABOUT = _(
        "A YAML file with all that you answered. `tilewizard new --answers FILE` starts from it, with --yes it writes the tile "
        "without asking."
    )
    ENDINGS = (".yaml", ".yml")

    def __init__(self, session: Session) -> None:
        super().__init__(f"{session.settled().listing.directory or 'tile'}-answers.yaml")
        self.session = session

    def content(self, path: Path) -> bytes:
        """The answers; those that are there keep the comments that somebody wrote into them."""
        from tilewizard.answers.yaml_text import dumps, loads, updated

        text = dumps(self._answers(), comments=True)
        if os.path.lexists(path):
            with suppress(TilewizardError, OSError, UnicodeDecodeError):
                old = path.read_text("utf-8")
                loads(old, file=path.name, folder=path.parent)
                text = updated(old, self._answers())
        return text.encode()

    def _answers(self) -> Answers:
        from tilewizard.session.export import exported_answers

        return self.session.answers if self.session.new else exported_answers(self.session.tile())


class ExportPage(WriteFile):
    """The tile as customers meet it, as a page of HTML.

    Args:
        tile: from what is typed so far.
    """

    HEADING = _("Write the page")
    ABOUT = _(
        "One page of HTML that shows the tile as customers meet it, with all its tabs: for marketing, legal and whoever approves "
        "it. It opens in any browser and can be printed."
    )
    ENDINGS = (".html",)

    def __init__(self, tile: Tile) -> None:
        super().__init__(f"{tile.name or 'tile'}.html")
        self.tile = tile

    def content(self, path: Path) -> bytes:  # noqa: ARG002
        """The page."""
        from tilewizard.preview.page import page_of

        return page_of(self.tile).encode("utf-8", "replace")
