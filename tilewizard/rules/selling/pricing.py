"""The pricing object: plans, one billing type, metering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field import names
from tilewizard.field.vocabulary import Target, nearest, vocabulary
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example, rule
from ..sources import GUIDE, MARKETPLACE_PRICING, PUBLISHED_TILES, REVIEW

ON_MARKETPLACE = {Target.MARKETPLACE: Severity.ERROR}
_KEYS = (
    *("billing_type", "unit_price", "unit_label", "metric", "tag", "product_id", "short_description"),
    "includes_assets",
)
_FORMER = "free"
PRICE_MAX = 1_000_000_000
"""US dollars; no plan costs more, and whole cents can be told apart below."""
_METRIC = re.compile(r"datadog\.marketplace(?:\.[a-z0-9_]+){1,2}")


def _plan(**changes: Any) -> dict[str, Any]:
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


def _bad(**changes: Any) -> Example:
    return Example(MANIFEST, {"pricing": [_plan(**changes)]})


def plans(tile: Tile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every plan that is an object, with its pointer."""
    for index, plan in enumerate(tile.list_at("/pricing")):
        if isinstance(plan, dict):
            yield f"/pricing/{index}", plan


@rule(
    "pricing/missing",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="A Marketplace listing is for sale; without a plan nobody can buy it.",
    form="Add at least one plan: a Marketplace listing needs a price.",
    bad=Example(MANIFEST, {"pricing": []}),
    at=("/pricing",),
)
def missing(tile: Tile) -> Iterator[Problem]:
    """A Marketplace listing has at least one pricing plan, and every plan is an object."""
    if not isinstance(tile.at(""), dict) or tile.manifest.broken:
        return
    if not tile.at("/pricing"):
        yield Problem(
            "there is no pricing plan",
            pointer="/pricing",
            hint='add one: {"billing_type": "flat_fee", "unit_price": …, …}',
        )
    for index, plan in enumerate(tile.list_at("/pricing")):
        if not isinstance(plan, dict):
            yield Problem(f"plan {index + 1} is no object", pointer=f"/pricing/{index}", hint="write { … }")


@rule(
    "pricing/on-extras",
    step="pricing",
    severity={Target.EXTRAS: Severity.WARNING},
    source=PUBLISHED_TILES,
    why="Tiles of integrations-extras are free; their manifests have no pricing.",
    form="Remove the prices, or publish on the Marketplace: a free tile has none.",
    bad=Example(MANIFEST, {"pricing": []}, target=Target.EXTRAS),
    at=("/pricing",),
    mends=True,
)
def on_extras(tile: Tile) -> Iterator[Problem]:
    """A tile of integrations-extras has no pricing."""
    if tile.at("/pricing") is not None:
        empty = tile.at("/pricing") == []
        yield Problem(
            "a free tile has pricing",
            pointer="/pricing",
            key=True,
            hint="take the key pricing away" if empty else "take it away, or publish on the Marketplace",
            severity=Severity.INFO if empty else None,
            fix=(lambda t: t.with_text(MANIFEST, t.manifest.without("/pricing").text)) if empty else None,
        )


@rule(
    "pricing/billing-type",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="Datadog bills by one of three types.",
    form="Choose how customers are billed: once, a flat fee, or by a counted tag.",
    bad=_bad(billing_type="per_seat"),
    at=("/pricing/*/billing_type",),
)
def billing_type(tile: Tile) -> Iterator[Problem]:
    """billing_type is one_time, flat_fee or tag_count."""
    known = vocabulary()["billing_types"]
    for at, plan in plans(tile):
        value = plan.get("billing_type")
        if value == _FORMER:
            message = "billing_type is free, which only older pages of the Marketplace name"
            hint = f"ask Datadog whether it is still taken; today's are {', '.join(known)}"
            yield Problem(message, pointer=f"{at}/billing_type", hint=hint, severity=Severity.INFO)
        elif value not in known:
            near = nearest(value, known) if isinstance(value, str) else None
            hint = f"did you mean {near}?" if near else f"one of {', '.join(known)}"
            message = f"billing_type is {quoted(value)}" if value else "billing_type is missing"
            yield Problem(message, pointer=f"{at}/billing_type", hint=hint)


@rule(
    "pricing/one-billing-type",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="A listing is billed in one way; plans differ in price and unit only.",
    form="Bill all plans in the same way.",
    bad=Example(MANIFEST, {"pricing": [_plan(), _plan(billing_type="flat_fee", metric=None, tag=None)]}),
    at=("/pricing/*/billing_type",),
)
def one_billing_type(tile: Tile) -> Iterator[Problem]:
    """All plans of a listing share one billing type."""
    found = list(plans(tile))
    for at, plan in found[1:]:
        first = found[0][1].get("billing_type")
        if plan.get("billing_type") != first:
            yield Problem(
                f"this plan is {quoted(plan.get('billing_type') or '')} and the first one {quoted(first or '')}",
                pointer=f"{at}/billing_type",
                hint="give all plans one billing type",
            )


