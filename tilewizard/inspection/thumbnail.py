"""A picture made so small that a terminal can show it: two pixels a cell, one above the other."""

from __future__ import annotations

import io
from dataclasses import dataclass

from .image import PIXELS_MAX, fitted_size, in_srgb, inspect_image

_COARSE = 4
"""How many times finer than shown a picture is while it is cropped or padded."""
_ORIENTATION = 0x0112
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})
"""Values of a camera's orientation tag that swap width and height (EXIF 2.3)."""


@dataclass(frozen=True)
class Thumbnail:
    """Pixels to show.

    Attributes:
        width: pixels, one a cell.
        height: pixels, two a cell; always even.
        pixels: red, green, blue, row by row.
        full: width and height, in pixels, of the picture that it stands for.
    """

    width: int
    height: int
    pixels: bytes
    full: tuple[int, int]

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        """The colour of one pixel."""
        start = (y * self.width + x) * 3
        red, green, blue = self.pixels[start : start + 3]
        return red, green, blue


def thumbnail(
    data: bytes, columns: int, lines: int, how: str = "keep", background: str = "#ffffff"
) -> Thumbnail | None:
    """A picture that fits into some cells of a terminal, or None for one that can't, or mustn't, be unpacked.

    Args:
        data: any picture that Pillow opens, of at most :data:`~tilewizard.inspection.image.PIXELS_MAX` pixels.
        columns: cells across.
        lines: cells down.
        how: ``keep``, or as ``crop`` or ``pad`` of :func:`~tilewizard.inspection.image.prepared_image` would make it.
        background: what transparent pictures and ``pad`` are filled with.
    """
    from PIL import Image, ImageOps

    facts = inspect_image(data)
    if facts.fault or columns < 1 or lines < 1 or not 0 < facts.width * facts.height <= PIXELS_MAX:
        return None
    box = (columns, lines * 2)
    try:
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (box[0] * _COARSE, box[1] * _COARSE))  # A JPEG is unpacked at a fraction of its size.
            turned = opened.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
            image = ImageOps.exif_transpose(opened)
            image.thumbnail((box[0] * _COARSE, box[1] * _COARSE))
            image = in_srgb(image, background)
    except Exception:  # Pillow raises whatever a broken file makes it stumble over.
        return None
    full = fitted_size(*((facts.height, facts.width) if turned else (facts.width, facts.height)), how)
    if how != "keep":
        small = (max(16, image.width // 16 * 16), max(9, image.width // 16 * 9))
        image = ImageOps.fit(image, small) if how == "crop" else ImageOps.pad(image, small, color=background)
    image.thumbnail(box)
    even = image.resize((image.width, max(2, image.height // 2 * 2)))
    return Thumbnail(even.width, even.height, even.tobytes(), full)
