"""Writing the answers into a file, from which a tile can be authored again."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Input, Static
from tilewizard.answers.model import Answers
from tilewizard.answers.typed_path import typed_path
from tilewizard.errors import TilewizardError
from tilewizard.session.session import Session

from .widgets.path_input import PathInput


class ExportAnswers(ModalScreen[Path | None]):
    """Asks for a file's name and writes the answers; a file that is there is replaced only when asked twice.

    Args:
        session: whose answers.
    """

    DEFAULT_CSS = """
    ExportAnswers { align: center middle; }
    ExportAnswers #export { width: 90%; max-width: 100; height: auto; background: $surface; border: round $primary;
        padding: 0 1; }
    ExportAnswers Input { background: $boost; }
    ExportAnswers Input:focus { background: $primary-muted; text-style: bold; }
    ExportAnswers #export-said { height: auto; margin: 1 0; color: $text-warning; }
    """
    BINDINGS = [Binding("escape", "dismiss", "Cancel")]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._warned = ""

    def compose(self) -> ComposeResult:
        """What it does, the name, the buttons."""
        name = self.session.settled().listing.directory or "tile"
        with Vertical(id="export"):
            yield Static("Export the answers", classes="step-title", markup=False)
            yield Static(
                "A YAML file with all that you answered. `tilewizard new --answers FILE` starts from it, with --yes it "
                "writes the tile without asking.",
                markup=False,
            )
            yield PathInput(f"{name}-answers.yaml", (".yaml", ".yml"), "answers.yaml")
            yield Static("", id="export-said", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Write (Enter)", id="export-write", variant="primary", compact=True)
                yield Button("Cancel (Esc)", id="export-cancel", compact=True)
        yield Footer(show_command_palette=False, compact=True)

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
        from tilewizard.answers.yaml_text import dumps, loads, updated
        from tilewizard.writing.commit import replace_file

        name = typed_path(self.query_one(PathInput).value)
        if not name or name.endswith(os.sep) or Path(name).is_dir():
            self._say("Type the name of a file.")
            return
        path = Path(name)
        if os.path.lexists(path) and self._warned != name:
            self._warned = name
            self._say(f"{path.name} is there already; press Enter again to replace it.")
            return
        try:
            text = dumps(self._answers(), comments=True)
            if os.path.lexists(path):
                # Answers that are there keep the comments that somebody wrote into them.
                with suppress(TilewizardError, OSError, UnicodeDecodeError):
                    old = path.read_text("utf-8")
                    loads(old, file=path.name, folder=path.parent)
                    text = updated(old, self._answers())
            replace_file(path, text.encode())
        except TilewizardError as error:
            self._say(error.render())
            return
        self.app.notify(f"Written: {path}", markup=False)
        self.dismiss(path)

    def _answers(self) -> Answers:
        from tilewizard.session.export import exported_answers

        return self.session.answers if self.session.new else exported_answers(self.session.tile())

    def _say(self, words: str) -> None:
        self.query_one("#export-said", Static).update(words)
