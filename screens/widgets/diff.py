"""A unified diff in colours."""

from __future__ import annotations

from textual.content import Content
from tilewizard.language import ngettext

_COLOURS = {"+": "$text-success", "-": "$text-error", "@": "$text-primary"}
DIFF_MAX = 400
"""Lines of a diff that are shown."""


def diff_shown(diff: str) -> Content:
    """The first lines of a diff, each in the colour of what it says; how many there are more is said."""
    lines = diff.splitlines()
    shown = [(f"{line}\n", _COLOURS.get(line[:1], "")) for line in lines[:DIFF_MAX]]
    more = (
        ngettext("… and {count} more line", "… and {count} more lines", len(lines) - DIFF_MAX)
        if len(lines) > DIFF_MAX
        else ""
    )
    return Content.assemble(*shown, more)
