"""The second step: the card of the tile."""

from __future__ import annotations

from .step import Step


class ListingStep(Step):
    """Title, description, tags, author, and the names that follow from them."""

    slug = "listing"
    title = "Listing"
    intro = "What customers read on the card of your tile, and who offers it."
    last = (
        "author.sales_email",
        "listing.app_id",
        "listing.directory",
        "listing.display_on_public_website",
        "integration.source_type_name",
        "integration.auto_install",
        "integration.process_signatures",
        "integration.endpoint",
        "listing.resources",
        "listing.owner",
        "listing.app_uuid",
        "integration.source_type_id",
    )
