"""metadata.csv: units that contradict what the metric's name or its description says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tilewizard.documents.csv_document import CsvRow
from tilewizard.field.vocabulary import vocabulary
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import Tile

from ..registry import rule
from ..sources import METADATA_UNITS
from .metadata_cells import each_cell, example_rows

_SHARES = frozenset({"percent", "fraction", "permille", "percent_nano"})


_COUNTED = _("a number of things")
_SIZES = (("kilo", "kibi"), ("mega", "mebi"), ("giga", "gibi"), ("tera", "tebi"))
"""Sizes in tens and in twos, which names hardly tell apart."""


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """The units of Datadog's list by what they measure."""
    units: list[str] = vocabulary()["units"]

    def ending(*words: str) -> frozenset[str]:
        return frozenset(unit for unit in units if unit.endswith(words))

    # Bytes and bits are told from each other by nobody's name.
    data = frozenset(unit for unit in units if re.search(r"byte|bit$|^bit", unit) and unit != "qubit")
    return {
        "volt": ending("volt"),
        "ampere": ending("ampere"),
        "watt": ending("watt"),
        "hertz": ending("hertz"),
        "percent": _SHARES,
        "byte": data,
        "a time": frozenset(vocabulary()["time_units"]) | {"unix second", "unix millisecond"},
        "second": frozenset({"second", "unix second"}),
        **{
            f"{size}byte": data & {f"{one}{part}" for one in (size, twin) for part in ("byte", "bit")}
            for size, twin in _SIZES
        },
        "degree celsius": frozenset({"degree celsius", "decidegree celsius"}),
        "degree fahrenheit": frozenset({"degree fahrenheit"}),
        "millisecond": frozenset({"millisecond", "unix millisecond"}),
        "microsecond": frozenset({"microsecond"}),
        "nanosecond": frozenset({"nanosecond"}),
        "minute": frozenset({"minute"}),
        "hour": frozenset({"hour"}),
        "day": frozenset({"day"}),
        "a temperature": frozenset(unit for unit in units if "degree" in unit or "kelvin" in unit),
        _COUNTED: frozenset(units) - frozenset(vocabulary()["time_units"]) - _SHARES,
    }


_NAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (
        re.compile(
            rf"(?:^|[._])(?:{words})(?:[._](?:nominal|total|sum|avg|max|min|median|mean|low|high|warning|current))*$"
        ),
        unit,
    )
    for words, unit in (
        ("voltage|volts?", "volt"),
        ("amperes?|amps", "ampere"),
        ("watts?", "watt"),
        ("hertz|[kmg]?hz", "hertz"),
        ("percent|percentage|pct|perc", "percent"),
        ("bytes|bits", "byte"),
        *((rf"{size[0]}i?b|(?:{size}|{twin})(?:bytes|bits)", f"{size}byte") for size, twin in _SIZES),
        ("celsius", "degree celsius"),
        ("fahrenheit", "degree fahrenheit"),
        (r"(?<!bytes_)(?<!per[._])(?:seconds|secs?)", "second"),
        (r"(?<!per[._])(?:milliseconds|millis|msecs?|ms)", "millisecond"),
        (r"(?<!per[._])(?:microseconds|micros|usecs?)", "microsecond"),
        (r"(?<!per[._])(?:nanoseconds|nanos|nsecs?)", "nanosecond"),
        (r"(?<!per[._])(?:minutes|mins)", "minute"),
        ("hours", "hour"),
        ("days", "day"),
        ("uptime|runtime|latency|duration", "a time"),
        ("temperature", "a temperature"),
    )
)
"""How a metric's name may end, and the unit that it says."""
_TEXTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:\bin |\bas an? |\()(?:{words})(?![\w/%-])", re.IGNORECASE), unit)
    for words, unit in (
        ("volts?", "volt"),
        ("amperes?|amps", "ampere"),
        ("watts?", "watt"),
        ("percent|percentage|%", "percent"),
        ("bytes", "byte"),
        ("(?:degrees )?celsius", "degree celsius"),
        ("(?:degrees )?fahrenheit", "degree fahrenheit"),
        ("seconds|secs", "second"),
        ("milliseconds|msecs?|ms", "millisecond"),
        ("microseconds|usecs?|[uµ]s", "microsecond"),
        ("nanoseconds|nsecs?|ns", "nanosecond"),
        ("minutes", "minute"),
        ("hours", "hour"),
        ("days", "day"),
        *((rf"{size[0]}i?b|(?:{size}|{twin})bytes", f"{size}byte") for size, twin in _SIZES),
        ("[kmgt]bytes", "byte"),
        ("[kmg]?hz|(?:kilo|mega|giga)?hertz", "hertz"),
    )
)
"""What a description or a short name may say of the unit."""
_WORD = r"(?:the|total|current|cumulative|average|mean|overall|maximum|minimum)"
_TIMES = r"(?:milli|micro|nano)?seconds?\b|ms\b|minutes\b|hours\b|days\b|time\b"
_BEGUN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:{_WORD} )*(?:{words})", re.IGNORECASE), unit)
    for words, unit in (
        (r"(?:percentage|percent) of\b", "percent"),
        (r"number of bytes\b", "byte"),
        (rf"(?:number|count) of (?!the (?:{_TIMES})|{_TIMES}|percent)", _COUNTED),
        (r"(?:time|duration|latency) (?:spent|taken|of|in|since|between|until)\b", "a time"),
    )
)
"""How a description may begin, and what it says."""
_KEPT = 50_000
"""Rows whose words are remembered: while a table is edited, all but one say what they said before."""


