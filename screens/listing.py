"""The second step: the card of the tile."""

from __future__ import annotations

from .step import Step


class ListingStep(Step):
    """Title, description, tags, author, and the names that follow from them."""

    slug = "listing"
