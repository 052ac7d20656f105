"""The rooms of the core as a drawing: in the order that tests/core/test_rooms.py names, with an arc for each import between two.

Colours are those of the page that it stands in.
"""

from __future__ import annotations

import ast
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINE, LEFT, WIDTH = 30, 20, 860
"""Pixels: the height of a room, the margin, the whole."""
NAME = 150
ARCS = LEFT + NAME
HIDDEN = ("tilewizard", "cli", "__main__", "quoting", "errors")
"""What is no room, or is imported from everywhere."""


def rooms() -> tuple[list[str], dict[str, set[str]]]:
    """The rooms from the roof down, and which others each of them imports."""
    sys.path.insert(0, str(ROOT))
    from tests.core.test_rooms import FOLDERS, ORDER, imports_in, room_of

    order = [each for each in reversed(ORDER) if each not in HIDDEN]
    uses: dict[str, set[str]] = {each: set() for each in order}
    for module, others in imports_in(FOLDERS).items():
        room = room_of(module)
        if room in uses:
            uses[room] |= {each for each in map(room_of, others) if each in uses and each != room}
    return order, uses


def what_it_is(room: str) -> str:
    """The first sentence of a room's docstring."""
    folder = ROOT / "screens" if room == "screens" else ROOT / "tilewizard" / room
    text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    first = " ".join(text.split("\n\n")[0].split())
    return first if len(first) <= 84 else first[:83].rsplit(" ", 1)[0] + " …"


def drawn() -> str:
    """The drawing, as SVG inside of a page."""
    order, uses = rooms()
    height = LINE * len(order) + 2 * LEFT
    middle = {room: LEFT + LINE * row + LINE / 2 for row, room in enumerate(order)}
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="The rooms of the core" '
        'style="width:100%;max-width:60rem;font-family:inherit;color:var(--md-default-fg-color)">'
        "<style>svg path:hover{stroke-opacity:1;stroke-width:2}</style>"
    ]
    for room in order:
        for other in sorted(uses[room]):
            top, bottom = middle[room], middle[other]
            bend = 8 + 6 * abs(order.index(other) - order.index(room))
            title = f"{room} imports {other}"
            parts.append(
                f'<path d="M{ARCS} {top} C{ARCS + bend} {top} {ARCS + bend} {bottom} {ARCS} {bottom}" fill="none" '
                f'stroke="currentColor" stroke-opacity="0.22"><title>{escape(title)}</title></path>'
            )
    for room in order:
        y = middle[room]
        parts += [
            f'<rect x="{LEFT}" y="{y - LINE / 2 + 3}" width="{NAME}" height="{LINE - 6}" rx="4" '
            'fill="var(--md-primary-fg-color)"/>',
            f'<text x="{LEFT + NAME / 2}" y="{y + 5}" text-anchor="middle" font-size="14" '
            f'fill="var(--md-primary-bg-color)">{escape(room)}</text>',
            f'<text x="{ARCS + 8 + 4.5 * len(order)}" y="{y + 4}" font-size="12" fill="currentColor">'
            f"{escape(what_it_is(room))}</text>",
        ]
    parts.append("</svg>")
    told = "A room imports what lies below it and nothing above; each arc is an import. Drawn from the source, in the order that"
    return f"{''.join(parts)}\n\n{told} `tests/core/test_rooms.py` holds."