@rule(
    "pricing/unit-price",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="It is the amount that customers are charged, in US dollars.",
    form="Write the price in US dollars, above zero and in whole cents, such as 12.50.",
    bad=_bad(unit_price="12.50"),
    at=("/pricing/*/unit_price",),
)
def unit_price(tile: Tile) -> Iterator[Problem]:
    """unit_price is a number of US dollars above zero, in whole cents."""
    for at, plan in plans(tile):
        value = plan.get("unit_price")
        place = f"{at}/unit_price"
        if value is None or value == "":
            yield Problem("unit_price is missing", pointer=place, hint="write a number of US dollars such as 12.50")
        elif isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            yield Problem(f"unit_price is {quoted(value)}", pointer=place, hint="write a number without quotes: 12.50")
        elif not 0 < value <= PRICE_MAX:
            hint = f"write an amount above zero and at most {PRICE_MAX:,}"
            yield Problem(f"unit_price is {quoted(value)}", pointer=place, hint=hint)
        elif abs(value * 100 - round(value * 100)) > 1e-6:
            yield Problem(
                f"unit_price {value} has fractions of a cent",
                pointer=place,
                hint="write whole cents",
                severity=Severity.WARNING,
            )


def _product(tile: Tile) -> str:
    """The product id that the app id tells: what follows the vendor id."""
    app_id, vendor = tile.text_at("/app_id"), tile.text_at("/author/vendor_id")
    return app_id[len(vendor) + 1 :] if vendor and app_id.startswith(f"{vendor}-") else ""


@rule(
    "pricing/product-id",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="Vendor id and product id together are the listing's identity.",
    form="Write the second half of the app id: lower-case words joined by dashes.",
    bad=_bad(product_id="Acme Widget"),
    at=("/pricing/*/product_id",),
)
def product_id(tile: Tile) -> Iterator[Problem]:
    """product_id is kebab case and the second half of the app id."""
    app_id, vendor = tile.text_at("/app_id"), tile.text_at("/author/vendor_id")
    for at, plan in plans(tile):
        value, place = plan.get("product_id"), f"{at}/product_id"
        if not isinstance(value, str) or not value:
            half = _product(tile)
            hint = f"write {quoted(half)}" if half else "write the second half of the app id"
            form = f"Write {quoted(half)}, the second half of the app id." if half else ""
            yield Problem("product_id is missing", pointer=place, hint=hint, form=form)
        elif not names.is_kebab(value):
            yield Problem(
                f"product_id is {quoted(value)}", pointer=place, hint=f"write {names.kebab(value) or 'a-name'}"
            )
        elif app_id and vendor and app_id.startswith(f"{vendor}-") and app_id != f"{vendor}-{value}":
            yield Problem(
                f"product_id is {quoted(value)}, and the app id ends in {quoted(app_id[len(vendor) + 1 :])}",
                pointer=place,
                hint=f"write {quoted(app_id[len(vendor) + 1 :])}",
                severity=Severity.WARNING,
            )


@rule(
    "pricing/short-description",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="It tells the customer what the price covers.",
    form="Say in a few words what the price covers.",
    bad=_bad(short_description=None),
    at=("/pricing/*/short_description",),
)
def short_description(tile: Tile) -> Iterator[Problem]:
    """Every plan has a short_description."""
    for at, plan in plans(tile):
        value = plan.get("short_description")
        if not isinstance(value, str) or not value.strip():
            yield Problem(
                "short_description is missing", pointer=f"{at}/short_description", hint="say what the price covers"
            )


@rule(
    "pricing/includes-assets",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=GUIDE,
    why="Dashboards and monitors come with the purchase.",
    form="Let every plan include the dashboards and monitors: the guide asks for it.",
    bad=_bad(includes_assets="yes"),
    at=("/pricing/*/includes_assets",),
)
def includes_assets(tile: Tile) -> Iterator[Problem]:
    """includes_assets is true."""
    for at, plan in plans(tile):
        value = plan.get("includes_assets")
        if not isinstance(value, bool):
            message = "includes_assets is missing" if value is None else f"includes_assets is {quoted(value)}"
            yield Problem(message, pointer=f"{at}/includes_assets", hint="write true")
        elif not value:
            yield Problem(
                "includes_assets is false",
                pointer=f"{at}/includes_assets",
                hint="the guide says that it is always true",
                severity=Severity.INFO,
            )


