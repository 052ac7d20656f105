"""Run as a program: draws the SVG on standard input as PNG on standard output, within bounds.

Its arguments are the seconds of computing and the bytes of memory that it may take. It is given what
:func:`~tilewizard.inspection.drawn_svg.harmless_svg` made, and imports nothing of tilewizard.
"""

from __future__ import annotations

import sys
from contextlib import suppress


def bound(seconds: int, memory: int) -> None:
    """Hold this process to some seconds of computing and bytes of memory, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def draw(text: str) -> bytes:
    """The PNG of an SVG. Letters need the system's fonts, which take a moment to be found."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=text, skip_system_fonts="<text" not in text))


if __name__ == "__main__":
    bound(*map(int, sys.argv[1:3]))
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read().decode("utf-8")))
