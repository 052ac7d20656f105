"""What a customer reads of a pricing plan."""

from __future__ import annotations

from .answers.plans import Plan


def dollars(amount: float) -> str:
    """``$1,234.50``, without cents when there are none."""
    return f"${amount:,.2f}".removesuffix(".00")


def price_sentence(plan: Plan) -> str:
    """The sentence of a plan, such as ``$12.50 per Widget per month``; empty while the price is none."""
    if isinstance(plan.unit_price, bool) or not isinstance(plan.unit_price, int | float) or plan.unit_price <= 0:
        return ""
    price = dollars(plan.unit_price)
    if plan.billing_type == "one_time":
        return f"{price}, once, after a 14-day free trial"
    unit = f" per {plan.unit_label}" if plan.unit_label and plan.billing_type != "one_time" else ""
    return f"{price}{unit} per month, after a 14-day free trial"
