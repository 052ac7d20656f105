"""An SVG as pixels, drawn by ``resvg`` where the extra ``images`` is installed; the SVG is nobody's friend.

It is made harmless first: no script, no foreign content, no picture in it, no address but places within itself, no
entities. It is drawn in a process of its own, which is stopped when it takes too long or too much memory.
"""

from __future__ import annotations

import re
import subprocess
import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from .another_python import environment
from .svg import SIZE_MAX, inspect_svg

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

REMEDY = "pip install 'tilewizard[images]'"
"""What lets SVG be drawn."""
SECONDS_MAX = 3
"""How long one drawing may take."""
MEMORY_MAX = 1024 * 1024 * 1024
"""Bytes of memory that one drawing may take, where the system holds a process to it."""
SIDE_MAX = 960
"""Pixels of a drawing's longer side."""
DEPTH_MAX = 200
"""Elements within elements; drawings have a dozen."""
_STRETCH_MAX = 50
"""How many times longer than the other a side may be."""
_DRAWING = Path(__file__).with_name("svg_process.py")
_GONE = frozenset({"script", "foreignobject", "image", "feimage", "iframe", "audio", "video", "handler"})
"""Elements that do more than draw, or bring in what is elsewhere; in lower case."""
_START = re.compile(rb"<(?:[\w.-]{1,40}:)?svg[\s>]")
_NUMBER = re.compile(r"\s*(\d{1,7}(?:\.\d{1,9})?|\.\d{1,9})\s*(?:px|pt|mm|cm|in|em|ex|pc)?\s*")


def can_draw_svg() -> bool:
    """Whether the library that draws SVG is installed; it is not imported."""
    return find_spec("resvg_py") is not None


def is_svg(data: bytes) -> bool:
    """Whether bytes look like an SVG; whether it can be read is another question."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and _START.search(data[:65_536]) is not None


def drawn_svg(data: bytes) -> bytes | None:
    """An SVG as PNG with a transparent ground, its longer side :data:`SIDE_MAX` pixels.

    Returns:
        None for what is no SVG, can't be made harmless, or can't be drawn within the bounds; and without the extra.
    """
    if len(data) > SIZE_MAX or not can_draw_svg():
        return None
    return _drawn(data)


@lru_cache(16)
def _drawn(data: bytes) -> bytes | None:
    harmless = harmless_svg(data.decode("utf-8-sig", "replace"))
    if harmless is None:
        return None
    try:
        done = subprocess.run(
            # -P: nothing of the folder that one stands in is imported.
            [sys.executable, "-P", str(_DRAWING), str(SECONDS_MAX), str(MEMORY_MAX)],
            input=harmless.encode("utf-8", "replace"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS_MAX,
            check=False,
            env=environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\x89PNG") else None


def harmless_svg(text: str) -> str | None:
    """An SVG that only draws what is in itself, sized to be drawn; None for one that can't be read.

    Taken off: scripts and what happens on events, foreign content, pictures, addresses of anything but places within
    the SVG, styles that import or refer, comments and processing instructions.
    """
    from xml.etree.ElementTree import register_namespace, tostring

    from defusedxml.ElementTree import fromstring

    facts = inspect_svg(text)
    if facts.fault or not facts.is_svg:
        return None
    root: Element = fromstring(text.encode("utf-8", "replace"), forbid_dtd=False)
    size = _size(root)
    if size is None or not _made_harmless(root):
        return None
    root.set("width", str(size[0]))
    root.set("height", str(size[1]))
    register_namespace("", "http://www.w3.org/2000/svg")
    register_namespace("xlink", "http://www.w3.org/1999/xlink")
    return tostring(root, encoding="unicode")


def _made_harmless(root: Element) -> bool:
    """Take off an element's harmful parts and descendants; False when it is nested too deeply."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth > DEPTH_MAX:
            return False
        for name, value in list(element.attrib.items()):
            if _is_harmful(_plain(name), value):
                del element.attrib[name]
        for child in list(element):
            if _plain(child.tag) in _GONE or (_plain(child.tag) == "style" and _refers("".join(child.itertext()))):
                element.remove(child)
            else:
                waiting.append((child, depth + 1))
    return True


def _plain(name: object) -> str:
    return str(name).rpartition("}")[2].lower()


def _is_harmful(name: str, value: str) -> bool:
    if name in ("href", "src", "base"):
        return not value.strip().startswith("#")
    return name.startswith("on") or _refers(value)


def _refers(css: str) -> bool:
    """Whether a style refers to anything but places of the SVG; escapes, which may hide that, count as such."""
    plain = css.lower()
    inside = re.sub(r"""url\(\s*["']?#[^)"']{1,300}["']?\s*\)""", "", plain)
    return "url" in inside or "@import" in plain or "image(" in plain or "\\" in plain


def _size(root: Element) -> tuple[int, int] | None:
    """Width and height of the drawing in pixels, in the shape that the SVG says; None for one that is out of all shape."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    said = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    found = [match for match in map(_NUMBER.fullmatch, said) if match]
    wide, high = (float(match.group(1)) for match in found) if len(found) == 2 else (1.0, 1.0)
    if len(box) != 4 and len(found) == 2:
        root.set("viewBox", f"0 0 {wide:g} {high:g}")
    longer = max(wide, high)
    if min(wide, high) * _STRETCH_MAX < longer or not longer:
        return None
    return max(1, round(SIDE_MAX * wide / longer)), max(1, round(SIDE_MAX * high / longer))
