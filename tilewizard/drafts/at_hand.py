"""What a partner should have at hand before the start: a list to tick off, and what is ticked, kept between sessions."""

from __future__ import annotations

from dataclasses import dataclass

from tilewizard.language import _

from ..writing.state_folder import keep, recall

_NAME = "at_hand.json"


@dataclass(frozen=True)
class Thing:
    """One thing to have at hand.

    Attributes:
        slug: what its tick is kept under.
        words: what it is.
        paid: whether only the Marketplace asks for it.
    """

    slug: str
    words: str
    paid: bool = False


THINGS = (
    Thing("partner", _("You have joined the Datadog partner network")),
    Thing("sandbox", _("A sandbox account, from the partner portal: 1 to 2 working days")),
    Thing("access", _("Repository access: marketplace@datadoghq.com"), paid=True),
    Thing("line", _("One line on what it does for a customer, at most 70 characters")),
    Thing("logo", _("Your logo as SVG")),
    Thing("pictures", _("Three screenshots, 16:9, at least 1440 pixels wide")),
    Thing("addresses", _("Addresses for support and sales")),
    Thing("metrics", _("Your metrics: a list, an exposition or a sample answer")),
    Thing("dashboards", _("A dashboard exported as JSON from your sandbox")),
    Thing("vendor", _("Your vendor id, as Datadog issued it"), paid=True),
    Thing("price", _("A price"), paid=True),
    Thing("eula", _("Your licence agreement as PDF"), paid=True),
)
"""In the order in which one gets them: what others take days for comes first."""


def ticked() -> frozenset[str]:
    """The slugs of what was ticked; a list that can't be read has none."""
    data = recall(_NAME)
    return frozenset(thing.slug for thing in THINGS if isinstance(data, list) and thing.slug in data)


def tick(slug: str) -> frozenset[str]:
    """Tick a thing, or take the tick away, and keep it. Returns what is ticked now."""
    now = ticked() ^ {slug}
    keep(_NAME, sorted(now))
    return now