@rule(
    "metadata/unit-contradiction",
    step="metrics",
    form="Choose the unit that the metric's name and description speak of.",
    severity=Severity.WARNING,
    source=METADATA_UNITS,
    why="Graphs and monitors show the unit beside the number: a wrong one makes a wrong number of it.",
    bad=example_rows({"metric_name": "acme_widget.battery.voltage", "metric_type": "gauge", "unit_name": "sample"}),
    good=example_rows({"metric_name": "acme_widget.battery.voltage", "metric_type": "gauge", "unit_name": "volt"}),
)
def unit_contradiction(tile: Tile) -> Iterator[Problem]:
    """unit_name doesn't contradict what the metric's name or description says, and nothing is per percent."""

    def wrong(value: str, record: CsvRow) -> tuple[str, str] | None:
        per = record.get("per_unit_name") or ""
        if per in _SHARES:
            return _("the unit is {value} per {per}", value=quoted(value), per=quoted(per)), _(
                "write {per} as unit_name, and no per_unit_name", per=per
            )
        if not value:
            return None
        name = record.get("metric_name") or ""
        said = _said_by_name(name, value)
        if said:
            return (
                _("the unit of {name} is {value}", name=quoted(name), value=quoted(value)),
                _("its name says {said}: write {said2}, or rename it", said=said, said2=_of(said)),
            )
        said = _said_by_text(record.get("description") or "", record.get("short_name") or "", value)
        if said:
            return _("the unit of {name} is {value}", name=quoted(name), value=quoted(value)), _(
                "its description says {said}: mend either", said=said
            )
        return None

    yield from each_cell(tile, "unit_name", wrong)


def _of(said: str) -> str:
    return _("a unit of it") if said.startswith("a ") else _("that unit")


_SAID: dict[str, str] = {}
"""What names say. A key is the cell's own text: thousands of names take a tenth of what ``lru_cache`` keeps for them."""


def _said_by_name(name: str, unit: str) -> str:
    """The unit that a name says, where another is stated; empty when they agree or it says none."""
    said = _SAID.get(name)
    if said is None:
        if len(_SAID) >= _KEPT:
            _SAID.clear()
        plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        said = _SAID[name] = next((said for pattern, said in _NAMES if pattern.search(plain)), "")
    return "" if not said or unit in _kinds()[said] else said


_TIMED = re.compile(r"\b(?:time|duration|latency)\b", re.IGNORECASE)
"""In a description that counts: what is counted may be a time after all, "Count of connection time"."""
_RATED = re.compile(r"per (?:second|minute|hour)|/s\b|percent|ratio|fraction|share", re.IGNORECASE)


@lru_cache(_KEPT)
def _said_by_text(description: str, short_name: str, unit: str) -> str:
    begun = description.strip()
    # A rate says what it is a rate of, and a share of counted things is told in words of its own.
    found = (
        next((said for pattern, said in _BEGUN if pattern.match(begun)), "") if not _RATED.search(begun[12:]) else ""
    )
    timed = found == _COUNTED and unit in _kinds()["a time"] and _TIMED.search(begun)
    if found and not timed and unit not in _kinds()[found]:
        return found
    for text in (begun, short_name.strip()):
        for pattern, said in _TEXTS:
            if pattern.search(text):
                return "" if unit in _kinds()[said] else said
    return ""
