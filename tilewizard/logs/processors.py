"""The processors of a pipeline, a function for each type, found by the type's name.

A processor changes the event and says whether it did anything. Source: docs.datadoghq.com/logs/log_configuration/processors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from . import dates
from .agents import url, useragent
from .arithmetic import calculate
from .event import MISSING, Event, as_number, as_text, drop, each_of, get, put
from .grok import compiled
from .search import query

Settings = dict[str, Any]
Processor = Callable[[Event, Settings], bool]
PROCESSORS: dict[str, Processor] = {}
"""By the type that a pipeline's file names; ``array-processor``, ``pipeline`` and ``schema-processor`` join from their own modules."""


def processor(*types: str) -> Callable[[Processor], Processor]:
    """Declares what runs for some types."""

    def declare(function: Processor) -> Processor:
        PROCESSORS.update(dict.fromkeys(types, function))
        return function

    return declare


USUAL_SOURCES = {
    "url-parser": "http.url",
    "user-agent-parser": "http.useragent",
    "geo-ip-parser": "network.client.ip",
    "trace-id-remapper": "dd.trace_id",
    "message-remapper": "msg",
}
"""The source of a processor that names none, by its type."""
USUAL_TARGETS = {
    "url-parser": "http.url_details",
    "user-agent-parser": "http.useragent_details",
    "geo-ip-parser": "network.client.geoip",
}
"""The target of a processor that names none, by its type."""
BUILT_MAX = 256
"""Characters that the string builder's result has at most; what becomes of a longer one is said nowhere."""


def _usual(table: dict[str, str], settings: Settings) -> str | None:
    kind = settings.get("type")
    return table.get(kind) if isinstance(kind, str) else None


def first(event: Event, settings: Settings) -> tuple[str, Any]:
    """The first of the sources that is there, with its value, or MISSING."""
    named = settings.get("sources")
    for path in texts(named if named is not None else _usual(USUAL_SOURCES, settings)):
        value = get(event.custom, path)
        if value is not MISSING and value is not None:
            return path, value
    return "", MISSING


def texts(value: Any) -> list[str]:
    """A list of texts, whatever the file says: one text is a list of one."""
    return (
        [as_text(each) for each in value] if isinstance(value, list) else [as_text(value)] if value is not None else []
    )


def target_of(settings: Settings, name: str = "target") -> str:
    """The target's path.

    Raises:
        TilewizardError: the processor names none.
    """
    found = settings.get(name)
    if found is None and name == "target":
        found = _usual(USUAL_TARGETS, settings)
    if not isinstance(found, (str, int)) or found == "":
        raise TilewizardError(
            _("the processor {settings!r} has no {name}", settings=settings.get("name"), name=name),
            remedy=_("give it a `{name}:`", name=name),
        )
    return str(found)


def formatted(value: Any, form: Any) -> Any:
    """A value cast to a ``targetFormat``; as it was where it can't be cast."""
    if form == "string":
        return value if isinstance(value, dict) else as_text(value)
    number = as_number(value) if form in ("integer", "double") else None
    if number is None:
        return value
    try:
        return int(number) if form == "integer" else float(number)
    except OverflowError:
        return value


@processor("attribute-remapper", "schema-remapper")
def attribute_remapper(event: Event, settings: Settings) -> bool:
    """Moves or copies the first source that is there, attribute or tag, to a target, attribute or tag."""
    target, from_tag = target_of(settings), settings.get("sourceType") == "tag"
    for path in texts(settings.get("sources")):
        value = _tag(event, path) if from_tag else get(event.custom, path)
        if value is MISSING:
            continue
        value = formatted(value, settings.get("targetFormat"))
        if settings.get("targetType") == "tag":
            if not settings.get("overrideOnConflict") and _tag(event, target) is not MISSING:
                return False
            event.tags = [tag for tag in event.tags if not tag.startswith(f"{target}:")]
            event.tags.append(f"{target}:{as_text(value)}".lower())
        elif get(event.custom, target) is not MISSING and not settings.get("overrideOnConflict") and path != target:
            if not settings.get("preserveSource") and not from_tag:
                drop(event.custom, path)
            return False
        if not settings.get("preserveSource") and path != target:
            if from_tag:
                event.tags = [tag for tag in event.tags if not tag.startswith(f"{path}:")]
            else:
                drop(event.custom, path)
        if settings.get("targetType") != "tag":
            put(event.custom, target, value)
        return True
    return False


