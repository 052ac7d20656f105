"""Dates by Joda's patterns, as the grok matcher ``date`` takes them, and the dates that the date remapper reads.

Source: docs.datadoghq.com/logs/log_configuration/parsing (parsing dates) and processors (log date remapper).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from tilewizard.language import _

from ..errors import TilewizardError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONE = r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})"
TESTS_CLOCK = datetime(1971, 1, 1, tzinfo=UTC)
"""The day on which Datadog's published tests seem to run, by the years that they give to dates without one."""
_AHEAD = timedelta(days=183)
"""A date without a year that would lie further ahead of the clock is of the year before (published tests)."""
_LETTERS = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|(.)", re.DOTALL)


@lru_cache(maxsize=500)
def compiled(pattern: str) -> tuple[str, tuple[str, ...]]:
    """A Joda pattern as a regular expression without groups' names, and the letters of its groups.

    Raises:
        TilewizardError: a letter that no date has.
    """
    shape, letters = "", []
    for found in _LETTERS.finditer(pattern):
        if found[2] is None:
            literal = "'" if found[0] == "''" else (found[1] if found[1] is not None else found[3]).replace("''", "'")
            shape += re.escape(literal)
            continue
        part = _part(found[2], len(found[0]))
        shape += f"({part})"
        letters.append(found[2])
    return shape, tuple(letters)


def _part(letter: str, count: int) -> str:
    if letter in "yYxu":
        return r"\d{2}" if count == 2 else r"\d{1,4}" if count < 4 else r"\d{4}"
    if letter == "M" and count > 2:
        return r"\p{L}{3,12}\.?"
    if letter in "MdHhkKmsD":
        return r"\d{1,2}" if count == 1 else rf"\d{{{count}}}" if letter != "D" else r"\d{1,3}"
    if letter == "S":
        return r"\d{1,9}" if count == 1 else rf"\d{{{count}}}"
    if letter == "a":
        return r"[AaPp]\.?[Mm]\.?"
    if letter in "Ee":
        return r"\p{L}{2,12}\.?" if letter == "E" else r"\d"
    if letter == "Z" or letter == "X":
        return _ZONE if count < 3 else r"[A-Za-z_]+(?:/[A-Za-z_]+)*"
    if letter == "z":
        return r"[A-Za-z]{1,5}(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}"
    raise TilewizardError(
        _("the letter {letter!r} of a date's pattern is not known", letter=letter),
        remedy=_("see Joda's DateTimeFormat"),
    )


_FURTHEST = timedelta(hours=18)
_SHORT = {
    short: place
    for place, names in {
        "America/Halifax": "AST ADT",
        "America/New_York": "EST EDT",
        "America/Chicago": "CST CDT",
        "America/Denver": "MST MDT",
        "America/Los_Angeles": "PST PDT",
        "Europe/London": "BST",
        "Europe/Paris": "CET CEST",
        "Asia/Kolkata": "IST",
        "Asia/Tokyo": "JST",
        "Australia/Sydney": "AEST AEDT",
    }.items()
    for short in names.split()
}
"""Zones by the short names that Java reads (java.time.format, pattern letter z)."""


def zone(name: str) -> tzinfo | None:
    """A time zone by its name or shift (``Europe/Paris``, ``UTC+5``, ``+03:00``); None when there is none such."""
    shift = re.fullmatch(r"(?:UTC|GMT|UT|Z)?(?:([+-])(\d{1,2})(?::?(\d{2})(?::?(\d{2}))?)?)?", name)
    if shift:
        away = timedelta(hours=int(shift[2] or 0), minutes=int(shift[3] or 0), seconds=int(shift[4] or 0))
        return timezone(-away if shift[1] == "-" else away) if away <= _FURTHEST else None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(_SHORT.get(name, name))
    except (ValueError, OSError, KeyError):
        return None


def parse(text: str, pattern: str, zone_name: str = "", clock: datetime = TESTS_CLOCK) -> int | None:
    """Milliseconds since 1970, or None when the text is no such date. The clock gives the year to a date that has none."""
    shape, letters = compiled(pattern)
    found = re.fullmatch(shape.replace(r"\p{L}", r"[^\W\d_]"), text)
    if not found:
        return None
    parts = dict(zip(letters, found.groups(), strict=True))
    try:
        return _moment(parts, zone_name, clock)
    except (ValueError, OverflowError):
        return None


def _moment(parts: dict[str, str], zone_name: str, clock: datetime) -> int | None:
    given = next((parts[letter] for letter in "yYxu" if letter in parts), "")
    dated = not parts.keys().isdisjoint("MdD")
    year = clock.year if dated else 1970
    whole = int(given) + (2000 if int(given) < 70 else 1900) if len(given) == 2 else int(given or year)
    month = parts.get("M", "1")
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    hour = int(next((parts[letter] for letter in "HkhK" if letter in parts), 0))
    if "k" in parts:
        hour %= 24
    if "a" in parts:
        hour = hour % 12 + (12 if parts["a"][0] in "pP" else 0)
    nanos = int(parts.get("S", "0")[:9].ljust(9, "0"))
    where = zone(parts.get("Z") or parts.get("z") or parts.get("X") or zone_name or "UTC")
    if where is None:
        return None
    day = datetime(
        whole, number, int(parts.get("d", 1)), hour, int(parts.get("m", 0)), int(parts.get("s", 0)), tzinfo=where
    )
    if not given and dated and day - clock.replace(tzinfo=where) > _AHEAD:
        day = day.replace(year=year - 1)
    if "D" in parts:
        day = day.replace(month=1, day=1) + timedelta(days=int(parts["D"]) - 1)
    return int((day - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1000 + nanos // 1_000_000


_SHIFT = r"\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?"
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?)?" + _SHIFT, re.IGNORECASE
)
_ISO_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(?:(\d\d)(?:(\d\d)(?:[.,](\d{1,9}))?)?)?" + _SHIFT, re.IGNORECASE)
"""ISO 8601 in its extended and its basic form."""


def official(value: object, clock: datetime = TESTS_CLOCK) -> int | None:
    """What the date remapper makes of a value: milliseconds, or None. Reads ISO 8601, UNIX milliseconds and RFC 3164."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return int(value) if abs(value) < 1e17 else None
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = value.strip()
    if re.fullmatch(r"-?\d{1,16}", text):
        return int(text)
    found = _ISO.fullmatch(text) or _ISO_BASIC.fullmatch(text)
    if found:
        parts = dict(zip("yMdHmsSZ", found.groups(), strict=True))
        try:
            return _moment({letter: part.upper() for letter, part in parts.items() if part}, "", clock)
        except (ValueError, OverflowError):
            return None
    return parse(re.sub(r"\s+", " ", text), "MMM d HH:mm:ss", "", clock)
