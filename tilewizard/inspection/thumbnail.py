"""A picture made so small that a terminal can show it: two pixels a cell, one above the other, or as many as it has."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .drawn_svg import drawn_svg, is_svg
from .image import PIXELS_MAX, fitted_size, in_srgb, inspect_image

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_COARSE = (4, 8)
"""Pixels of a cell while a picture is cropped or padded, where no more are asked for."""
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
        sharp: the same picture with the pixels that the cells have, as PNG; empty where that was not asked for.
    """

    width: int
    height: int
    pixels: bytes
    full: tuple[int, int]
    sharp: bytes = b""

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        """The colour of one pixel."""
        start = (y * self.width + x) * 3
        red, green, blue = self.pixels[start : start + 3]
        return red, green, blue


def thumbnail(
    data: bytes,
    columns: int,
    lines: int,
    how: str = "keep",
    background: str = "#ffffff",
    cell: tuple[int, int] | None = None,
) -> Thumbnail | None:
    """A picture that fits into some cells of a terminal, or None for one that can't, or mustn't, be unpacked.

    Args:
        data: any picture that Pillow opens, of at most :data:`~tilewizard.inspection.image.PIXELS_MAX` pixels; or an SVG.
        columns: cells across.
        lines: cells down.
        how: ``keep``, or as ``crop`` or ``pad`` of :func:`~tilewizard.inspection.image.prepared_image` would make it.
        background: what transparent pictures and ``pad`` are filled with.
        cell: width and height of a cell in pixels; given, the sharp picture is made too.
    """
    if is_svg(data):
        data = drawn_svg(data) or b""
    facts = inspect_image(data)
    if facts.fault or columns < 1 or lines < 1 or not 0 < facts.width * facts.height <= PIXELS_MAX:
        return None
    fine = cell or _COARSE
    try:
        image, turned = _unpacked(data, (columns * fine[0], lines * fine[1]), background)
    except Exception:  # Pillow raises whatever a broken file makes it stumble over.
        return None
    full = fitted_size(*((facts.height, facts.width) if turned else (facts.width, facts.height)), how)
    image = _made(image, how, background)
    small = image.copy()
    small.thumbnail((columns, lines * 2))
    even = small.resize((small.width, max(2, small.height // 2 * 2)))
    sharp = _sharp(image, even.width * cell[0], even.height // 2 * cell[1]) if cell else b""
    return Thumbnail(even.width, even.height, even.tobytes(), full, sharp)


def _unpacked(data: bytes, size: tuple[int, int], background: str) -> tuple[Picture, bool]:
    """A picture within some pixels, and whether its camera was held on its side."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as opened:
        opened.draft("RGB", size)  # A JPEG is unpacked at a fraction of its size.
        turned = opened.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
        image = ImageOps.exif_transpose(opened)
        image.thumbnail(size)
        return in_srgb(image, background), turned


def _made(image: Picture, how: str, background: str) -> Picture:
    from PIL import ImageOps

    if how == "keep":
        return image
    small = (max(16, image.width // 16 * 16), max(9, image.width // 16 * 9))
    return ImageOps.fit(image, small) if how == "crop" else ImageOps.pad(image, small, color=background)


def _sharp(image: Picture, width: int, height: int) -> bytes:
    from PIL import ImageOps

    stream = io.BytesIO()
    ImageOps.contain(image, (width, height)).save(stream, "PNG", compress_level=1)
    return stream.getvalue()
