"""Files that do harm to whoever opens them: a tile comes from anywhere. Each rule takes bounded time and memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.inspection.image import PIXELS_MAX
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile

from ..assets.yaml_assets import yaml_of
from ..media.images import facts_of
from ..registry import Example, rule
from ..sources import TILEWIZARD

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".ico")
_CODES = "00(?:0[0-8bBeEfF]|1[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F])|202[a-eA-E]|206[6-9]"
_ESCAPE = re.compile(rf"(?<!\\)(?:\\\\)*+\\u({_CODES})")
"""A control character, or one that turns the direction of writing, spelled as JSON does."""


def _bomb() -> bytes:
    """A PNG of a few bytes that says it has ten thousand million pixels."""
    return b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452000186a0000186a0080200000000000000")


@rule(
    "files/yaml",
    step="review",
    severity=Severity.ERROR,
    source=TILEWIZARD,
    why="Such a file runs code in a careless reader, or takes all the memory of a careful one.",
    form="Write this file more plainly: it has constructs that Datadog doesn't read.",
    bad=Example(
        "assets/notes.yaml",
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
            for before, name in zip("abcdefg", "bcdefgh", strict=True)
        ),
    ),
    good=Example("assets/notes.yaml", "a: &a [x, x]\nb: *a\nc: !!str 5\n"),
)
def yaml(tile: Tile) -> Iterator[Problem]:
    """No YAML file has tags that make objects, aliases that unfold without measure, or nesting without end."""
    for path in tile.paths:
        file = tile.file(path)
        if path.lower().endswith((".yaml", ".yml")) and file is not None and file.link is None:
            fault = yaml_of(file).hazard
            if fault is not None:
                form = _("Write {path} more plainly: it has constructs that Datadog doesn't read.", path=quoted(path))
                message = _("{path} {message}", path=quoted(path), message=fault.message)
                yield Problem(message, path, offset=fault.offset, hint=fault.hint, form=form)


@rule(
    "files/escape",
    step="review",
    severity=Severity.WARNING,
    source=TILEWIZARD,
    why="Once read it is a control character, and acts on the terminal or turns the text of whoever shows it.",
    form="Remove the invisible characters from this text.",
    bad=Example("assets/notes.json", '{"title": "all well\\u001b[31m or not"}'),
    good=Example("assets/notes.json", '{"title": "a regex: \\\\u001b, a line\\n, a t\\u0069tle"}'),
)
def escape(tile: Tile) -> Iterator[Problem]:
    """No text of a JSON file spells a control character, or one that turns the direction of writing."""
    for path in tile.paths:
        file = tile.file(path)
        if file is None or file.link is not None or not path.lower().endswith(".json") or "\\u" not in file.text:
            continue
        found = _ESCAPE.search(file.text)
        if found is not None:
            message = _(
                "{path} spells the control character U+{found}", path=quoted(path), found=found.group(1).upper()
            )
            form = _("Remove the invisible characters from {path}.", path=quoted(path))
            yield Problem(message, path, offset=found.start(1) - 2, hint=_("take it away"), form=form)


@rule(
    "image/pixels",
    step="media",
    severity=Severity.ERROR,
    source=TILEWIZARD,
    why="A few bytes that unpack to thousands of millions of pixels stop every program that shows them.",
    form="Export the picture again, at most 2880 pixels wide.",
    bad=Example("images/acme_widget_overview.png", _bomb, shown="a PNG of 33 bytes, 100000x100000 pixels"),
)
def pixels(tile: Tile) -> Iterator[Problem]:
    """No picture of the tile unpacks to more than 60 million pixels."""
    for path in tile.paths:
        file = tile.file(path)
        if file is None or file.link is not None or not path.lower().endswith(_PICTURES):
            continue
        facts = facts_of(file)
        if facts.width * facts.height > PIXELS_MAX or "pixels" in facts.fault:
            shown = f"{facts.width}x{facts.height} pixels" if facts.width else "far too many pixels"
            yield Problem(
                _("{path} unpacks to {shown}", path=quoted(path), shown=shown),
                path,
                hint=_("export it again, at most 2880 pixels wide"),
            )
