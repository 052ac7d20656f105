"""Which way pictures are drawn in a terminal: by what it says of itself, or as one asks."""

from __future__ import annotations

import pytest
from textual.app import App
from tilewizard.errors import TilewizardError
from tilewizard.screens.app import WizardApp
from tilewizard.screens.drawing import ways
from tilewizard.screens.drawing.ways import way_of
from tilewizard.surroundings.pictures import SWITCH, Way, way_by

from .decoding import KITTY, XTERM

pytestmark = pytest.mark.usefixtures("terminal")


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        ({}, Way.BLOCKS),
        (XTERM, Way.BLOCKS),
        (KITTY, Way.KITTY),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, Way.KITTY),
        ({**XTERM, "TERM_PROGRAM": "ghostty"}, Way.KITTY),
        ({**XTERM, "KITTY_WINDOW_ID": "1"}, Way.KITTY),
        ({**XTERM, "TERM_PROGRAM": "iTerm.app"}, Way.ITERM2),
        ({**XTERM, "LC_TERMINAL": "iTerm2"}, Way.ITERM2),
        ({**XTERM, "TERM_PROGRAM": "WezTerm"}, Way.ITERM2),
        ({"TERM": "foot"}, Way.SIXEL),
        ({**XTERM, "KONSOLE_VERSION": "220401"}, Way.SIXEL),
        # What is there, and does not count.
        ({**XTERM, "KONSOLE_VERSION": "210801"}, Way.BLOCKS),
        ({**XTERM, "KONSOLE_VERSION": "new"}, Way.BLOCKS),
        ({**XTERM, "TERM_PROGRAM": "vscode", "KITTY_WINDOW_ID": "1"}, Way.BLOCKS),
        ({**XTERM, "TERM_PROGRAM": "Apple_Terminal", "LC_TERMINAL": "iTerm2"}, Way.BLOCKS),
        ({"TERM": "foot", "KITTY_WINDOW_ID": "1"}, Way.SIXEL),
        ({**KITTY, "TERM_PROGRAM": "iTerm.app"}, Way.KITTY),
        # Within another program that draws the screen.
        ({**KITTY, "TMUX": "/tmp/x,1,0"}, Way.BLOCKS),
        ({"TERM": "tmux-256color", "LC_TERMINAL": "iTerm2"}, Way.BLOCKS),
        ({"TERM": "screen.xterm-256color", "KITTY_WINDOW_ID": "1"}, Way.BLOCKS),
        ({**KITTY, "STY": "1.pts"}, Way.BLOCKS),
        ({"TERM": "foot", "ZELLIJ": "0"}, Way.BLOCKS),
        # The switch.
        ({**KITTY, SWITCH: "auto"}, Way.KITTY),
        ({**KITTY, SWITCH: ""}, Way.KITTY),
        *(({**KITTY, SWITCH: str(way)}, way) for way in Way),
        ({SWITCH: " Sixel "}, Way.SIXEL),
        ({"TMUX": "x", SWITCH: "sixel"}, Way.SIXEL),
    ],
)
def test_the_way_follows_from_the_environment(environment: dict[str, str], way: Way) -> None:
    assert way_by(environment) == way


def test_another_word_is_refused_with_those_that_are_taken() -> None:
    with pytest.raises(
        TilewizardError, match=r"TILEWIZARD_PICTURES says 'gif'.*auto, kitty, iterm2, sixel, blocks, none"
    ):
        way_by({SWITCH: "gif"})


@pytest.mark.slow
async def test_the_wizard_ends_with_that_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "gif\x1b]0;x\x07")
    app = WizardApp()
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.return_code == 2
    assert "it takes one of: auto" in str(app.return_value)
    assert "\x1b" not in str(app.return_value)


@pytest.mark.parametrize(
    ("environment", "web", "cell", "way"),
    [
        (KITTY, False, (9, 18), Way.BLOCKS),  # Nobody said so, and there is no screen.
        ({SWITCH: "kitty"}, False, None, Way.KITTY),
        ({SWITCH: "kitty"}, True, None, Way.BLOCKS),
        ({SWITCH: "kitty", "NO_COLOR": "1"}, False, None, Way.NONE),
        ({SWITCH: "none"}, True, None, Way.NONE),
        ({SWITCH: "sixel"}, False, None, Way.SIXEL),
    ],
)
async def test_an_app_shows_real_pictures_where_it_can(
    environment: dict[str, str], web: bool, cell: tuple[int, int] | None, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(App, "is_web", property(lambda _: web))
    monkeypatch.setattr(ways, "cell_size", lambda: cell)
    app = App[None]()
    async with app.run_test():
        assert way_of(app) == way


@pytest.mark.parametrize(
    ("term", "cell", "colours", "way"),
    [
        ("foot", (9, 18), "truecolor", Way.SIXEL),
        ("foot", None, "truecolor", Way.BLOCKS),
        ("xterm-kitty", None, "truecolor", Way.KITTY),
        ("xterm-kitty", None, "256", Way.BLOCKS),
    ],
)
async def test_a_terminal_must_have_what_its_way_needs(
    term: str, cell: tuple[int, int] | None, colours: str, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(App, "is_headless", property(lambda _: False))
    monkeypatch.setattr(ways, "cell_size", lambda: cell)
    app = App[None]()
    async with app.run_test():
        monkeypatch.setattr(type(app.console), "color_system", property(lambda _: colours))
        assert way_of(app) == way


# -- what is sent
