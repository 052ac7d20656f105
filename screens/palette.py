"""What the command palette offers on a step, besides the theme and Textual's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from .gate import gate_of
from .steps import STEPS

if TYPE_CHECKING:
    from .wizard import WizardScreen

PALETTE = (
    ("Next problem", "Go to the next thing to mend, wherever it is", "next_problem"),
    ("Fix next problem", "Mend the next thing that has one right answer; else go to it", "fix_next"),
    ("Check", "All findings, and what would be written", "check"),
    ("Preview", "The tile as a customer sees it", "preview"),
    ("Publish", "What is asked for before it is published, and where it stands", "publish"),
    ("Developer Platform", "Its form, field by field: copy values, tick what is entered", "platform_form"),
    ("Offered changes", "For the package and the checkout: each is shown first, and written on request", "offers"),
    ("Export answers", "Write what you answered into a file, to author another tile from", "export"),
    ("Undo", "Take the last change back", "undo"),
    ("Redo", "Make it again", "redo"),
    ("History", "What was changed, one after the other; go there, or take it back", "history"),
    ("Search answers", "Words of a label or a value; Enter goes there", "search"),
    ("Copy the value", "What has the focus, to the clipboard", "copy"),
    ("Help on this step", "What it asks, and the keys", "help"),
    ("Leave", "The draft is kept", "leave"),
)
"""Name, meaning, action of the wizard's screen."""


def commands(screen: WizardScreen) -> Iterator[SystemCommand]:
    """What can be done, then every step to go to."""
    for name, meaning, action in PALETTE:
        yield SystemCommand(name, meaning, lambda action=action: gate_of(screen).carry_out(screen.run_action(action)))
    for step in STEPS:
        go = lambda slug=step.slug: gate_of(screen).carry_out(screen.go_to(slug))  # noqa: E731
        yield SystemCommand(f"Go to {step.title}", "Open this step", go)
