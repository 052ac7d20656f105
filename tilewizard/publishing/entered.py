"""What was entered into the Developer Platform's form already: a tick for each field, which is gone when its value is another."""

from __future__ import annotations

import hashlib
from datetime import date

from tilewizard.language import _

from ..drafts.confirmed import confirm, confirmed_of, withdraw
from ..tile.tile import Tile
from .kit import Field
from .ready import key_of

_OF_FORM = _("form of ")
"""Before what tells a tile from others: its ticks are kept apart from what was confirmed of it."""


def entered_on(tile: Tile, field: Field) -> str:
    """The day on which a field was entered with what it holds now, ISO 8601; empty where it was not."""
    return confirmed_of(_OF_FORM + key_of(tile)).get(_slug(field), "")


def enter(tile: Tile, field: Field, on: date) -> None:
    """Keep that a field was entered as it is.

    Raises:
        NotKept: the state folder can't be written.
    """
    confirm(_OF_FORM + key_of(tile), {_slug(field)}, on)


def take_back(tile: Tile, field: Field) -> None:
    """Forget that a field was entered.

    Raises:
        NotKept: the state folder can't be written.
    """
    withdraw(_OF_FORM + key_of(tile), {_slug(field)})


def _slug(field: Field) -> str:
    held = hashlib.sha256(repr(field.values).encode("utf-8", "replace"))
    for upload in field.uploads:
        held.update(upload.path.encode("utf-8", "replace") + b"\0" + hashlib.sha256(upload.file.data).digest())
    return f"{field.name} {held.hexdigest()[:16]}"
