"""The pricing object: plans, one billing type, metering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.field import names
from tilewizard.field.vocabulary import Target, nearest, vocabulary
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example, rule
from ..sources import GUIDE, MARKETPLACE_PRICING, PUBLISHED_TILES, REVIEW
from .plans import PRICE_MAX, bad_plan, example_plan, plans

ON_MARKETPLACE = {Target.MARKETPLACE: Severity.ERROR}
_KEYS = (
    *("billing_type", "unit_price", "unit_label", "metric", "tag", "product_id", "short_description"),
    "includes_assets",
)
_FORMER = "free"
_METRIC = re.compile(r"datadog\.marketplace(?:\.[a-z0-9_]+){1,2}")


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
            _("there is no pricing plan"),
            pointer="/pricing",
            hint=_('add one: {"billing_type": "flat_fee", "unit_price": …, …}'),
        )
    for index, plan in enumerate(tile.list_at("/pricing")):
        if not isinstance(plan, dict):
            yield Problem(
                _("plan {index} is no object", index=index + 1), pointer=f"/pricing/{index}", hint=_("write { … }")
            )


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
            _("a free tile has pricing"),
            pointer="/pricing",
            key=True,
            hint=_("take the key pricing away") if empty else _("take it away, or publish on the Marketplace"),
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
    bad=bad_plan(billing_type="per_seat"),
    at=("/pricing/*/billing_type",),
)
def billing_type(tile: Tile) -> Iterator[Problem]:
    """billing_type is one_time, flat_fee or tag_count."""
    known = vocabulary()["billing_types"]
    for at, plan in plans(tile):
        value = plan.get("billing_type")
        if value == _FORMER:
            message = _("billing_type is free, which only older pages of the Marketplace name")
            hint = _("ask Datadog whether it is still taken; today's are {known}", known=", ".join(known))
            yield Problem(message, pointer=f"{at}/billing_type", hint=hint, severity=Severity.INFO)
        elif value not in known:
            near = nearest(value, known) if isinstance(value, str) else None
            hint = _("did you mean {near}?", near=near) if near else _("one of {known}", known=", ".join(known))
            message = _("billing_type is {value}", value=quoted(value)) if value else _("billing_type is missing")
            yield Problem(message, pointer=f"{at}/billing_type", hint=hint)


@rule(
    "pricing/one-billing-type",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="A listing is billed in one way; plans differ in price and unit only.",
    form="Bill all plans in the same way.",
    bad=Example(MANIFEST, {"pricing": [example_plan(), example_plan(billing_type="flat_fee", metric=None, tag=None)]}),
    at=("/pricing/*/billing_type",),
)
def one_billing_type(tile: Tile) -> Iterator[Problem]:
    """All plans of a listing share one billing type."""
    found = list(plans(tile))
    for at, plan in found[1:]:
        first = found[0][1].get("billing_type")
        if plan.get("billing_type") != first:
            yield Problem(
                _(
                    "this plan is {plan} and the first one {first}",
                    plan=quoted(plan.get("billing_type") or ""),
                    first=quoted(first or ""),
                ),
                pointer=f"{at}/billing_type",
                hint=_("give all plans one billing type"),
            )


@rule(
    "pricing/unit-price",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="It is the amount that customers are charged, in US dollars.",
    form="Write the price in US dollars, above zero and in whole cents, such as 12.50.",
    bad=bad_plan(unit_price="12.50"),
    at=("/pricing/*/unit_price",),
)
def unit_price(tile: Tile) -> Iterator[Problem]:
    """unit_price is a number of US dollars above zero, in whole cents."""
    for at, plan in plans(tile):
        value = plan.get("unit_price")
        place = f"{at}/unit_price"
        if value is None or value == "":
            yield Problem(
                _("unit_price is missing"), pointer=place, hint=_("write a number of US dollars such as 12.50")
            )
        elif isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            yield Problem(
                _("unit_price is {value}", value=quoted(value)),
                pointer=place,
                hint=_("write a number without quotes: 12.50"),
            )
        elif not 0 < value <= PRICE_MAX:
            hint = _("write an amount above zero and at most {limit:,}", limit=PRICE_MAX)
            yield Problem(_("unit_price is {value}", value=quoted(value)), pointer=place, hint=hint)
        elif abs(value * 100 - round(value * 100)) > 1e-6:
            yield Problem(
                _("unit_price {value} has fractions of a cent", value=value),
                pointer=place,
                hint=_("write whole cents"),
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
    bad=bad_plan(product_id="Acme Widget"),
    at=("/pricing/*/product_id",),
)
def product_id(tile: Tile) -> Iterator[Problem]:
    """product_id is kebab case and the second half of the app id."""
    app_id, vendor = tile.text_at("/app_id"), tile.text_at("/author/vendor_id")
    for at, plan in plans(tile):
        value, place = plan.get("product_id"), f"{at}/product_id"
        if not isinstance(value, str) or not value:
            half = _product(tile)
            hint = _("write {half}", half=quoted(half)) if half else _("write the second half of the app id")
            form = _("Write {half}, the second half of the app id.", half=quoted(half)) if half else ""
            yield Problem(_("product_id is missing"), pointer=place, hint=hint, form=form)
        elif not names.is_kebab(value):
            yield Problem(
                _("product_id is {value}", value=quoted(value)),
                pointer=place,
                hint=_("write {names}", names=names.kebab(value) or "a-name"),
            )
        elif app_id and vendor and app_id.startswith(f"{vendor}-") and app_id != f"{vendor}-{value}":
            yield Problem(
                _(
                    "product_id is {value}, and the app id ends in {app_id}",
                    value=quoted(value),
                    app_id=quoted(app_id[len(vendor) + 1 :]),
                ),
                pointer=place,
                hint=_("write {app_id}", app_id=quoted(app_id[len(vendor) + 1 :])),
                severity=Severity.WARNING,
            )


@rule(
    "pricing/short-description",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="It tells the customer what the price covers.",
    form="Say in a few words what the price covers.",
    bad=bad_plan(short_description=None),
    at=("/pricing/*/short_description",),
)
def short_description(tile: Tile) -> Iterator[Problem]:
    """Every plan has a short_description."""
    for at, plan in plans(tile):
        value = plan.get("short_description")
        if not isinstance(value, str) or not value.strip():
            yield Problem(
                _("short_description is missing"),
                pointer=f"{at}/short_description",
                hint=_("say what the price covers"),
            )


@rule(
    "pricing/includes-assets",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=GUIDE,
    why="Dashboards and monitors come with the purchase.",
    form="Let every plan include the dashboards and monitors: the guide asks for it.",
    bad=bad_plan(includes_assets="yes"),
    at=("/pricing/*/includes_assets",),
)
def includes_assets(tile: Tile) -> Iterator[Problem]:
    """includes_assets is true."""
    for at, plan in plans(tile):
        value = plan.get("includes_assets")
        if not isinstance(value, bool):
            message = (
                _("includes_assets is missing")
                if value is None
                else _("includes_assets is {value}", value=quoted(value))
            )
            yield Problem(message, pointer=f"{at}/includes_assets", hint=_("write true"))
        elif not value:
            yield Problem(
                _("includes_assets is false"),
                pointer=f"{at}/includes_assets",
                hint=_("the guide says that it is always true"),
                severity=Severity.INFO,
            )


@rule(
    "pricing/unit-label",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="The price reads “$X per <unit_label> per month”.",
    form="Name one unit that is billed, such as Host.",
    bad=bad_plan(unit_label=None),
    at=("/pricing/*/unit_label",),
)
def unit_label(tile: Tile) -> Iterator[Problem]:
    """A tag_count plan has a unit_label."""
    for at, plan in plans(tile):
        value = plan.get("unit_label")
        if plan.get("billing_type") == "tag_count" and (not isinstance(value, str) or not value.strip()):
            yield Problem(_("unit_label is missing"), pointer=f"{at}/unit_label", hint=_("name one unit, such as Host"))


@rule(
    "pricing/tag",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="Datadog counts the unique values of this tag.",
    form="Name the tag that is counted: lower case, no spaces, such as host.",
    bad=bad_plan(tag="Widget Id"),
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
                _("tag is missing"),
                pointer=f"{at}/tag",
                hint=_("name the counted tag, such as host"),
                form=_("Name the tag that is counted, such as host."),
            )
        elif not re.fullmatch(r"[a-z][a-z0-9_./-]{0,199}", value):
            yield Problem(
                _("tag is {value}", value=quoted(value)),
                pointer=f"{at}/tag",
                hint=_("write {names}", names=names.snake(value) or "host"),
            )


@rule(
    "pricing/metric-format",
    step="pricing",
    severity=ON_MARKETPLACE,
    source=MARKETPLACE_PRICING,
    why="Datadog finds the usage of a listing by this name.",
    form="Name the metric that usage is billed by: datadog.marketplace.<partner>.<offering>.",
    bad=bad_plan(metric="acme.widgets"),
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
                _("metric is missing"),
                pointer=place,
                hint=_("write {right}", right=right),
                form=_("Write {right}: usage is billed by it.", right=quoted(right)),
            )
        elif not _METRIC.fullmatch(value):
            yield Problem(
                _("metric is {value}", value=quoted(value)),
                pointer=place,
                hint=_("write {right}", right=right),
                form=_("Write {right}: usage is billed by it.", right=quoted(right)),
            )
        elif vendor:
            yield from _foreign(value, right, place)


def _foreign(value: str, right: str, place: str) -> Iterator[Problem]:
    """What a well-formed metric has of another vendor or offering; one part after the prefix may be either."""
    parts, due = value.split(".")[2:], right.split(".")[2:]
    if parts[0] not in (due if len(parts) == 1 else due[:1]):
        message = _("metric {value} is not of the vendor {due}", value=quoted(value), due=due[0])
        yield Problem(message, pointer=place, hint=_("write {right}", right=right), severity=Severity.WARNING)
    elif parts[1:] and parts != due:
        message = _("metric {value} doesn't end in the product id", value=quoted(value))
        hint = _("write {right}, unless Datadog gave you this name", right=right)
        yield Problem(message, pointer=place, hint=hint, severity=Severity.INFO)


@rule(
    "pricing/unused-key",
    step="pricing",
    severity={Target.MARKETPLACE: Severity.WARNING},
    source=REVIEW,
    why="A metering metric on a plan that isn't metered raises questions.",
    form="Remove what this way of billing has no use for.",
    bad=bad_plan(billing_type="flat_fee"),
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
                hint = _("did you mean {near}?", near=near) if near else f"known keys: {', '.join(_KEYS)}"
                yield Problem(_("unknown key {key}", key=quoted(key)), pointer=place, key=True, hint=hint)
            elif key in ("metric", "tag") and kind in ("one_time", "flat_fee"):
                yield Problem(
                    _("a {kind} plan has no use for {key}", kind=kind, key=key),
                    pointer=place,
                    key=True,
                    hint=_("take {key} away", key=key),
                    fix=_without(place),
                )


def _without(pointer: str) -> Any:
    return lambda tile: tile.with_text(MANIFEST, tile.manifest.without(pointer).text)
