"""Terminals that are known by their environment: the keys that they keep for themselves, and whether they take a copied text.

By their default settings as far as they are known here, without having been tried in each; a user's settings may be others.
Where to look them up: Visual Studio Code's "Terminal Advanced", the manuals of GNOME Terminal, iTerm2, kitty, foot, Ghostty,
WezTerm, Alacritty, tmux, Zellij and byobu.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tilewizard.language import _


@dataclass(frozen=True)
class Terminal:
    """A terminal, or a multiplexer that runs in one.

    Attributes:
        name: as it is called.
        variable: what it is known by.
        value: a regular expression that the whole of the variable's value fits.
        keeps: keys of the wizard that don't reach it, as the wizard's help names them.
        frees: how they are got back.
        copies: whether a text that is copied by OSC 52 reaches the clipboard; None: it isn't known, or a setting says so.
        allows: the setting that says so.
        within: whether it runs in another terminal.
    """

    name: str
    variable: str
    value: str = ".+"
    keeps: tuple[str, ...] = ()
    frees: str = ""
    copies: bool | None = None
    allows: str = ""
    within: bool = False


_BY_PROGRAM = "TERM_PROGRAM"
_OPTION = ("Alt+N", "Alt+P", "Alt+X", "Alt+Z", "Alt+C", "Alt+Up", "Alt+Down")

TERMINALS = (
    Terminal(
        _("Visual Studio Code"), _BY_PROGRAM, "vscode", ("F1", "F5", "F6", "Ctrl+P", "Ctrl+F"),
        _("set terminal.integrated.sendKeybindingsToShell to true"),
    ),
    Terminal(
        _("Terminal of macOS"), _BY_PROGRAM, "Apple_Terminal", _OPTION,
        _("tick “Use Option as Meta key” in the profile's settings, Keyboard; F-keys may need Fn"), copies=False,
    ),
    Terminal(
        "iTerm2", _BY_PROGRAM, r"iTerm\.app", _OPTION,
        _("set the Option keys to Esc+ in Profiles, Keys"),
        allows=_("tick “Applications in terminal may access clipboard” in Settings, General, Selection"),
    ),
    Terminal("WezTerm", _BY_PROGRAM, "WezTerm", copies=True),
    Terminal("Ghostty", _BY_PROGRAM, "ghostty", copies=True),
    Terminal("kitty", "TERM", "xterm-kitty", copies=True),
    Terminal("Ghostty", "TERM", "xterm-ghostty", copies=True),
    Terminal("foot", "TERM", "foot(-extra|-direct)?", copies=True),
    Terminal("Alacritty", "TERM", "alacritty(-direct)?", copies=True),
    Terminal(_("the console of Linux"), "TERM", "linux", copies=False),
    Terminal(
        _("a JetBrains IDE"), "TERMINAL_EMULATOR", "JetBrains-JediTerm", ("Escape", "F1", "F10", "Ctrl+N", "Ctrl+F", "Ctrl+G"),
        _("tick “Override IDE shortcuts” and untick “Move focus to the editor with Escape” in Settings, Tools, Terminal"),
    ),
    Terminal(_("Windows Terminal"), "WT_SESSION", copies=True),
    Terminal("Konsole", "KONSOLE_VERSION"),
    Terminal(
        _("GNOME Terminal"), "GNOME_TERMINAL_SCREEN", ".+", ("F1", "F10"),
        _("untick the menu accelerator key in Preferences, General, and free F1 below Shortcuts"), copies=False,
    ),
    Terminal(_("a terminal of VTE"), "VTE_VERSION", ".+", ("F1", "F10"), _("free them in its preferences"), copies=False),
    Terminal("xterm", "XTERM_VERSION", allows=_("add the resource “XTerm*disallowedWindowOps: 20,21,SetXprop”")),
    Terminal("tmux", "TMUX", allows=_("tmux set -g set-clipboard on"), within=True),
    Terminal("screen", "STY", copies=False, within=True),
    Terminal(
        "Zellij", "ZELLIJ", ".+", ("Ctrl+N", "Ctrl+P", "Ctrl+O", "Ctrl+G", "Ctrl+Q", "Alt+N", "Alt+P", "Alt+Up", "Alt+Down"),
        _("press Ctrl+G for its locked mode"), copies=True, within=True,
    ),
    Terminal(
        "byobu", "BYOBU_BACKEND", ".+", ("F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"),
        _("press Shift+F12, which turns its keys off and on"), within=True,
    ),
)  # fmt: skip
"""Those that are known, the surer sign first."""


def terminals_by(environment: Mapping[str, str]) -> list[Terminal]:
    """The terminal that an environment speaks of, if it is known, and the multiplexers that run in it.

    What a terminal says of itself comes before what was inherited from the one that it was started in.
    """
    outer = [each for each in TERMINALS if not each.within and _fits(each, environment)]
    program = environment.get(_BY_PROGRAM, "")
    if program and program != "tmux":
        outer = [each for each in outer if each.variable in (_BY_PROGRAM, "TERM")]
    return [*outer[:1], *(each for each in TERMINALS if each.within and _fits(each, environment))]


def _fits(terminal: Terminal, environment: Mapping[str, str]) -> bool:
    return re.fullmatch(terminal.value, environment.get(terminal.variable, "")) is not None
