"""After writing: what was written, and what to do next."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Footer, Static
from tilewizard.session import Session


class DoneScreen(Screen[None]):
    """The files that were written and the way to the pull request."""

    BINDINGS = [("enter,ctrl+q,q", "finish", "Close tilewizard")]

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
        text.append(f"{self.root}: {len(self.written)} files\n\n")
        for path in self.written:
            text.append(f"  {path}\n", "dim")
        text.append("\nWhat to do next\n", "bold")
        for index, line in enumerate(next_steps(self.session, name), 1):
            text.append(f"  {index}. {line}\n")
        with VerticalScroll(id="done"):
            yield Static(text, markup=False)
            yield Button("Close", id="close", compact=True)
        yield Footer(compact=True)

    def on_button_pressed(self) -> None:
        """Close."""
        self.action_finish()

    def action_finish(self) -> None:
        """Close tilewizard."""
        self.app.exit()


def next_steps(session: Session, name: str) -> list[str]:
    """The way from the directory to a published tile."""
    answers = session.answers
    steps = [f"git switch -c {name.replace('_', '-')} && git add {name}    (in your checkout of {answers.target})"]
    if answers.type.agent_based and session.new:
        steps += [
            f"ddev validate config --sync {name} && ddev validate models --sync {name}    (makes the example configuration)",
            f"ddev test {name}    (runs the check's tests)",
        ]
    return [
        *steps,
        "ddev validate all    (the same checks that run on your pull request)",
        f"add the line “/{name}/  @your-github-team” to .github/CODEOWNERS",
        f"git commit -m 'Add {answers.listing.title}' && git push, and open the pull request",
        "look at the tile in your sandbox when Datadog has merged it for preview, and approve its release",
    ]
