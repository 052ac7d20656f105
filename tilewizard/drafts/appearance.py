"""How the wizard looks and listens: theme, contrast, mouse, motion, language. Chosen on the command line, remembered from the app."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tilewizard.language import _

from ..writing.state_folder import keep, recall

_NAME = "appearance.json"
_LANGUAGE = "language.json"
_THEME_MAX = 60
_LANGUAGE_MAX = 20


@dataclass(frozen=True)
class Appearance:
    """What was asked for.

    Attributes:
        theme: ``dark``, ``light`` or a theme's own name; empty: the one that was chosen last, else what fits the terminal.
        high_contrast: whether black and white take the place of shades.
        mouse: whether the wizard listens to it; without, the terminal's own selecting and copying works.
        motion: whether anything moves by itself: scrolling, blinking, sliding.
    """

    theme: str = ""
    high_contrast: bool = False
    mouse: bool = True
    motion: bool = True


def look_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that opens the wizard; it gets them as one ``appearance``."""
    import functools

    import click

    @click.option(
        "--theme",
        default="",
        metavar="NAME",
        envvar="TILEWIZARD_THEME",
        help=_("dark, light, or any theme of the command palette. Default: the one chosen last."),
    )
    @click.option(
        "--high-contrast", is_flag=True, envvar="TILEWIZARD_HIGH_CONTRAST", help=_("Black and white, no shades.")
    )
    @click.option("--no-mouse", is_flag=True, help=_("Leave the mouse to the terminal: select and copy as usual."))
    @click.option(
        "--reduced-motion", is_flag=True, envvar="TILEWIZARD_REDUCED_MOTION", help=_("Nothing moves or blinks.")
    )
    @functools.wraps(command)
    def with_appearance(
        *args: Any, theme: str, high_contrast: bool, no_mouse: bool, reduced_motion: bool, **options: Any
    ) -> Any:
        context = click.get_current_context()
        before = context.parent.obj if context.parent is not None else None
        # `tilewizard --theme light new` means the same as `tilewizard new --theme light`.
        outer = before if isinstance(before, Appearance) else Appearance()
        appearance = Appearance(
            theme or outer.theme,
            high_contrast or outer.high_contrast,
            outer.mouse and not no_mouse,
            outer.motion and not reduced_motion,
        )
        context.obj = appearance
        return command(*args, appearance=appearance, **options)

    return with_appearance


def remembered_theme() -> str:
    """The theme that was chosen in the app last; empty: none."""
    data = recall(_NAME)
    theme = data.get("theme") if isinstance(data, dict) else None
    return theme if isinstance(theme, str) and len(theme) <= _THEME_MAX else ""


def remember_theme(name: str) -> None:
    """Keep a theme for the next time; a state folder that can't be written is no reason to fail."""
    keep(_NAME, {"theme": name})


def remembered_language() -> str:
    """The language that was chosen in the app last; empty: none."""
    said = recall(_LANGUAGE)
    return said if isinstance(said, str) and len(said) <= _LANGUAGE_MAX else ""


def remember_language(code: str) -> None:
    """Keep a language for the next time; a state folder that can't be written is no reason to fail."""
    keep(_LANGUAGE, code)


def terminal_is_light() -> bool:
    """Whether the terminal says that its background is light: ``COLORFGBG``, as set by rxvt, Konsole and others."""
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return background in ("7", "15")
