"""Pictures that a terminal was sent, decoded again: Kitty's protocol, iTerm2's, sixel."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageStat
from tilewizard.surroundings.pictures import Way

KITTY = {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}
XTERM = {"TERM": "xterm-256color"}
"""What terminals say of themselves."""
REAL = (Way.KITTY, Way.ITERM2, Way.SIXEL)
"""The ways that draw real pictures."""


@dataclass(frozen=True)
class Strip:
    """One line of cells of a picture, and the column (from 0) that it was drawn at."""

    column: int
    image: Image.Image


def kitty_pictures(raw: str) -> dict[int, Image.Image]:
    """The pictures that a terminal was given, by number, whether they were taken away later or not."""
    data: dict[int, str] = {}
    number = 0
    for keys, part in re.findall(r"\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\", raw):
        found = dict(key.split("=") for key in keys.split(","))
        assert found.pop("q") == "2", "a terminal that answers would type into the app"
        if found.get("a") in ("p", "d"):
            continue
        if "i" in found:
            number = int(found["i"])
            data[number] = ""
        assert len(part) <= 4096
        data[number] += part
    return {number: Image.open(io.BytesIO(b64decode(text))) for number, text in data.items()}


def kitty_placements(raw: str) -> dict[int, tuple[int, int]]:
    """Columns and lines that each picture was placed in."""
    found = re.findall(r"\x1b_Ga=p,U=1,i=(\d+),c=(\d+),r=(\d+),q=2\x1b\\", raw)
    return {int(number): (int(columns), int(lines)) for number, columns, lines in found}


def iterm2_strips(raw: str) -> list[Strip]:
    """The strips of iTerm2's protocol, in the order in which they were drawn."""
    found = re.findall(r"\x1b7\x1b\[(\d+)G\x1b\]1337;File=([^:]*):([^\x07]*)\x07\x1b8", raw)
    strips = []
    for column, keys, text in found:
        data = b64decode(text)
        assert f"size={len(data)};" in keys and ";height=1;" in keys
        strips.append(Strip(int(column) - 1, Image.open(io.BytesIO(data))))
    return strips


def sixel_strips(raw: str) -> list[Strip]:
    """The strips that are sixels, in the order in which they were drawn."""
    found = re.findall(r"\x1b7\x1b\[(\d+)G\x1bP([^\x1b]*)\x1b\\\x1b8", raw)
    return [Strip(int(column) - 1, sixel_image(text)) for column, text in found]


def sixel_image(text: str) -> Image.Image:
    """A sixel's picture, from what is between ``ESC P`` and ``ESC \\``; what it leaves out is magenta."""
    head = re.match(r'0;1;0q"1;1;(\d+);(\d+)', text)
    assert head is not None, text[:40]
    image = Image.new("RGB", (int(head[1]), int(head[2])), "#ff00ff")
    palette: dict[int, tuple[int, int, int]] = {}
    colour = x = top = 0
    for token in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)(.)|([$-])|([?-~])", text[head.end() :]):
        if token[1] is not None:
            colour = int(token[1])
            if token[2] is not None:
                red, green, blue = (round(int(token[at]) * 255 / 100) for at in (2, 3, 4))
                palette[colour] = (red, green, blue)
        elif token[7] is not None:
            x, top = 0, top + 6 * (token[7] == "-")
        else:
            times, sign = (int(token[5]), token[6]) if token[5] else (1, token[8])
            for column in range(x, x + times):
                for bit in range(6):
                    if (ord(sign) - 63) >> bit & 1:
                        assert top + bit < image.height, "drawn below the last row"
                        image.putpixel((column, top + bit), palette[colour])
            x += times
    return image


def joined(strips: list[Strip]) -> Image.Image:
    """A picture from its strips, one below the other."""
    whole = Image.new("RGB", (strips[0].image.width, sum(strip.image.height for strip in strips)))
    top = 0
    for strip in strips:
        whole.paste(strip.image.convert("RGB"), (0, top))
        top += strip.image.height
    return whole


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart, on average, of 255; they are brought to one size."""
    a, b = (image.convert("RGB").resize((64, 36)) for image in (one, other))
    return sum(ImageStat.Stat(ImageChops.difference(a, b)).mean) / 3
