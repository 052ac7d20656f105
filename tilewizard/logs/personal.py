"""Personal data in samples: what must not be published in a tests file, found and masked.

Masks keep the form: addresses are those that RFC 2606, 5737 and 3849 keep for documentation, one for each that is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from tilewizard.language import _


@dataclass(frozen=True)
class Found:
    """One piece of personal data: its kind for people, and where it stands."""

    kind: str
    start: int
    end: int
    text: str


def _public(text: str) -> bool:
    # What ends with three zeros is a network, or the version that browsers tell of themselves, and nobody's address.
    try:
        return ip_address(text).is_global and not text.endswith(".0.0.0")
    except ValueError:
        return False


def _card(text: str) -> bool:
    digits = [int(char) for char in text if char.isdigit()]
    # Payment cards begin with 2 to 6 (ISO/IEC 7812); with 1 begin the milliseconds and microseconds of these years.
    if len(set(digits)) == 1 or not 2 <= digits[0] <= 6:
        return False
    doubled = [digit if at % 2 == 0 else sum(divmod(2 * digit, 10)) for at, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


_NO_SECRETS = frozenset({"true", "false", "null", "none", "undefined"})


def _always(text: str) -> bool:
    return not text.startswith("REDACTED") and text.lower() not in _NO_SECRETS


_KINDS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    (_("mail address"), r"(?<![\w.+-])[\w.+-]{1,64}@(?!example\.)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}\b", _always),
    ("token", r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{20,}|\bxox[abp]-[\w-]{10,}", _always),
    ("token", r"(?i)(?<=bearer )[\w.~+/-]{8,}=*", _always),
    (_("password or key"), r"(?i)(?:password|passwd|pwd|secret|token|api_?key|access_?key)[\"']?\s{0,3}[=:]\s{0,3}[\"']?([^\s\"',;&]{4,})", _always),
    (_("card number"), r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])", _card),
    (_("IP address"), r"(?<![\w.:])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)", _public),
    (_("IP address"), r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{1,4}(?![\w:.])", _public),
)  # fmt: skip


def found_in(text: str) -> list[Found]:
    """The personal data in a text, in its order; where two overlap the one of the earlier kind counts."""
    found: list[Found] = []
    for kind, shape, really in _KINDS:
        for match in re.finditer(shape, text):
            group = match.re.groups
            start, end = match.span(group)
            if really(match[group]) and not any(start < other.end and other.start < end for other in found):
                found.append(Found(kind, start, end, match[group]))
    return sorted(found, key=lambda each: each.start)


def masks_of(texts: list[str]) -> dict[str, str]:
    """The mask for each piece of personal data in some texts."""
    masks: dict[str, str] = {}
    counts: dict[str, int] = {}
    for text in texts:
        for each in reversed(found_in(text)):
            if each.text not in masks:
                counts[each.kind] = counts.get(each.kind, 0) + 1
                masks[each.text] = _mask(each, counts[each.kind])
    return masks


def masked(texts: list[str]) -> list[str]:
    """The texts with all that is found masked; the same data gets the same mask everywhere."""
    masks = masks_of(texts)
    done = []
    for text in texts:
        for each in reversed(found_in(text)):
            text = text[: each.start] + masks[each.text] + text[each.end :]
        done.append(text)
    return done


def _mask(each: Found, number: int) -> str:
    if each.kind == "mail address":
        return f"user{number}@example.com"
    if each.kind == "IP address":
        return f"2001:db8::{number:x}" if ":" in each.text else f"192.0.2.{1 + (number - 1) % 254}"
    if each.kind == "card number":
        return re.sub(r"\d", "0", each.text)
    return f"REDACTED{number}"
