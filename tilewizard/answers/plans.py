"""The questions on pricing."""

from __future__ import annotations

from typing import Annotated

from pydantic import StrictBool

from . import deriving
from .declaring import DOCS_MARKETPLACE, Ask, Group, Kind, Number, Text


def is_metered(plan: Plan) -> bool:
    """Whether usage is metered by the values of a tag."""
    return plan.billing_type == "tag_count"


def is_monthly(plan: Plan) -> bool:
    """Whether it is paid every month, and so may name the unit that the price is for."""
    return plan.billing_type in ("tag_count", "flat_fee")


class Plan(Group):
    """A pricing plan. Fields that a billing type doesn't use stay empty."""

    billing_type: Annotated[
        Text,
        Ask(
            "Billing type",
            "one_time: charged once. flat_fee: the same amount every month. tag_count: an amount every month for "
            "each unique value of a tag. All plans of a listing share one type.",
            "tag_count",
            "the Pricing tab",
            Kind.CHOICE,
            choices=("one_time", "flat_fee", "tag_count"),
            required=True,
            docs=DOCS_MARKETPLACE,
            width=10,
        ),
    ] = ""
    unit_price: Annotated[
        Number | None,
        Ask(
            "Price",
            "US dollars: once, per month, or per unit and month, as the billing type says.",
            "12.50",
            "the Pricing tab",
            Kind.NUMBER,
            required=True,
            docs=DOCS_MARKETPLACE,
            width=10,
        ),
    ] = None
    unit_label: Annotated[
        Text,
        Ask(
            "Unit",
            "What one unit is called, in the singular: the price reads “$12.50 per Widget per month”.",
            "Widget",
            "the Pricing tab, after “per”",
            uses=is_monthly,
            docs=DOCS_MARKETPLACE,
            width=14,
        ),
    ] = ""
    metric: Annotated[
        Text,
        Ask(
            "Metering metric",
            "The metric that your integration sends to count usage: datadog.marketplace.<partner>.<offering>.",
            "datadog.marketplace.acme_corp.acme_widget",
            "nowhere",
            derive=deriving.metering_metric,
            uses=is_metered,
            docs=DOCS_MARKETPLACE,
            width=30,
        ),
    ] = ""
    tag: Annotated[
        Text,
        Ask(
            "Counted tag",
            "The tag on the metering metric whose unique values are counted.",
            "widget_id",
            "nowhere",
            uses=is_metered,
            docs=DOCS_MARKETPLACE,
            width=14,
        ),
    ] = ""
    product_id: Annotated[
        Text,
        Ask(
            "Product id",
            "The second half of the app id, kebab case.",
            "acme-widget",
            "the address of the listing",
            derive=deriving.product_id,
            required=True,
            docs=DOCS_MARKETPLACE,
            width=18,
        ),
    ] = ""
    short_description: Annotated[
        Text,
        Ask(
            "Short description",
            "What the price covers, in a few words.",
            "Per widget per month",
            "the Pricing tab",
            required=True,
            docs=DOCS_MARKETPLACE,
            width=28,
        ),
    ] = ""
    includes_assets: Annotated[
        StrictBool | None,
        Ask(
            "Includes assets",
            "Whether dashboards and monitors come with the purchase. Datadog's guide says always.",
            "true",
            "nowhere",
            Kind.SWITCH,
            derive=lambda _: True,
            docs=DOCS_MARKETPLACE,
            width=8,
        ),
    ] = None
