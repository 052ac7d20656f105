"""What a customer reads of a pricing plan."""

from __future__ import annotations

from tilewizard.language import _, ngettext

from ..answers.plans import Plan


def dollars(amount: float) -> str:
    """``$1,234.50``, without cents when there are none."""
    return f"${amount:,.2f}".removesuffix(".00")


def price_sentence(plan: Plan) -> str:
    """The sentence of a plan, such as ``$12.50 per Widget per month``; empty while the price is none."""
    if isinstance(plan.unit_price, bool) or not isinstance(plan.unit_price, int | float) or plan.unit_price <= 0:
        return ""
    price = dollars(plan.unit_price)
    if plan.billing_type == "one_time":
        return _("{price}, once, after a 14-day free trial", price=price)
    unit = (
        _(" per {unit_label}", unit_label=plan.unit_label)
        if plan.unit_label and plan.billing_type != "one_time"
        else ""
    )
    return _("{price}{unit} per month, after a 14-day free trial", price=price, unit=unit)


HOURS = 720
"""Hours of a month of 30 days, as the example of the calculator counts them."""
SPARED = HOURS - -(-HOURS * 99 // 100)
"""Hours of the highest usage in such a month that the 99th percentile leaves out."""


def billed_units(usual: int, peak: int, hours: int) -> int:
    """The units of a month that are billed: the 99th percentile of its hourly counts, by nearest rank.

    Args:
        usual: units in an ordinary hour.
        peak: units in an hour of the peak; fewer than usual: there is none.
        hours: how many of the month's :data:`HOURS` the peak lasts.
    """
    return peak if peak > usual and hours > SPARED else usual


def estimate(plan: Plan, usual: int, peak: int = 0, hours: int = 0) -> list[str]:
    """What a customer pays under a plan, a line each: a month, a year, what the trial and the percentile mean.

    Empty while the plan has no price.
    """
    if not price_sentence(plan):
        return []
    price = float(plan.unit_price or 0)
    trial = _("The first 14 days are free: who leaves in them pays nothing.")
    if plan.billing_type == "one_time":
        return [_("{price} in all, however many {plan} there are.", price=dollars(price), plan=_units(plan, 2)), trial]
    if plan.billing_type != "tag_count":
        return [
            _(
                "{price} a month, {price2} a year, however much it is used.",
                price=dollars(price),
                price2=dollars(price * 12),
            ),
            trial,
        ]
    units = billed_units(usual, peak, hours)
    lines = [
        _(
            "{units:,} {plan}: {price} a month, {price2} a year.",
            units=units,
            plan=_units(plan, units),
            price=dollars(price * units),
            price2=dollars(price * units * 12),
        ),
        trial,
        _(
            "Each hour counts the values of the tag {tag}; the 99th percentile of a month's hours "
            "is billed, so its {spared} highest hours cost nothing.",
            tag=plan.tag or _("(not named yet)"),
            spared=SPARED,
        ),
    ]
    if peak > usual:
        left_out = (
            _("at most {spared}, so they are left out", spared=SPARED)
            if hours <= SPARED
            else _("more than {spared}, so they count", spared=SPARED)
        )
        lines.append(
            ngettext(
                "A peak of {peak:,} lasts {count} hour: {left_out}, and {units:,} are billed.",
                "A peak of {peak:,} lasts {count} hours: {left_out}, and {units:,} are billed.",
                hours,
                peak=peak,
                left_out=left_out,
                units=units,
            )
        )
    return lines


def _units(plan: Plan, count: int) -> str:
    label = plan.unit_label or "unit"
    return label if count == 1 or label.endswith("s") else f"{label}s"
