"""What a partner has confirmed, which no tool can see, with the day on which it was: of the partner once, of each tile once."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from ..quoting import visible
from ..writing.state_folder import put, recall, state_folder

PARTNER = "partner"
"""Whose confirmations hold for every tile."""
TILES_MAX = 500
"""Tiles that confirmations are kept of; those that were confirmed first go first."""
_NAME = "confirmed.json"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class NotKept(TilewizardError):
    """The state folder can't be written, so a confirmation would be forgotten."""


def confirmed_of(key: str) -> dict[str, str]:
    """What was confirmed of a tile, or of the partner: day (ISO 8601) by slug; what can't be read was never confirmed.

    Args:
        key: :data:`PARTNER`, or what tells the tile from others.
    """
    found = _all().get(key)
    return dict(found) if found is not None else {}


def confirm(key: str, slugs: set[str], on: date) -> None:
    """Keep that something is confirmed since a day; what was confirmed before keeps its day.

    Raises:
        NotKept: the state folder can't be written.
    """
    _keep(key, {**dict.fromkeys(sorted(slugs), on.isoformat()), **confirmed_of(key)})


def withdraw(key: str, slugs: set[str]) -> None:
    """Forget that something was confirmed.

    Raises:
        NotKept: the state folder can't be written.
    """
    _keep(key, {slug: day for slug, day in confirmed_of(key).items() if slug not in slugs})


def _all() -> dict[str, dict[str, str]]:
    data = recall(_NAME)
    entries = data.items() if isinstance(data, dict) else ()
    return {key: _days(each) for key, each in entries if isinstance(each, dict)}


def _days(entry: dict[str, Any]) -> dict[str, str]:
    return {slug: day for slug, day in entry.items() if isinstance(day, str) and _DAY.fullmatch(day)}


def _keep(key: str, days: dict[str, str]) -> None:
    every = {other: each for other, each in _all().items() if other != key}
    partner = {PARTNER: every.pop(PARTNER)} if PARTNER in every else {}
    tiles = dict(list(every.items())[-TILES_MAX:])
    whole = {**partner, **tiles, **({key: days} if days else {})}
    try:
        put(state_folder() / _NAME, json.dumps(whole, indent=1).encode())
    except OSError as error:
        raise NotKept(
            _("can't be written: {strerror}", strerror=error.strerror),
            file=visible(str(state_folder() / _NAME)),
            remedy=_("make room, or set TILEWIZARD_STATE to a folder that can be written"),
        ) from error
