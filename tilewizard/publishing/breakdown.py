"""ddev breaks down in a validator: what that means in words, where all of its output lies, what our own rules say of the same."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tilewizard.language import _

from ..quoting import visible
from ..rules.findings import Finding
from ..writing.state_folder import put, state_folder
from .validators import Result, Told, Verdict, by_rules

TRACE = "Traceback (most recent call last)"
"""How Python begins to tell of what it didn't expect."""
KEPT = "ddev"
"""The folder of outputs in the state folder."""


def explained(result: Result, lines: Iterable[str], tile: str, findings: Iterable[Finding]) -> Result:
    """A breakdown in words; any other result as it is.

    Args:
        result: what the validator said.
        lines: all that it printed; kept in a file.
        tile: the name of the tile's directory.
        findings: what our check found, for what the validator would have looked at.
    """
    if result.verdict is not Verdict.BREAKS:
        return result
    place = _kept(f"{tile}-{result.validator}.txt", "\n".join(lines))
    told = [Told(_("ddev itself failed here, and so it says nothing of the tile")), *result.told]
    if place is not None:
        told.append(Told(_("all that it printed: {path}", path=visible(str(place)))))
    own = by_rules([result.validator], findings)[0]
    if own.verdict is Verdict.OBJECTS:
        told.append(Told(_("what may be the cause, by tilewizard's own rules:")))
        told += own.told
    elif own.verdict is Verdict.FINE:
        told.append(Told(_("tilewizard's own rules on the same find nothing wrong")))
    return replace(result, told=tuple(told))


def _kept(name: str, text: str) -> Path | None:
    place = state_folder() / KEPT / name
    with suppress(OSError):
        put(place, text.encode("utf-8", "replace") + b"\n")
        return place
    return None
