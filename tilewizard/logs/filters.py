"""The filters of the grok parser: what becomes of the text that a matcher took.

Each takes the value and the filter's arguments and gives a value, or None for nothing. Source:
docs.datadoghq.com/logs/log_configuration/parsing (matchers and filters).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, unquote, unquote_plus

from tilewizard.language import _

from ..errors import TilewizardError
from .event import as_number, as_text

_ARGUMENT = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^,"']+))\s*(?:,|$)""", re.DOTALL)
Given = list[Any]


def arguments(text: str) -> Given:
    """The arguments of a matcher or filter: texts, numbers, or the text of what is neither.

    Raises:
        TilewizardError: they can't be read.
    """
    found: Given = []
    at = 0
    while at < len(text):
        match = _ARGUMENT.match(text, at)
        if not match or match.end() == at:
            raise TilewizardError(
                _("the arguments ({text}) of a grok rule can't be read", text=text), remedy=_('quote each with `"`')
            )
        quoted = match[1] if match[1] is not None else match[2]
        if quoted is not None:
            found.append(re.sub(r'\\(["\'\\])', r"\1", quoted))
        else:
            plain = match[3].strip()
            number = as_number(plain)
            found.append(plain if number is None else number)
        at = match.end()
    return found


@lru_cache(maxsize=500)
def _read(text: str) -> tuple[str, tuple[Any, ...]]:
    name, bracket, given = text.partition("(")
    return name.strip(), tuple(arguments(given.rpartition(")")[0])) if bracket else ()


def apply(text: str, value: Any) -> Any:
    """A filter, as a rule writes it, on a value.

    Raises:
        TilewizardError: there is no such filter.
    """
    if value is None:
        return None
    name, given = _read(text)
    if name not in FILTERS:
        raise TilewizardError(
            _("the grok filter {name!r} is not one of Datadog's", name=name),
            remedy=_("one of {filters}", filters=", ".join(sorted(FILTERS))),
        )
    try:
        return FILTERS[name](value, list(given))
    except (ValueError, OverflowError, RecursionError, IndexError):
        return None


def _json(value: Any, __: Given) -> Any:
    return json.loads(as_text(value), parse_constant=lambda _name: None)


def _null_if(value: Any, given: Given) -> Any:
    return None if given and as_text(value) == as_text(given[0]) else value


def _scale(value: Any, given: Given) -> Any:
    number, factor = as_number(value), as_number(given[0]) if given else None
    return None if number is None or factor is None else number * factor


def _integer(value: Any, __: Given) -> Any:
    number = as_number(value)
    return None if number is None else int(number)


def _boolean(value: Any, __: Given) -> Any:
    return {"true": True, "false": False}.get(as_text(value).lower())


def _querystring(value: Any, __: Given) -> dict[str, Any]:
    pairs = parse_qs(as_text(value).lstrip("?"), keep_blank_values=True, max_num_fields=1000)
    return {key: each[0] if len(each) == 1 else each for key, each in pairs.items()}


def _csv(value: Any, given: Given) -> dict[str, Any]:
    import csv

    names = [name.strip() for name in str(given[0]).split(",")]
    mark = {"tab": "\t"}.get(str(given[1]), str(given[1])) if len(given) > 1 else ","
    quote = str(given[2]) if len(given) > 2 else '"'
    rows = list(csv.reader([as_text(value)], delimiter=mark[:1], quotechar=quote[:1] or '"'))
    cells = rows[0] if rows else []
    return {name: _guess(cell) for name, cell in zip(names, cells, strict=False) if cell != ""}


def _guess(text: str) -> Any:
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,17})(?:\.\d+)?(?:[eE][-+]?\d+)?", text):
        number = as_number(text)
        return text if number is None else number
    return {"true": True, "false": False}.get(text.lower(), text)


def rule_of_cells(text: str, rules: Container[str]) -> str:
    """The name of the rule that an ``array`` filter has read each of its cells; empty where it names none."""
    name, given = _read(text)
    last = given[-1] if name == "array" and given else ""
    return last if isinstance(last, str) and last in rules else ""


def cells_of(text: str, value: Any) -> list[str]:
    """The cells of an ``array`` filter whose last argument is a rule."""
    return list(_cells(as_text(value), [each for each in _read(text)[1][:-1] if isinstance(each, str)]))


def _array(value: Any, given: Given) -> Any:
    text, texts = as_text(value), [each for each in given if isinstance(each, str)]
    inner = texts.pop() if texts and _read(texts[-1])[0] in FILTERS else ""
    cells = _cells(text, texts)
    return [apply(inner, cell) if inner else cell for cell in cells]


def _cells(text: str, texts: list[str]) -> list[str]:
    brackets, mark = (texts[0], texts[1]) if len(texts) > 1 else ("[]", texts[0] if texts else ",")
    if brackets and len(text) > 1 and text.startswith(brackets[0]) and text.endswith(brackets[-1]):
        text = text[1:-1]
    mark = mark.encode().decode("unicode_escape") if mark.startswith("\\") else mark
    return [cell.strip() for cell in text.split(mark)] if mark else [text]