def _tag(event: Event, name: str) -> Any:
    found = [tag[len(name) + 1 :] for tag in event.tags if tag.startswith(f"{name}:")]
    return found[0] if found else MISSING


@processor("date-remapper")
def date_remapper(event: Event, settings: Settings) -> bool:
    """Sets the log's date; the last date remapper that finds a date counts."""
    moment = dates.official(first(event, settings)[1], event.clock)
    if moment is None:
        return False
    event.timestamp = moment
    return True


_SYSLOG = ("emergency", "alert", "critical", "error", "warn", "notice", "info", "debug")
_STATUSES = (
    (r"emerg|f", "emergency"),
    (r"a", "alert"),
    (r"c", "critical"),
    (r"err|e$", "error"),
    (r"w", "warn"),
    (r"n", "notice"),
    (r"i", "info"),
    (r"d|t|v", "debug"),
    (r"o|s", "ok"),
)


def status_of(value: Any) -> str:
    """The status that a severity means: syslog's numbers, or how a word begins; ``info`` for all others."""
    return meaning_of(value) or "info"


def meaning_of(value: Any) -> str | None:
    """The status that a severity means, or None for one that means nothing."""
    text = as_text(value).strip()
    number = as_number(text)
    if number is not None:
        return _SYSLOG[int(number)] if 0 <= number <= 7 and number == int(number) else None
    return next((status for shape, status in _STATUSES if re.match(shape, text, re.IGNORECASE)), None)


@processor("status-remapper")
def status_remapper(event: Event, settings: Settings) -> bool:
    """Sets the log's status; the first status remapper that finds a value counts."""
    value = first(event, settings)[1]
    if value is MISSING or isinstance(value, (dict, list)) or "status" in event.touched:
        return False
    meaning = meaning_of(value)
    event.status, event.lost = (meaning, "") if meaning else (status_of(value), as_text(value))
    event.touched.append("status")
    return True


def _reserved(field: str) -> Processor:
    def run(event: Event, settings: Settings) -> bool:
        path, value = first(event, settings)
        if value is MISSING or isinstance(value, dict) or field in event.touched:
            return False
        if field != "service":
            drop(event.custom, path)
        setattr(event, field, as_text(value[0] if isinstance(value, list) and value else value))
        event.touched.append(field)
        return True

    return run


for _type, _field in (
    ("service-remapper", "service"),
    ("message-remapper", "message"),
    ("trace-id-remapper", "trace_id"),
    ("span-id-remapper", "span_id"),
):
    PROCESSORS[_type] = _reserved(_field)


@processor("grok-parser")
def grok_parser(event: Event, settings: Settings) -> bool:
    """Runs the match rules on the source, the message when none is named; the first that matches gives its attributes."""
    source = as_text(settings.get("source") or "message")
    value = get(event.custom, source)
    if value is MISSING and source == "message":
        value = event.message
    rules = settings.get("grok") if isinstance(settings.get("grok"), dict) else {}
    if value is MISSING or isinstance(value, dict):
        return False
    for rule in compiled(as_text(rules.get("matchRules") or ""), as_text(rules.get("supportRules") or "")):  # type: ignore[union-attr]
        taken = rule.parse(as_text(value), event.clock)
        if taken is not None:
            event.rule = rule.name
            _merge(event.custom, taken)
            return True
    return False


def _merge(into: dict[str, Any], taken: dict[str, Any]) -> None:
    for key, value in taken.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


@processor("category-processor")
def category_processor(event: Event, settings: Settings) -> bool:
    """Sets the target to the name of the first category whose filter matches."""
    for category in settings.get("categories") or []:
        if query(as_text((category.get("filter") or {}).get("query") or "*"))(event):
            put(event.custom, target_of(settings), category.get("name"))
            return True
    return False


