"""Values that follow from earlier answers, until the partner gives their own."""

from __future__ import annotations

from tilewizard.field import names, vocabulary

from .conditions import on_marketplace
from .given import Given


def product_id(answers: Given) -> str:
    """Kebab case of the title, without the vendor's own name in front."""
    title = names.kebab(answers.listing.title or "")
    vendor = f"{answers.author.vendor_id or ''}-"
    return title.removeprefix(vendor) if title != vendor[:-1] else title


def _first_product_id(answers: Given) -> str:
    given = next((plan.product_id for plan in answers.pricing if plan.product_id), None)
    return given or product_id(answers)


def app_id(answers: Given) -> str:
    """``<vendor_id>-<product_id>`` on the Marketplace, kebab case of the title elsewhere (tile-facts)."""
    if on_marketplace(answers) and answers.author.vendor_id:
        return f"{answers.author.vendor_id}-{_first_product_id(answers)}".strip("-")
    return names.kebab(answers.listing.title or "")


def directory(answers: Given) -> str:
    """Snake case of the app_id (tile-facts, "The directory")."""
    return names.snake(answers.listing.app_id or app_id(answers))


def metering_metric(answers: Given) -> str:
    """``datadog.marketplace.<partner>.<offering>``."""
    vendor, product = answers.author.vendor_id or "", _first_product_id(answers)
    return names.metering_metric(vendor, product) if vendor and product else ""


def metric_prefix(answers: Given) -> str:
    """Snake case of the title and a dot."""
    title = names.snake(answers.listing.title or "")
    return f"{title}." if title else ""


def metric_check(answers: Given) -> str:
    """The first metric."""
    return next((row.metric_name for row in answers.metrics.rows if row.metric_name), "")


def integration_column(answers: Given) -> str:
    """The integration column of metadata.csv, from the source type name."""
    return names.integration_name(answers.integration.source_type_name or answers.listing.title or "")


def description_limit(answers: Given) -> int:
    """80 characters, 70 on the Marketplace."""
    return vocabulary.DESCRIPTION_MAX_MARKETPLACE if on_marketplace(answers) else vocabulary.DESCRIPTION_MAX
