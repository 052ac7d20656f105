"""The grok parser: rules become RE2 expressions, which match in linear time, and captures go through filters.

A rule that RE2 can't run (look-around, back-references) is refused with a message: no pattern backtracks without end.
Source: docs.datadoghq.com/logs/log_configuration/parsing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from . import dates
from .event import MISSING, as_number, get, put
from .filters import apply, arguments, cells_of, rule_of_cells

_DEEPEST, _LONGEST = 20, 100_000
_IPV4 = r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_IPV6 = r"(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|" + _IPV4 + r")?(?:%[0-9A-Za-z]+)?"
_HOST = r"[0-9A-Za-z](?:[0-9A-Za-z_-]{0,62})(?:\.[0-9A-Za-z](?:[0-9A-Za-z_-]{0,62}))*\.?"
_DOUBLE, _SINGLE = r'"(?:[^"\\]|\\.)*"', r"'(?:[^'\\]|\\.)*'"
_NUMBER, _EXTENDED = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
MATCHERS = {
    "notSpace": r"\S+",
    "numberStr": _NUMBER,
    "number": _NUMBER,
    "numberExtStr": _EXTENDED,
    "numberExt": _EXTENDED,
    "integerStr": r"[-+]?\d+",
    "integer": r"[-+]?\d+",
    "integerExtStr": r"[-+]?\d+(?:[eE][-+]?\d+)?",
    "integerExt": r"[-+]?\d+(?:[eE][-+]?\d+)?",
    "word": r"\b\w+\b",
    "doubleQuotedString": _DOUBLE,
    "singleQuotedString": _SINGLE,
    "quotedString": f"{_DOUBLE}|{_SINGLE}",
    "uuid": r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "mac": r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}",
    "ipv4": _IPV4,
    "ipv6": _IPV6,
    "ip": f"{_IPV6}|{_IPV4}",
    "hostname": _HOST,
    "ipOrHost": f"{_IPV6}|{_IPV4}|{_HOST}",
    "port": r"6553[0-5]|655[0-2]\d|65[0-4]\d\d|6[0-4]\d{3}|[1-5]\d{4}|0?\d{1,4}",
    "data": r"(?s:.*?)",
}
"""The matchers without arguments: those with are ``date``, ``regex`` and ``boolean``."""
_NUMERIC = {"number", "numberExt", "integer", "integerExt"}
_NAMED = re.compile(r"\(\?P?<([A-Za-z_]\w*)>")
"""A group with a name is a capture too, to the attribute of that name."""
_JAVA = {r"\h": r"[ \t]", r"\R": r"(?:\r\n|\n|\r)", r"\Z": r"\z"}


@dataclass(frozen=True)
class Capture:
    """One ``%{matcher:attribute:filter}`` with an attribute or a filter: what becomes of the text that it matched.

    ``cell`` is the rule that each cell of an ``array`` is read by, where its filter names one.
    """

    matcher: str
    given: tuple[Any, ...]
    attribute: str
    filter: str
    cell: Rule | None = None


@dataclass(frozen=True)
class Rule:
    """A match rule, ready to run."""

    name: str
    expression: Any
    captures: tuple[Capture, ...]

    @property
    def order(self) -> list[tuple[int, Capture]]:
        """The captures as they are taken: what a filter finds in a text goes over what its groups took."""
        return sorted(enumerate(self.captures), key=lambda pair: pair[1].filter != "" and not pair[1].attribute)

    def parse(self, text: str, clock: datetime = dates.TESTS_CLOCK) -> dict[str, Any] | None:
        """The attributes that the rule takes from a text, or None when it does not match the whole of it."""
        # RE2 takes UTF-8 alone, which has no place for half of a surrogate pair.
        found = self.expression.fullmatch(text[:_LONGEST].encode("utf-8", "replace").decode("utf-8"))
        if not found:
            return None
        taken: dict[str, Any] = {}
        for at, capture in self.order:
            piece = found.group(f"g{at}")
            if piece is not None:
                _take(taken, capture, piece, clock)
        return taken


def _take(taken: dict[str, Any], capture: Capture, piece: str, clock: datetime) -> None:
    value = _typed(capture, piece, clock)
    if capture.cell is not None:
        cells = cells_of(capture.filter, value)
        value = [read if (read := capture.cell.parse(cell, clock)) is not None else cell for cell in cells]
    elif capture.filter:
        value = apply(capture.filter, value)
    if value is None or value is MISSING or value in ("", {}):
        return  # "Properties with null or empty values are not displayed", says the documentation
    if not capture.attribute:
        if isinstance(value, dict):
            for key, each in value.items():
                put(taken, str(key), each) if capture.filter.startswith("keyvalue") else taken.__setitem__(key, each)
        return
    before = get(taken, capture.attribute)
    if before is not MISSING and not isinstance(before, dict):
        value = [*(before if isinstance(before, list) else [before]), value]
    put(taken, capture.attribute, value)


def _typed(capture: Capture, piece: str, clock: datetime) -> Any:
    if capture.matcher in _NUMERIC:
        number = as_number(piece)
        return int(number) if number is not None and capture.matcher in ("integer", "integerExt") else number
    if capture.matcher == "boolean":
        return piece.lower() == str(capture.given[0] if capture.given else "true").lower()
    if capture.matcher == "date":
        zone = str(capture.given[1]) if len(capture.given) > 1 else ""
        return dates.parse(piece, str(capture.given[0]), zone, clock)
    if capture.matcher in ("quotedString", "doubleQuotedString", "singleQuotedString"):
        return piece[1:-1]
    return piece


def rules_of(text: str) -> dict[str, str]:
    """Rules by name, as ``supportRules`` and ``matchRules`` write them: a line each; a line that is indented goes on."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, __, pattern = line.strip().partition(" ")
        if name and not name.startswith("#"):
            found[name] = pattern.strip()
    return found


