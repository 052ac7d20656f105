"""Draw one screen in a language: ``python -m tests.screens.drawing fr NAME FILE.svg``, in a process of its own.

The language is settled once in a process, before any text is made.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual._doc import take_svg_screenshot
from tilewizard.language import speak


def draw(name: str, folder: Path) -> str:
    """The picture of a screen, as SVG, at 80 by 24 and dark."""
    from .at_the_gate import wait_for_the_gate
    from .test_snapshots import QUICK, WAYS, settled_in, shown_by

    size, theme = QUICK
    with pytest.MonkeyPatch.context() as monkeypatch:
        wait_for_the_gate(monkeypatch)
        settled_in(folder, monkeypatch)
        return take_svg_screenshot(app=shown_by(name, theme), press=(), terminal_size=size, run_before=WAYS[name])


if __name__ == "__main__":
    speak(sys.argv[1])
    into = Path(sys.argv[3])
    into.write_text(draw(sys.argv[2], into.parent), encoding="utf-8")
