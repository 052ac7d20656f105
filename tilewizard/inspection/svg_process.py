"""Run as a program: draws the SVG on standard input as PNG on standard output, within bounds.

Its arguments are the seconds of computing and the bytes of memory that it may take. It is given what
:func:`~tilewizard.inspection.drawn_svg.harmless_svg` made, and imports nothing of tilewizard.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
FONTS = {
    "LiberationSans-Regular.ttf": "Liberation Sans",
    "NotoSans-Regular.ttf": "Noto Sans",
    "DejaVuSans.ttf": "DejaVu Sans",
}
"""Fonts that Linux distributions bring along, by their files."""


def bound(seconds: int, memory: int) -> None:
    """Hold this process to some seconds of computing and bytes of memory, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def stand_in() -> str:
    """The name of a font that is there for those that aren't; empty where the library's own choice is, as on macOS."""
    found = {path.name for folder in FOLDERS if Path(folder).is_dir() for path in Path(folder).rglob("*.[to]tf")}
    return next((family for name, family in FONTS.items() if name in found), "")


def draw(text: str) -> bytes:
    """The PNG of an SVG. Letters need the system's fonts, which take a moment to be found."""
    from resvg_py import svg_to_bytes

    if "<text" not in text:
        return bytes(svg_to_bytes(svg_string=text, skip_system_fonts=True))
    # Without a name the library takes Times New Roman and Arial, and leaves letters out where those are not.
    font = stand_in() or None
    families = dict.fromkeys(("font_family", "serif_family", "sans_serif_family", "monospace_family"), font)
    return bytes(svg_to_bytes(svg_string=text, **families))


if __name__ == "__main__":
    bound(*map(int, sys.argv[1:3]))
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read().decode("utf-8")))
