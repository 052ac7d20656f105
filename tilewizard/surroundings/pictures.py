"""Which way pictures are shown, from the environment alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from tilewizard.errors import TilewizardError
from tilewizard.language import _

SWITCH = "TILEWIZARD_PICTURES"
"""The variable that says the way."""
AUTO = "auto"
_KONSOLE = 220400
"""The version of Konsole from which on it knows sixel."""


class Way(StrEnum):
    """How pictures are shown."""

    KITTY = "kitty"
    ITERM2 = "iterm2"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    NONE = "none"


def way_by(environment: Mapping[str, str]) -> Way:
    """The way that an environment's terminal allows; what :data:`SWITCH` says comes first.

    Within tmux, screen and zellij, which pass pictures on in some versions and settings only, it is half blocks.

    Raises:
        TilewizardError: the variable says something else than a way.
    """
    said = environment.get(SWITCH, "").strip().lower()
    if said and said != AUTO:
        if said not in set(Way):
            accepted = ", ".join((AUTO, *Way))
            raise TilewizardError(
                _("{switch} says {said!r}", switch=SWITCH, said=said),
                remedy=_("it takes one of: {accepted}", accepted=accepted),
            )
        return Way(said)
    term = environment.get("TERM", "")
    if any(environment.get(name) for name in ("TMUX", "STY", "ZELLIJ")) or term.startswith(("tmux", "screen")):
        return Way.BLOCKS
    return _by_terminal(term, environment)


def _by_terminal(term: str, environment: Mapping[str, str]) -> Way:
    # What a terminal says of itself comes before what was inherited from the one that it was started in.
    for names, way in (
        (("xterm-kitty", "xterm-ghostty"), Way.KITTY),
        (("foot", "foot-extra", "foot-direct"), Way.SIXEL),
    ):
        if term in names:
            return way
    program = environment.get("TERM_PROGRAM", "")
    if program:
        known = {"iTerm.app": Way.ITERM2, "WezTerm": Way.ITERM2, "ghostty": Way.KITTY, "kitty": Way.KITTY}
        return known.get(program, Way.BLOCKS)
    if environment.get("LC_TERMINAL") == "iTerm2":  # It goes along over SSH.
        return Way.ITERM2
    if environment.get("KITTY_WINDOW_ID"):
        return Way.KITTY
    konsole = environment.get("KONSOLE_VERSION", "")
    return Way.SIXEL if re.fullmatch(r"\d{6}", konsole) and int(konsole) >= _KONSOLE else Way.BLOCKS