@lru_cache(maxsize=200)
def compiled(match_rules: str, support_rules: str) -> tuple[Rule, ...]:
    """The match rules in their order.

    Raises:
        TilewizardError: a rule that can't be read, is unknown, runs in a circle, or that no linear matcher can run.
    """
    made = []
    known = rules_of(support_rules)
    for name, pattern in rules_of(match_rules).items():
        made.append(_rule(name, pattern, {**known}, 0, {}))
        known.setdefault(name, pattern)
    return tuple(made)


def _rule(name: str, pattern: str, support: dict[str, str], depth: int, cells: dict[str, Rule]) -> Rule:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.dot_nl = True
    options.max_mem = 64 << 20
    builder = _Builder(support, cells)
    shape = builder.expand(pattern, depth)
    try:
        return Rule(name, re2.compile(shape, options=options), tuple(builder.captures))
    except (re2.error, UnicodeError) as error:
        why = str(error.args[0] if error.args else error)
        raise TilewizardError(
            _("the grok rule {name!r} can't be run in linear time: {why}", name=name, why=why),
            remedy=_("reword it"),
        ) from None


class _Builder:
    def __init__(self, support: dict[str, str], cells: dict[str, Rule]) -> None:
        self.support, self.captures, self.cells = support, list[Capture](), cells

    def expand(self, pattern: str, depth: int) -> str:
        if depth > _DEEPEST:
            raise TilewizardError(
                _("the support rules of the grok parser call each other in a circle"), remedy=_("break it")
            )
        shape, at, inside = "", 0, False
        while at < len(pattern):
            if pattern.startswith("%{", at):
                end = closing(pattern, at + 2)
                shape += self._matcher(pattern[at + 2 : end], depth)
                at = end + 1
                continue
            pair = pattern[at : at + 2]
            if pattern[at] == "\\":
                shape += _JAVA.get(pair, pair)
                at += 2
                continue
            if not inside and (named := _NAMED.match(pattern, at)):
                shape += f"(?P<g{len(self.captures)}>"
                self.captures.append(Capture("", (), named[1], ""))
                at = named.end()
                continue
            inside = (inside or pattern[at] == "[") and pattern[at] != "]"
            if not inside and pattern.startswith("(?>", at):
                shape, at = shape + "(?:", at + 3
            elif not inside and pair in ("*+", "++", "?+"):
                shape, at = shape + pair[0], at + 2
            else:
                shape, at = shape + pattern[at], at + 1
        if len(shape) > _LONGEST:
            raise TilewizardError(
                _("the grok rules grow too large when their support rules are put in"), remedy=_("shorten them")
            )
        return shape

    def _matcher(self, inside: str, depth: int) -> str:
        name, given_text, attribute, chosen = pieces(inside)
        given = tuple(arguments(given_text)) if given_text else ()
        name = name.removeprefix("?>")
        shape = self.support.get(name)
        if shape is None and name == "regex" and given:
            shape, name = str(given[0]), ""
        body = "" if shape is not None else _shape(name, given)
        if not attribute and not chosen:
            return f"(?:{self.expand(shape, depth + 1) if shape is not None else body})"
        index = len(self.captures)
        below = rule_of_cells(chosen, self.support) if chosen.startswith("array") else ""
        if below and below not in self.cells:  # Each is made once, however many lists are read by it.
            self.cells[below] = _rule(below, self.support[below], self.support, depth + 1, self.cells)
        self.captures.append(Capture(name if shape is None else "", given, attribute, chosen, self.cells.get(below)))
        return f"(?P<g{index}>{self.expand(shape, depth + 1) if shape is not None else body})"


def _shape(name: str, given: tuple[Any, ...]) -> str:
    if name == "date" and given:
        return dates.compiled(str(given[0]))[0].replace("(", "(?:").replace("(?:?:", "(?:").replace("\\(?:", "\\(")
    if name == "boolean":
        yes, no = (str(given[0]), str(given[1])) if len(given) > 1 else ("true", "false")
        return f"(?i:{re.escape(yes)}|{re.escape(no)})"
    if name not in MATCHERS:
        raise TilewizardError(
            _("the grok matcher {name!r} is neither one of Datadog's nor a support rule", name=name),
            remedy=_("name one"),
        )
    return MATCHERS[name]


def closing(text: str, at: int) -> int:
    """Where the ``}`` of a ``%{`` stands; quotes and round brackets are stepped over.

    Raises:
        TilewizardError: there is none.
    """
    quote = ""
    while at < len(text):
        if quote:
            at += 2 if text[at] == "\\" else 1
            quote = "" if at <= len(text) and text[at - 1] == quote and text[at - 2 : at - 1] != "\\" else quote
            continue
        if text[at] in "\"'":
            quote = text[at]
        elif text[at] == "}":
            return at
        at += 1
    raise TilewizardError(
        _("a grok rule opens `%{{` and never closes it: {text!r}", text=text[:60]), remedy=_("close it with `}`")
    )


def pieces(inside: str) -> tuple[str, str, str, str]:
    """``date("yyyy"):when:filter`` in its four: matcher, its arguments' text, attribute, filter."""
    parts: list[str] = []
    depth, quote, start, at = 0, "", 0, 0
    while at < len(inside) and len(parts) < 2:
        char = inside[at]
        if char == "\\":
            at += 2
            continue
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == ":" and depth == 0:
            parts.append(inside[start:at])
            start = at + 1
        at += 1
    parts = [*parts, inside[start:], "", ""][:3]
    name, bracket, given = parts[0].strip().partition("(")
    return name, given.rpartition(")")[0] if bracket else "", parts[1].strip(), parts[2].strip()
