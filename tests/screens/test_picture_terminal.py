"""What a terminal is sent: the picture that was meant, and no question more."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tilewizard.screens.widgets.picture import HALF

from tests.rules.clean_tile import clean_tile

from .decoding import (
    KITTY,
    XTERM,
    Strip,
    difference,
    iterm2_strips,
    joined,
    kitty_pictures,
    sixel_strips,
)
from .test_pictures import drawing

pytestmark = pytest.mark.usefixtures("terminal")


def told(environment: dict[str, str], words: list[str], keys: bytes, enough: Callable[[str], bool]) -> str:
    """What the wizard tells a terminal of 120 columns and 40 lines whose cells are 10 by 20 pixels.

    Args:
        environment: beside that of the tests.
        words: of the command.
        keys: typed at once, before anything is on the screen.
        enough: whether what was told so far is all that is waited for; at most for 40 seconds.
    """
    process, wire = pty.fork()
    if process == 0:
        own = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 1200, 800))
        os.execve(sys.executable, [sys.executable, "-m", "tilewizard", *words], {**own, **environment})
    said, last = b"", time.monotonic() + 40
    try:
        os.write(wire, keys)
        while time.monotonic() < last:
            if select.select([wire], [], [], 0.5)[0]:
                said += os.read(wire, 1 << 20)
            elif enough(said.decode("utf-8", "replace")):
                break
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(wire)
    raw = said.decode("utf-8", "replace")
    assert enough(raw), f"{len(raw)} characters, the last: {raw[-300:]!r}"
    return raw


def pictures_in(raw: str) -> list[Image.Image]:
    """The pictures of the carousel that a terminal was sent in any way."""
    if "\x1b_Ga=p" in raw:
        return list(kitty_pictures(raw[: raw.rindex("\x1b_Ga=p")]).values())
    by_column: dict[int, list[Strip]] = {}
    for each in (*iterm2_strips(raw), *sixel_strips(raw)):
        if each.image.width == 320:
            by_column.setdefault(each.column, []).append(each)
    return [joined(lines[-9:]) for lines in by_column.values()]


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [KITTY, {**XTERM, "TERM_PROGRAM": "iTerm.app"}, {"TERM": "foot"}],
    ids=["kitty", "iterm2", "foot"],
)
def test_a_terminal_is_sent_the_picture_that_was_meant_and_asked_nothing_more(
    environment: dict[str, str], tmp_path: Path
) -> None:
    tile, files = tmp_path / "acme_widget", clean_tile()
    for path in files.paths:
        file = files.file(path)
        assert file is not None
        (tile / path).parent.mkdir(parents=True, exist_ok=True)
        (tile / path).write_bytes(file.data)
    image = drawing((1600, 900))
    image.save(next(tile.glob("images/*.png")))
    colours = {"COLORTERM": "truecolor"}
    # F5 is typed before anything is on the screen: whatever reads answers from the terminal would take it.
    raw = told(
        {**environment, **colours},
        ["edit", str(tile)],
        b"\x1b[15~",
        lambda raw: any(difference(each, image) < 6 for each in pictures_in(raw)),
    )
    blocks = told({**XTERM, **colours}, ["edit", str(tile)], b"\x1b[15~", lambda raw: HALF in raw)
    for question in ("\x1b[c", "\x1b[16t", "\x1b[14t", "a=q"):
        assert raw.count(question) == blocks.count(question), question
