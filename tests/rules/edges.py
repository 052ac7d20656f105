"""What a rule says of the clean tile after one change: the tables of the subjects read through this."""

from __future__ import annotations

from typing import Any

from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Finding
from tilewizard.rules.registry import rules_by_name
from tilewizard.tile.tile import MANIFEST, Tile

from .applying import with_content
from .clean_tile import clean_tile


def at(pointer: str, value: Any) -> dict[str, Any]:
    """The merge patch that sets one value: ``at("/tile/title", "X") == {"tile": {"title": "X"}}``."""
    for key in reversed(pointer[1:].split("/")):
        value = {key: value}
    patch: dict[str, Any] = value
    return patch


def with_value(pointer: str, value: Any, target: Target = Target.MARKETPLACE) -> Tile:
    """The clean tile with another value in its manifest; None takes the key away."""
    return with_content(clean_tile(target), MANIFEST, at(pointer, value))


def said(rule: str, tile: Tile) -> list[Finding]:
    """One rule's findings."""
    return check(tile, rules=[rules_by_name()[rule]])


def severities(rule: str, tile: Tile) -> list[str]:
    """One rule's findings by severity alone."""
    return [finding.severity.value for finding in said(rule, tile)]
