"""Pictures that are drawn over cells, a line of cells at a time: iTerm2's way, and sixel.

Such a picture is gone wherever a cell is written anew. So each line of cells brings its own strip of it along.

Sources: "Images" (iterm2.com/documentation-images.html); DEC, "VT330/VT340 Programmer Reference Manual", chapter 14.
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING

from tilewizard.surroundings.pictures import Way

from .ways import Canvas

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

COLOURS = 256
"""Of a sixel picture; what terminals commonly keep."""
_BAND = 6
"""Rows of pixels in one sixel."""


def strips(png: bytes, columns: int, lines: int, canvas: Canvas) -> tuple[str, ...]:
    """The codes that draw a picture, one for each line of cells, from the line's first cell on.

    Args:
        png: the picture; its shape is kept.
        columns: cells across.
        lines: cells down.
        canvas: with :attr:`Way.ITERM2` or :attr:`Way.SIXEL`.
    """
    from PIL import Image, ImageOps

    width, height = columns * canvas.cell[0], lines * canvas.cell[1]
    with Image.open(io.BytesIO(png)) as opened:
        image = ImageOps.pad(opened.convert("RGB"), (width, height), color=canvas.ground)
    if canvas.way == Way.SIXEL:
        image = image.quantize(COLOURS, dither=Image.Dither.NONE)
    high = canvas.cell[1]
    cut = [image.crop((0, line * high, width, (line + 1) * high)) for line in range(lines)]
    return tuple(sixel(each) if canvas.way == Way.SIXEL else _iterm2(each, columns) for each in cut)


def _iterm2(image: Picture, columns: int) -> str:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=92, subsampling=0)
    data = stream.getvalue()
    # The last key is WezTerm's, which goes on below a picture otherwise.
    keys = f"inline=1;size={len(data)};width={columns};height=1;preserveAspectRatio=0;doNotMoveCursor=1"
    return f"\x1b]1337;File={keys}:{b64encode(data).decode('ascii')}\x07"


def sixel(image: Picture) -> str:
    """A picture of at most 256 colours, in Pillow's mode ``P``, as sixel.

    Nothing is drawn below its last row, though sixels are six rows high.
    """
    pixels, width = image.tobytes(), image.width
    palette = (image.getpalette("RGB") or []) + [0] * (3 * COLOURS)
    named = "".join(
        f"#{colour};2;" + ";".join(str(round(part * 100 / 255)) for part in palette[colour * 3 : colour * 3 + 3])
        for colour in sorted(set(pixels))
    )
    bands = []
    for top in range(0, image.height, _BAND):
        rows = [pixels[row * width : (row + 1) * width] for row in range(top, min(top + _BAND, image.height))]
        bands.append("$".join(f"#{colour}{_row(rows, colour)}" for colour in sorted(set(b"".join(rows)))))
    return f'\x1bP0;1;0q"1;1;{width};{image.height}{named}{"-".join(bands)}\x1b\\'


def _row(rows: list[bytes], colour: int) -> str:
    """Where a colour is in up to six rows: a character a column, from its top row in the lowest bit."""
    # As one large number: a byte a column, never more than 63, so that no sum runs over into the next.
    columns = sum(int.from_bytes(row.translate(_only(colour))) << at for at, row in enumerate(rows) if colour in row)
    signs = columns.to_bytes(len(rows[0])).translate(_SIGNS).rstrip(b"?").decode("ascii")
    return _RUN.sub(lambda run: f"!{len(run[0])}{run[1]}", signs)


_RUN = re.compile(r"(.)\1{3,}")
_SIGNS = bytes((each + 63) % 256 for each in range(256))


@cache
def _only(colour: int) -> bytes:
    """The table that makes 1 of a colour, and 0 of any other."""
    return bytes(each == colour for each in range(256))
