"""The themes that tilewizard adds to Textual's own, and which one is meant."""

from __future__ import annotations

from textual.theme import Theme
from tilewizard.drafts.looks import Looks, remembered_theme, terminal_is_light
from tilewizard.errors import TilewizardError
from tilewizard.quoting import quoted

DARK, LIGHT = "textual-dark", "textual-light"
CONTRAST_DARK = Theme(
    name="high-contrast",
    dark=True,
    primary="#00a2ff",
    secondary="#ffffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#262626",
    boost="#333333",
    success="#00ff00",
    warning="#ffff00",
    error="#ff8080",
    text_alpha=1.0,
    luminosity_spread=0.2,
    variables={
        "text-muted": "#ffffff",
        "text-disabled": "#c0c0c0",
        "primary-muted": "#004a80",
        "footer-key-foreground": "#ffff00",
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
    },
)
CONTRAST_LIGHT = Theme(
    name="high-contrast-light",
    dark=False,
    primary="#0037a6",
    secondary="#000000",
    accent="#5a0080",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#e4e4e4",
    boost="#f0f0f0",
    success="#005a00",
    warning="#6b3d00",
    error="#a00000",
    text_alpha=1.0,
    luminosity_spread=0.2,
    variables={
        "text-muted": "#000000",
        "text-disabled": "#404040",
        "primary-muted": "#b8d4ff",
        "footer-key-foreground": "#0037a6",
        "block-cursor-background": "#000000",
        "block-cursor-foreground": "#ffffff",
    },
)
OWN = (CONTRAST_DARK, CONTRAST_LIGHT)
_SHORT = {"dark": DARK, "light": LIGHT}


def theme_for(looks: Looks, known: set[str]) -> str:
    """The name of the theme that is meant; a remembered one that is gone gives way to the one that fits the terminal.

    Args:
        looks: what was asked for.
        known: the themes there are.

    Raises:
        TilewizardError: there is no theme of the name that was asked for.
    """
    asked = _SHORT.get(looks.theme, looks.theme)
    if asked and asked not in known:
        names = ", ".join([*_SHORT, *sorted(known)])
        raise TilewizardError(f"no theme is called {quoted(looks.theme)}", remedy=f"take one of: {names}")
    named = asked or remembered_theme()
    if looks.high_contrast:
        light = named in (LIGHT, CONTRAST_LIGHT.name) or (not named and terminal_is_light())
        return (CONTRAST_LIGHT if light else CONTRAST_DARK).name
    return named if named in known else LIGHT if terminal_is_light() else DARK
