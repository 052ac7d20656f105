"""Datadog's log search syntax, as the filters of pipelines and categories use it.

Source: docs.datadoghq.com/logs/explorer/search_syntax. Full-text search (``*:word``) is refused, as Datadog takes it in no
pipeline; calculated fields (``#name``) are not known to a pipeline either.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from .event import MISSING, Event, as_number, as_text, each_of

Matches = Callable[[Event], bool]
_TOKEN = re.compile(
    r'\s*(?:(?P<paren>[()])|(?P<range>\[[^\]]*\]|\{[^}]*\})|(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<word>(?:\\.|[^\s()\[\]{}":\\])+)|(?P<colon>:))'
)
_DEEPEST = 60


@lru_cache(maxsize=2000)
def query(text: str) -> Matches:
    """What a query matches.

    Raises:
        TilewizardError: the query can't be read.
    """
    tokens: list[tuple[str, str]] = []
    at, text = 0, text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise TilewizardError(
                _("the query {text!r} can't be read at character {place}", text=text, place=at + 1),
                remedy=_("close quotes and brackets"),
            )
        tokens.append((found.lastgroup or "", found[found.lastgroup or 0]))
        at = found.end()
    reader = _Reader(tokens, text)
    whole = reader.either(None, 0)
    if reader.rest:
        raise TilewizardError(_("the query {text!r} has a bracket too many", text=text), remedy=_("remove it"))
    return whole


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]], text: str) -> None:
        self.rest, self.text = tokens[::-1], text

    def _next(self) -> tuple[str, str]:
        return self.rest[-1] if self.rest else ("", "")

    def either(self, field: str | None, depth: int) -> Matches:
        if depth > _DEEPEST:
            raise TilewizardError(
                _("the query {text!r}… is nested too deeply", text=self.text[:40]), remedy=_("flatten it")
            )
        parts = [self._all(field, depth)]
        while self._next() == ("word", "OR"):
            self.rest.pop()
            parts.append(self._all(field, depth))
        return parts[0] if len(parts) == 1 else lambda event: any(part(event) for part in parts)

    def _all(self, field: str | None, depth: int) -> Matches:
        parts: list[Matches] = []
        while self.rest and self._next() not in (("paren", ")"), ("word", "OR")):
            if self._next() == ("word", "AND"):
                self.rest.pop()
                continue
            parts.append(self._one(field, depth))
        return parts[0] if len(parts) == 1 else lambda event: all(part(event) for part in parts)

    def _one(self, field: str | None, depth: int, *, only: bool = False) -> Matches:
        """One term; ``only`` where it is the whole value of an attribute, so that a sign belongs to the value."""
        kind, text = self.rest.pop()
        if field is None and (kind, text) == ("word", "CIDR") and self._next() == ("paren", "("):
            return self._network()
        if (kind, text) in (("word", "NOT"), ("word", "-")) and self.rest:
            inner = self._one(field, depth + 1) if depth < _DEEPEST else self.either(field, depth + 1)
            return lambda event: not inner(event)
        if kind == "word" and text.startswith("-") and not only:
            self.rest.append((kind, text[1:]))
            negated = self._one(field, depth + 1)
            return lambda event: not negated(event)
        if (kind, text) == ("paren", "("):
            inside = self.either(field, depth + 1)
            if self._next() != ("paren", ")"):
                raise TilewizardError(
                    _("the query {text!r} leaves a bracket open", text=self.text), remedy=_("close it")
                )
            self.rest.pop()
            return inside
        if field is None and kind in ("word", "quoted") and self._next()[0] == "colon":
            self.rest.pop()
            if not self.rest:
                raise TilewizardError(
                    _("the query {text!r} ends without a value", text=self.text), remedy=_("give one, or `*`")
                )
            if text == "*":
                raise TilewizardError(
                    _("the query {text!r} searches all attributes, which filters of pipelines can't", text=self.text),
                    remedy=_("name the attribute: `@name:value`"),
                )
            return self._one(text.strip('"').replace("\\", ""), depth + 1, only=True)
        while kind == "word" and self._next()[0] == "colon" and field is not None:
            self.rest.pop()
            text += ":" + (self.rest.pop()[1] if self.rest else "")
        return _value(field, kind, text)

    def _network(self) -> Matches:
        """``CIDR(@attribute, block, …)``: an address, or one of a list, in one of the blocks."""
        from ipaddress import ip_address, ip_network

        self.rest.pop()
        inside = ""
        while self.rest and self._next() != ("paren", ")"):
            inside += self.rest.pop()[1]
        if not self.rest:
            raise TilewizardError(_("the query {text!r} leaves a bracket open", text=self.text), remedy=_("close it"))
        self.rest.pop()
        field, *blocks = inside.split(",")
        try:
            networks = [ip_network(block, strict=False) for block in blocks]
        except ValueError as error:
            raise TilewizardError(
                _("the query {text!r} names no network: {error}", text=self.text, error=error), remedy="10.0.0.0/8"
            ) from None

        def within(value: Any) -> bool:
            try:
                address = ip_address(as_text(value))
            except ValueError:
                return False
            return any(address in network for network in networks)

        return lambda event: any(within(value) for value in _values(event, field))


def _value(field: str | None, kind: str, text: str) -> Matches:
    test = _test(kind, text, exact=field is not None)
    return lambda event: any(test(value) for value in _values(event, field))


def _test(kind: str, text: str, *, exact: bool) -> Callable[[Any], bool]:
    if kind == "range":
        low, __, high = text[1:-1].strip().partition(" TO ")
        return _within(low.strip(), high.strip(), closed=text[0] == "[")
    bound = re.fullmatch(r"(<=|>=|<|>)(.+)", text) if kind == "word" else None
    if bound and as_number(bound[2]) is not None:
        sign = bound[1]
        low, high = ("*", bound[2]) if sign[0] == "<" else (bound[2], "*")
        return _within(low, high, closed=len(sign) == 2)
    if kind == "word" and text == "*":
        return lambda value: value is not MISSING
    if kind == "word" and re.search(r"(?<!\\)(?:\\\\)*[*?]", text):
        shape = re.compile(_shape(text), re.DOTALL if exact else re.DOTALL | re.IGNORECASE)
        return lambda value: value is not MISSING and shape.fullmatch(as_text(value)) is not None
    plain = re.sub(r"\\(.)", r"\1", text[1:-1] if kind == "quoted" else text)
    if exact:
        number = as_number(plain)
        return lambda value: (
            as_text(value) == plain
            or (number is not None and not isinstance(value, str) and as_number(value) == number)
        )
    words = re.compile(rf"(?<!\w){re.escape(plain)}(?!\w)", re.IGNORECASE)
    return lambda value: words.search(as_text(value)) is not None


def _shape(text: str) -> str:
    """Wildcards as a regular expression: ``*`` any text, ``?`` one character; what a backslash escapes is itself."""
    pieces = re.findall(r"\\.|\*+|.", text, re.DOTALL)
    return "".join(
        ".*" if each[0] == "*" else "." if each == "?" else re.escape(each[1:] if len(each) > 1 else each)
        for each in pieces
    )


def _within(low: str, high: str, *, closed: bool) -> Callable[[Any], bool]:
    least, most = as_number(low), as_number(high)

    def test(value: Any) -> bool:
        number = as_number(value) if value is not MISSING else None
        if number is None:
            return False
        above = least is None or (number >= least if closed else number > least)
        return above and (most is None or (number <= most if closed else number < most))

    return test


def _values(event: Event, field: str | None) -> list[Any]:
    if field is None:
        return [event.message]
    if field.startswith("@"):
        found = each_of(event.custom, field[1:])
        return [] if found is MISSING else (found or []) if isinstance(found, list) else [found]
    if field == "tags":
        return list(event.tags)
    if field == "source":
        return list(event.sources)
    if field in ("service", "status", "message", "trace_id"):
        value = getattr(event, field)
        return [] if value is None else [value]
    start = f"{field}:"
    return [tag[len(start) :] for tag in event.tags if tag.startswith(start)]