@rule(
    "pricing/unit-label",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="The price reads “$X per <unit_label> per month”.",
    form="Name one unit that is billed, such as Host.",
    bad=_bad(unit_label=None),
    at=("/pricing/*/unit_label",),
)
def unit_label(tile: Tile) -> Iterator[Problem]:
    """A tag_count plan has a unit_label."""
    for at, plan in plans(tile):
        value = plan.get("unit_label")
        if plan.get("billing_type") == "tag_count" and (not isinstance(value, str) or not value.strip()):
            yield Problem("unit_label is missing", pointer=f"{at}/unit_label", hint="name one unit, such as Host")


@rule(
    "pricing/tag",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="Datadog counts the unique values of this tag.",
    form="Name the tag that is counted: lower case, no spaces, such as host.",
    bad=_bad(tag="Widget Id"),
    at=("/pricing/*/tag",),
)
def tag(tile: Tile) -> Iterator[Problem]:
    """A tag_count plan names the tag that is counted, in Datadog's form: lower case, no spaces."""
    for at, plan in plans(tile):
        value = plan.get("tag")
        if plan.get("billing_type") != "tag_count":
            continue
        if not isinstance(value, str) or not value:
            yield Problem(
                "tag is missing",
                pointer=f"{at}/tag",
                hint="name the counted tag, such as host",
                form="Name the tag that is counted, such as host.",
            )
        elif not re.fullmatch(r"[a-z][a-z0-9_./-]{0,199}", value):
            yield Problem(f"tag is {quoted(value)}", pointer=f"{at}/tag", hint=f"write {names.snake(value) or 'host'}")


@rule(
    "pricing/metric-format",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="Datadog finds the usage of a listing by this name.",
    form="Name the metric that usage is billed by: datadog.marketplace.<partner>.<offering>.",
    bad=_bad(metric="acme.widgets"),
    at=("/pricing/*/metric",),
)
def metric_format(tile: Tile) -> Iterator[Problem]:
    """A tag_count plan has a metric of the form datadog.marketplace.<partner>.<offering>."""
    vendor = tile.text_at("/author/vendor_id")
    for at, plan in plans(tile):
        if plan.get("billing_type") != "tag_count":
            continue
        value, place = plan.get("metric"), f"{at}/metric"
        product = plan.get("product_id")
        right = names.metering_metric(
            vendor or "partner", product if isinstance(product, str) and product else _product(tile) or "offering"
        )
        if not isinstance(value, str) or not value:
            yield Problem(
                "metric is missing",
                pointer=place,
                hint=f"write {right}",
                form=f"Write {quoted(right)}: usage is billed by it.",
            )
        elif not _METRIC.fullmatch(value):
            yield Problem(
                f"metric is {quoted(value)}",
                pointer=place,
                hint=f"write {right}",
                form=f"Write {quoted(right)}: usage is billed by it.",
            )
        elif vendor:
            yield from _foreign(value, right, place)


def _foreign(value: str, right: str, place: str) -> Iterator[Problem]:
    """What a well-formed metric has of another vendor or offering; one part after the prefix may be either."""
    parts, due = value.split(".")[2:], right.split(".")[2:]
    if parts[0] not in (due if len(parts) == 1 else due[:1]):
        message = f"metric {quoted(value)} is not of the vendor {due[0]}"
        yield Problem(message, pointer=place, hint=f"write {right}", severity=Severity.WARNING)
    elif parts[1:] and parts != due:
        message = f"metric {quoted(value)} doesn't end in the product id"
        hint = f"write {right}, unless Datadog gave you this name"
        yield Problem(message, pointer=place, hint=hint, severity=Severity.INFO)


@rule(
    "pricing/unused-key",
    step="pricing",
    severity={Target.MARKETPLACE: Severity.WARNING},
    source=REVIEW,
    why="A metering metric on a plan that isn't metered raises questions.",
    form="Remove what this way of billing has no use for.",
    bad=_bad(billing_type="flat_fee"),
    at=("/pricing",),
    mends=True,
)
def unused_key(tile: Tile) -> Iterator[Problem]:
    """A plan has only keys that its billing type uses."""
    for at, plan in plans(tile):
        kind = plan.get("billing_type")
        for key in plan:
            place = f"{at}/{key.replace('~', '~0').replace('/', '~1')}"
            if key not in _KEYS:
                near = nearest(key, _KEYS)
                hint = f"did you mean {near}?" if near else f"known keys: {', '.join(_KEYS)}"
                yield Problem(f"unknown key {quoted(key)}", pointer=place, key=True, hint=hint)
            elif key in ("metric", "tag") and kind in ("one_time", "flat_fee"):
                yield Problem(
                    f"a {kind} plan has no use for {key}",
                    pointer=place,
                    key=True,
                    hint=f"take {key} away",
                    fix=_without(place),
                )


def _without(pointer: str) -> Any:
    return lambda tile: tile.with_text(MANIFEST, tile.manifest.without(pointer).text)