def _xml(value: Any, __: Given) -> Any:
    from xml.etree.ElementTree import Element, ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    def tree(node: Element, depth: int = 0) -> Any:
        below: dict[str, Any] = dict(node.attrib)
        for child in node if depth < 100 else []:
            each = tree(child, depth + 1)
            before = below.get(child.tag)
            below[child.tag] = each if before is None else [*(before if isinstance(before, list) else [before]), each]
        text = (node.text or "").strip()
        return {**below, "value": text} if below and text else below or text

    try:
        root = fromstring(as_text(value))
    except (ParseError, DefusedXmlException):
        return None
    return {root.tag: tree(root)}


_RUBY = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|:?([\w.@-]+)|(=>|[{}\[\],]))')


def _rubyhash(value: Any, __: Given) -> Any:
    """Ruby's hash as JSON's object: ``=>`` for ``:``, symbols and nil as texts and null."""
    text, made, at, still_open = as_text(value), "", 0, ""
    while at < len(text.rstrip()):
        found = _RUBY.match(text, at)
        if not found:
            return None
        word = found[2]
        if word is not None:
            plain = word in ("true", "false") or re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", word)
            made += "null" if word == "nil" else word if plain else json.dumps(word)
        else:
            mark = found[3] or ""
            # A list that is cut off ends with its object, as in a published test.
            while mark and mark in "}]" and still_open and still_open[-1] != mark:
                made, still_open = made + still_open[-1], still_open[:-1]
            still_open = still_open[:-1] if mark in ("}", "]") else still_open + {"{": "}", "[": "]"}.get(mark, "")
            made += found[1] or {"=>": ":"}.get(mark, mark)
        at = found.end()
    return json.loads(made)


def _keyvalue(value: Any, given: Given) -> dict[str, Any]:
    texts = [as_text(each) for each in given] + [""] * 4
    mark, allowed, quoting, between = texts[0] or "=", texts[1], texts[2], texts[3]
    pairs = [quoting] if quoting else ['""', "''", "<>"]
    letters = rf"[\w.\-@{''.join(_in_class(allowed))}]"
    quoted = "|".join(f"{re.escape(p[0])}[^{re.escape(p[-1])}]*{re.escape(p[-1])}" for p in pairs)
    start = f"(?:^|{re.escape(between)})" if between else r"(?:^|(?<=[\s,;(\[{]))"
    plain = f"(?:(?!{re.escape(between)}).)*" if between and " " not in between else f"{letters}+"
    shape = _pairs(start, letters, quoted, mark, plain if between and allowed else f"{letters}+")
    found: dict[str, Any] = {}
    for match in shape.finditer(as_text(value)[:100_000]):
        key, text = match["key"], match["value"]
        if key[:1] in {p[0] for p in pairs}:
            key = key[1:-1]
        was_quoted = len(text) > 1 and any(text[0] == p[0] and text[-1] == p[-1] for p in pairs)
        each = text[1:-1] if was_quoted else _guess(text.rstrip(",") if not between else text)
        if each != "" and not (each == "null" and not was_quoted) and key:
            found[key] = each
    return found


def _in_class(text: str) -> list[str]:
    at, made = 0, []
    while at < len(text):
        step = 2 if text[at] == "\\" and at + 1 < len(text) else 1
        made.append(text[at : at + 2] if step == 2 and text[at + 1] in "wsdSWD" else re.escape(text[at + step - 1]))
        at += step
    return made


@lru_cache(maxsize=200)
def _pairs(start: str, letters: str, quoted: str, mark: str, plain: str) -> re.Pattern[str]:
    # All is bounded, so that a line with many beginnings and no pair is still read in a time that grows with its length.
    long = quoted.replace("]*", "]{0,8192}")
    bounded = quoted.replace("]*", "]{0,256}")
    return re.compile(
        rf"{start}\s{{0,16}}(?P<key>{bounded}|{letters}{{1,256}}?){re.escape(mark)}(?P<value>{long}|{plain})"
    )


def _useragent(value: Any, given: Given) -> Any:
    from .agents import useragent

    return useragent(unquote(as_text(value)) if any("true" in as_text(each) for each in given) else as_text(value))


def _url(value: Any, __: Given) -> Any:
    from .agents import url

    return url(as_text(value))


FILTERS: dict[str, Callable[[Any, Given], Any]] = {
    "number": lambda value, __: as_number(value),
    "integer": _integer,
    "boolean": _boolean,
    "string": lambda value, __: as_text(value),
    "nullIf": _null_if,
    "json": _json,
    "rubyhash": _rubyhash,
    "useragent": _useragent,
    "querystring": _querystring,
    "decodeuricomponent": lambda value, __: unquote_plus(as_text(value)),
    "lowercase": lambda value, __: as_text(value).lower(),
    "uppercase": lambda value, __: as_text(value).upper(),
    "keyvalue": _keyvalue,
    "xml": _xml,
    "csv": _csv,
    "scale": _scale,
    "array": _array,
    "url": _url,
}
"""By name, as rules write them."""
