"""Cells of metadata.csv as people write them: what is meant, and what can't be right."""

from __future__ import annotations

from collections.abc import Callable

from tilewizard.field.names import is_normalized_metric, normalized_metric
from tilewizard.field.vocabulary import nearest, vocabulary
from tilewizard.language import _
from tilewizard.quoting import quoted

from .units import known_units, unit_of_word

_TYPES = {"counter": "count", "monotonic_count": "count", "monotonic count": "count"}


def mended(column: str, value: str) -> tuple[str, str]:
    """The value that is meant, and the reason when it isn't the one that is written.

    Upper case, plurals and other names of a type or unit are understood; whatever isn't comes back as it is.
    """
    meant = value
    if column == "metric_type":
        folded = value.casefold()
        meant = _TYPES.get(folded, folded if folded in vocabulary()["metric_types"] else value)
    elif column in ("unit_name", "per_unit_name") and value and value not in known_units():
        meant = unit_of_word(value) or value
    elif column == "description":
        meant = " ".join(value.split())
    return meant, "" if meant == value or column == "description" else _("it says {value}", value=value)


def fault_of(column: str, value: str) -> tuple[str, str] | None:
    """What is wrong with a cell, and what to do; None for one that is right, or empty."""
    check = _CHECKS.get(column)
    return check(value) if check is not None and value else None


def _name(value: str) -> tuple[str, str] | None:
    if is_normalized_metric(value):
        return None
    stored = normalized_metric(value)
    return _("{value} is no name that Datadog stores", value=quoted(value)), _(
        "write {stored}", stored=stored
    ) if stored else _("write another")


def _listed(words: str) -> Callable[[str], tuple[str, str] | None]:
    def check(value: str) -> tuple[str, str] | None:
        known: list[str] = vocabulary()[words]
        if value in known:
            return None
        near = nearest(value, known)
        hint = (
            _("did you mean {near}?", near=near)
            if near
            else _("one of {known}", known=", ".join(known))
            if len(known) < 12
            else _("leave it empty")
        )
        return _("{value} is none of Datadog's", value=quoted(value)), hint

    return check


def _interval(value: str) -> tuple[str, str] | None:
    if value.isascii() and value.isdigit():
        return None
    return _("{value} is no number of seconds", value=quoted(value)), _("write such as 10")


def _description(value: str) -> tuple[str, str] | None:
    limit: int = vocabulary()["metadata_max_description"]
    if len(value) > limit:
        return _("{count} characters", count=len(value)), _("shorten it to {limit}", limit=limit)
    if "|" in value:
        return _("it holds a |"), _("write it without")
    odd = next((char for char in value if not char.isascii()), None)
    return (_("{odd} is not ASCII", odd=quoted(odd)), _("write it in plain ASCII")) if odd is not None else None


_CHECKS = {
    "metric_name": _name,
    "metric_type": _listed("metric_types"),
    "unit_name": _listed("units"),
    "per_unit_name": _listed("units"),
    "interval": _interval,
    "orientation": _listed("orientations"),
    "description": _description,
}
