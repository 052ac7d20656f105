"""The themes that tilewizard adds to Textual's own, and which one is meant.

Three of its own, each dark and light, and one for those who need more contrast. Each has one accent, for what has the focus,
where one stands and which keys there are; all else is told in shades of one ground. ``tests/screens/test_contrast.py`` holds
each of them to WCAG 2.2: 4.5:1 for text, 3:1 for what shows the focus.
"""

from __future__ import annotations

from textual.theme import Theme
from tilewizard.drafts.appearance import Appearance, remembered_theme, terminal_is_light
from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.quoting import quoted


def _theme(
    name: str,
    *,
    dark: bool,
    grounds: tuple[str, str, str, str],
    text: tuple[str, str, str],
    accent: tuple[str, str],
    states: tuple[str, str, str],
) -> Theme:
    """A theme from its few colours.

    Args:
        name: as ``--theme`` takes it.
        dark: whether light text stands on a dark ground.
        grounds: behind everything; of panes; of lines to type into; of bars and heads of tables.
        text: what is read; labels and explanations; what stands in for a value.
        accent: the one accent, and the ground of what has the focus.
        states: done; to look at; wrong.
    """
    background, surface, boost, panel = grounds
    foreground, muted, faint = text
    strong, focus = accent
    success, warning, error = states
    return Theme(
        name=name,
        dark=dark,
        primary=strong,
        secondary=strong,
        accent=strong,
        foreground=foreground,
        background=background,
        surface=surface,
        panel=panel,
        boost=boost,
        success=success,
        warning=warning,
        error=error,
        variables={
            "boost": boost,  # Textual takes it from here alone.
            "text-muted": muted,
            "text-disabled": faint,
            "text-primary": strong,
            "text-secondary": strong,
            "text-accent": strong,
            "text-success": success,
            "text-warning": warning,
            "text-error": error,
            "foreground-muted": muted,
            "primary-muted": focus,
            "border": strong,
            "border-blurred": panel,
            "footer-background": panel,
            "footer-key-foreground": strong,
            "block-cursor-background": strong,
            "block-cursor-foreground": background,
            "block-cursor-blurred-background": focus,
            "block-cursor-blurred-foreground": foreground,
            "input-selection-background": strong,
            "input-selection-foreground": background,
            "scrollbar": faint,
            "scrollbar-hover": strong,
            "scrollbar-active": strong,
            "scrollbar-background": surface,
            "scrollbar-background-hover": surface,
            "scrollbar-background-active": surface,
            "scrollbar-corner-color": surface,
            "link-color": strong,
        },
    )


HARBOR = _theme(
    "harbor",
    dark=True,
    grounds=("#0f1720", "#151f2a", "#1d2a37", "#243444"),
    text=("#e6edf3", "#a9b8c6", "#95a6b6"),
    accent=("#5cc8ff", "#0b4060"),
    states=("#7ee2a8", "#f2c55c", "#ff9b9b"),
)
HARBOR_LIGHT = _theme(
    "harbor-light",
    dark=False,
    grounds=("#fafbfc", "#f0f4f7", "#e4ebf1", "#dae3eb"),
    text=("#16212c", "#435466", "#4e5f71"),
    accent=("#005a8f", "#bfe0f7"),
    states=("#0a6035", "#704500", "#a8211a"),
)
MOSS = _theme(
    "moss",
    dark=True,
    grounds=("#12160f", "#1a2016", "#242d1e", "#2c3725"),
    text=("#e9efe2", "#b0bda3", "#9aa88c"),
    accent=("#a8dc5f", "#2c4613"),
    states=("#7fe0a0", "#f0c86a", "#ff9f94"),
)
MOSS_LIGHT = _theme(
    "moss-light",
    dark=False,
    grounds=("#fbfbf5", "#f2f3e8", "#e8ebda", "#dfe3cf"),
    text=("#1c2214", "#4a543d", "#545f46"),
    accent=("#3a6300", "#d0e8a6"),
    states=("#0f5f38", "#704500", "#a02818"),
)
PLUM = _theme(
    "plum",
    dark=True,
    grounds=("#17121c", "#201927", "#2b2134", "#352941"),
    text=("#efe8f5", "#bfb0cd", "#a998ba"),
    accent=("#dcaeff", "#48296b"),
    states=("#86dfae", "#f0c56a", "#ff9ea4"),
)
PLUM_LIGHT = _theme(
    "plum-light",
    dark=False,
    grounds=("#fdfafe", "#f5eff8", "#ece3f1", "#e4d9eb"),
    text=("#24182d", "#584765", "#62506f"),
    accent=("#70259f", "#e5ccf8"),
    states=("#0f5f3a", "#704400", "#a31d2c"),
)
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
        "input-selection-background": "#ffffff",
        "input-selection-foreground": "#000000",
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
        "input-selection-background": "#000000",
        "input-selection-foreground": "#ffffff",
    },
)
CONTRAST = (CONTRAST_DARK, CONTRAST_LIGHT)
OWN = (HARBOR, HARBOR_LIGHT, MOSS, MOSS_LIGHT, PLUM, PLUM_LIGHT, *CONTRAST)
DARK, LIGHT = HARBOR.name, HARBOR_LIGHT.name
_SHORT = {"dark": DARK, "light": LIGHT}


def theme_for(appearance: Appearance, known: set[str]) -> str:
    """The name of the theme that is meant; a remembered one that is gone gives way to the one that fits the terminal.

    Args:
        appearance: what was asked for.
        known: the themes there are.

    Raises:
        TilewizardError: there is no theme of the name that was asked for.
    """
    asked = _SHORT.get(appearance.theme, appearance.theme)
    if asked and asked not in known:
        names = ", ".join([*_SHORT, *sorted(known)])
        raise TilewizardError(
            _("no theme is called {theme}", theme=quoted(appearance.theme)),
            remedy=_("take one of: {names}", names=names),
        )
    named = asked or remembered_theme()
    if appearance.high_contrast:
        light = named.endswith("-light") or (not named and terminal_is_light())
        return (CONTRAST_LIGHT if light else CONTRAST_DARK).name
    return named if named in known else LIGHT if terminal_is_light() else DARK