@processor("arithmetic-processor")
def arithmetic_processor(event: Event, settings: Settings) -> bool:
    """Sets the target to what a formula gives; with ``replaceMissing`` what is missing counts as 0."""
    missing = 0 if settings.get("replaceMissing") else None

    def number(path: str) -> int | float | None:
        value = get(event.custom, path)
        found = None if value is MISSING else as_number(value)
        return missing if found is None else found

    result = calculate(as_text(settings.get("expression") or ""), number)
    if result is None:
        return False
    put(event.custom, target_of(settings), round(result, 9))
    return True


@processor("string-builder-processor")
def string_builder(event: Event, settings: Settings) -> bool:
    """Sets the target to a template with ``%{path}`` filled; a missing one stops it, or counts as empty text.

    What comes of more than :data:`BUILT_MAX` characters can't be known offline.
    """
    template, whole, at = as_text(settings.get("template") or ""), "", 0
    for found in re.finditer(r"%\{([^{}]*)\}", template):
        path = found[1].strip()
        value = each_of(event.custom, path)
        if isinstance(value, list) and any(isinstance(each, dict) for each in value):
            value = MISSING
        if value is MISSING and path in ("message", "status", "service"):
            value = getattr(event, path) or MISSING
        if value is MISSING or isinstance(value, dict):
            if not settings.get("replaceMissing"):
                return False
            value = ""
        whole += template[at : found.start()] + as_text(value)
        at = found.end()
    whole += template[at:]
    if len(whole) > BUILT_MAX:
        event.unknown.append(f"custom.{target_of(settings)}")
        return True
    put(event.custom, target_of(settings), whole)
    return True


@processor("geo-ip-parser")
def geo_ip_parser(event: Event, settings: Settings) -> bool:
    """Says that the place of an address can't be known offline, nor what becomes of an address that is processed."""
    path, value = first(event, settings)
    if value is MISSING:
        return False
    if settings.get("ip_processing_behavior") not in (None, "do-nothing"):
        event.unknown.append(f"custom.{path}")
    event.unknown.append(f"custom.{target_of(settings)}")
    return True


@processor("lookup-processor")
def lookup_processor(event: Event, settings: Settings) -> bool:
    """Sets the target to what a table has for the source, or to the default."""
    value = get(event.custom, target_of(settings, "source"))
    if value is MISSING:
        return False
    if not isinstance(settings.get("lookupTable"), (str, list)):
        event.unknown.append(f"custom.{target_of(settings)}")
        return True
    table = settings["lookupTable"]
    lines = table.splitlines() if isinstance(table, str) else texts(table)
    rows = [[cell.strip() for cell in line.split(",", 1)] for line in lines if "," in line]
    found = next((row[1] for row in rows if row[0] == as_text(value)), settings.get("defaultLookup"))
    if found is None:
        return False
    put(event.custom, target_of(settings), as_text(found))
    return True


@processor("user-agent-parser")
def user_agent_parser(event: Event, settings: Settings) -> bool:
    """Sets the target to browser, system and device of a user agent."""
    value = first(event, settings)[1]
    if not isinstance(value, str):
        return False
    from urllib.parse import unquote

    if settings.get("combineVersionDetails"):  # Documented nowhere.
        event.unknown.append(f"custom.{target_of(settings)}")
    put(event.custom, target_of(settings), useragent(unquote(value) if settings.get("encoded") else value))
    return True


@processor("url-parser")
def url_parser(event: Event, settings: Settings) -> bool:
    """Sets the target to the parts of a URL."""
    value = first(event, settings)[1]
    parts = url(value) if isinstance(value, str) else None
    if parts is None:
        return False
    if settings.get("normalizeEndingSlashes") and len(parts["path"]) > 1:
        parts["path"] = parts["path"].rstrip("/") or "/"
    put(event.custom, target_of(settings), parts)
    return True
