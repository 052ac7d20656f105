"""Kitty's protocol, with placeholders: cells of text that stand for parts of a picture, so that all else is as with text.

Source: "Terminal graphics protocol", sections "The graphics escape code" and "Unicode placeholders"
(sw.kovidgoyal.net/kitty/graphics-protocol). Ghostty knows it too.
"""

from __future__ import annotations

from base64 import b64encode

PLACEHOLDER = "\U0010eeee"
CHUNK = 4096
"""Characters that one code carries at most."""
NUMBERS = range(1 << 16, 1 << 24)
"""Numbers of pictures: 24 bits, which the colour of the placeholder tells."""
_MARKS = (
    "0305 030D 030E 0310 0312 033D 033E 033F 0346 034A 034B 034C 0350 0351 0352 0357 035B 0363 0364 0365 0366 0367 0368 0369 "
    "036A 036B 036C 036D 036E 036F 0483 0484 0485 0486 0487 0592 0593 0594 0595 0597 0598 0599 059C 059D 059E 059F 05A0 05A1 "
    "05A8 05A9 05AB 05AC 05AF 05C4 0610 0611 0612 0613 0614 0615 0616 0617 0657 0658"
)
MARKS = tuple(chr(int(each, 16)) for each in _MARKS.split())
"""Combining marks that stand for 0, 1, 2, …: the first of the protocol's ``rowcolumn-diacritics.txt``."""


def sent(number: int, png: bytes, columns: int, lines: int) -> str:
    """The codes that give a terminal a picture, to be shown in as many cells wherever its placeholders are.

    Args:
        number: one of :data:`NUMBERS`.
        png: the picture; its shape is kept within the cells.
        columns: cells across, at most as many as there are :data:`MARKS`.
        lines: cells down, likewise.
    """
    data = b64encode(png).decode("ascii")
    parts = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
    codes = []
    for at, part in enumerate(parts):
        # q=2: it answers nothing, neither success nor fault.
        keys = f"a=t,f=100,t=d,i={number},q=2," if at == 0 else "q=2,"
        codes.append(f"\x1b_G{keys}m={int(at < len(parts) - 1)};{part}\x1b\\")
    return "".join(codes) + f"\x1b_Ga=p,U=1,i={number},c={columns},r={lines},q=2\x1b\\"


def freed(number: int) -> str:
    """The code that takes a picture away, from the terminal's memory too."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def placeholder(line: int, column: int) -> str:
    """The text of the cell that shows a part of a picture; the text's colour is the picture's number."""
    return PLACEHOLDER + MARKS[line] + MARKS[column]
