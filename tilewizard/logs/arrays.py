"""The array processor: appends, counts, selects, takes pairs out.

Source: docs.datadoghq.com/logs/log_configuration/processors/array_processor.
"""

from __future__ import annotations

import re
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from .event import MISSING, Event, as_text, drop, get, put
from .processors import Settings, processor, target_of
from .search import query

OPERATIONS = ("append", "extract-key-value", "length", "select")
"""What the array processor does."""


@processor("array-processor")
def array_processor(event: Event, settings: Settings) -> bool:
    """Appends to a list, counts it, picks a value out of the first of its objects that matches, or takes pairs out of all."""
    does = settings.get("operation")
    if not isinstance(does, dict) or does.get("type") not in OPERATIONS:
        raise TilewizardError(
            _("the processor {settings!r} has no operation that is known", settings=settings.get("name")),
            remedy=_("one of {operations}", operations=", ".join(OPERATIONS)),
        )
    source = target_of(does, "source")
    value = get(event.custom, source)
    if does.get("type") == "extract-key-value":
        return _pairs(event, does, value)
    target = target_of(does)
    if value is MISSING:
        return False
    if does.get("type") == "append":
        there = get(event.custom, target)
        if there is not MISSING and not isinstance(there, list):
            return False
        if not does.get("preserveSource"):
            drop(event.custom, source)
        put(event.custom, target, [*(there if there is not MISSING else []), value])
        return True
    if not isinstance(value, list):
        return False
    if does.get("type") == "length":
        put(event.custom, target, len(value))
        return True
    return _select(event, does, value, target)


def _pairs(event: Event, does: Settings, values: Any) -> bool:
    """An attribute for each object of a list, by its name and value; without a target beside all others."""
    target, did = as_text(does.get("target") or ""), False
    for each in values if isinstance(values, list) else []:
        name, value = (get(each, as_text(does.get(f"{part}ToExtract") or "")) for part in ("key", "value"))
        if not isinstance(name, str) or not name or value is MISSING:
            continue
        path = f"{target}.{name}" if target else name
        if get(event.custom, path) is MISSING or does.get("overrideOnConflict"):
            put(event.custom, path, value)
            did = True
    return did


def _select(event: Event, does: Settings, values: list[Any], target: str) -> bool:
    wanted = as_text(does.get("filter") or "*")
    matches = query(re.sub(r"(?<![\w@.:\"])(-?)(?!OR\b|AND\b|NOT\b)([\w.]+):", r"\1@\2:", wanted))
    for each in values:
        if isinstance(each, dict) and matches(Event(custom=each)):
            found = get(each, as_text(does.get("valueToExtract") or ""))
            if found is not MISSING:
                put(event.custom, target, found)
                return True
    return False
