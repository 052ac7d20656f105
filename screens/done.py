"""After writing: what was written, and what to do next."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Footer, Static
from tilewizard.session.next_steps import next_steps
from tilewizard.session.session import Session

from .ddev import DdevScreen, ddev


class DoneScreen(Screen[None]):
    """The files that were written and the way to the pull request."""

    BINDINGS = [("enter,ctrl+q,q", "finish", "Close tilewizard"), ("f4", "ddev", "Run ddev")]

    def __init__(self, root: Path, written: list[str], session: Session) -> None:
        super().__init__()
        self.root = root
        self.written = written
        self.session = session

    def compose(self) -> ComposeResult:
        """The news and the next steps."""
        name = self.root.name
        text = Text()
        text.append("✓ Written\n", "bold")
        count = len(self.written)
        text.append(f"{self.root}: {count} file{'s' * (count != 1)}\n\n")
        for path in self.written:
            text.append(f"  {path}\n", "dim")
        text.append("\nWhat to do next\n", "bold")
        for index, line in enumerate(next_steps(self.session, name), 1):
            text.append(f"  {index}. {line}\n")
        with VerticalScroll(id="done"):
            yield Static(text, markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Close (Enter)", id="close", compact=True)
                if ddev():
                    yield Button("Run Datadog's validators (F4)", id="done-ddev", compact=True)
        yield Footer(compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Run the validators, or close."""
        if event.button.id == "done-ddev":
            self.action_ddev()
        else:
            self.action_finish()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """ddev is offered where it is installed."""
        return action != "ddev" or ddev() is not None

    def action_ddev(self) -> None:
        """Have Datadog's own validators look at what was written."""
        self.app.push_screen(DdevScreen(self.root))

    def action_finish(self) -> None:
        """Close tilewizard."""
        self.app.exit()
