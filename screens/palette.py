"""What the command palette offers on a step, besides the theme and Textual's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from tilewizard.language import _

from .gate import gate_of
from .steps import STEPS

if TYPE_CHECKING:
    from .wizard import WizardScreen

PALETTE = (
    (_("Next problem"), _("Go to the next thing to mend, wherever it is"), "next_problem"),
    (_("Fix next problem"), _("Mend the next thing that has one right answer; else go to it"), "fix_next"),
    (_("Check"), _("All findings, and what would be written"), "check"),
    (_("Preview"), _("The tile as a customer sees it"), "preview"),
    (_("Publish"), _("What is asked for before it is published, and where it stands"), "publish"),
    (_("After publishing"), _("What comes after it is handed in, and texts to send"), "after"),
    (_("Developer Platform"), _("Its form, field by field: copy values, tick what is entered"), "platform_form"),
    (
        _("Offered changes"),
        _("For the package and the checkout: each is shown first, and written on request"),
        "offers",
    ),
    (_("Export answers"), _("Write what you answered into a file, to author another tile from"), "export"),
    (_("Undo"), _("Take the last change back"), "undo"),
    (_("Redo"), _("Make it again"), "redo"),
    (_("History"), _("What was changed, one after the other; go there, or take it back"), "history"),
    (_("Search answers"), _("Words of a label or a value; Enter goes there"), "search"),
    (_("Copy the value"), _("What has the focus, to the clipboard"), "copy"),
    (_("Help on this step"), _("What it asks, and the keys"), "help"),
    (_("Leave"), _("The draft is kept"), "leave"),
)
"""Name, meaning, action of the wizard's screen."""


_OWN = {
    "Theme": _("Theme"),
    "Change the current theme": _("Change the current theme"),
    "Quit": _("Quit"),
    "Quit the application as soon as possible": _("Quit the application as soon as possible"),
    "Keys": _("Keys"),
    "Hide the keys and widget help panel": _("Hide the keys and widget help panel"),
    "Show help for the focused widget and a summary of available keys": _(
        "Show help for the focused widget and a summary of available keys"
    ),
    "Screenshot": _("Screenshot"),
    "Save an SVG 'screenshot' of the current screen": _("Save an SVG 'screenshot' of the current screen"),
}
"""Textual's own words in the palette, in the language that is spoken."""
_LEFT_OUT = ("Maximize", "Minimize")


def textuals(commands: Iterable[SystemCommand]) -> Iterator[SystemCommand]:
    """Textual's own commands, those that make sense here, in the language that is spoken."""
    for each in commands:
        if each.title not in _LEFT_OUT:
            yield each._replace(title=_OWN.get(each.title, each.title), help=_OWN.get(each.help, each.help))


def commands(screen: WizardScreen) -> Iterator[SystemCommand]:
    """What can be done, then every step to go to."""
    for name, meaning, action in PALETTE:
        yield SystemCommand(name, meaning, lambda action=action: gate_of(screen).carry_out(screen.run_action(action)))
    for step in STEPS:
        go = lambda slug=step.slug: gate_of(screen).carry_out(screen.go_to(slug))  # noqa: E731
        yield SystemCommand(_("Go to {step}", step=step.title), _("Open this step"), go)
