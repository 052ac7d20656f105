"""The plans of a manifest, and those of the examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example

PRICE_MAX = 1_000_000_000
"""US dollars; no plan costs more, and whole cents can be told apart below."""


def example_plan(**changes: Any) -> dict[str, Any]:
    """The clean plan of the examples, with changes; None takes a key away."""
    plan: dict[str, Any] = {
        "billing_type": "tag_count",
        "unit_price": 12.5,
        "unit_label": "Widget",
        "metric": "datadog.marketplace.acme_corp.acme_widget",
        "tag": "widget_id",
        "product_id": "acme-widget",
        "short_description": "Per widget per month",
        "includes_assets": True,
    }
    return {key: value for key, value in (plan | changes).items() if value is not None}


def bad_plan(**changes: Any) -> Example:
    """An example: a manifest with that one plan."""
    return Example(MANIFEST, {"pricing": [example_plan(**changes)]})


def plans(tile: Tile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every plan that is an object, with its pointer."""
    for index, plan in enumerate(tile.list_at("/pricing")):
        if isinstance(plan, dict):
            yield f"/pricing/{index}", plan
