"""Pipelines as files: read, and run on a sample.

Source: docs.datadoghq.com/logs/log_configuration/pipelines; the form of the files: published tiles.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tilewizard.language import _

from ..errors import TilewizardError
from ..inspection.yaml_text import YamlText
from ..inspection.yaml_values import values_of
from . import arrays as arrays
from .dates import TESTS_CLOCK
from .event import MISSING, Event, as_text, get, put
from .forms import check
from .processors import PROCESSORS, Settings, attribute_remapper, first, processor, texts
from .search import query
from .trace import Change, Place, Step, changes, fields

_DEEPEST, _OTHER = 10, 99


@dataclass(frozen=True)
class Pipeline:
    """A pipeline's file: its id, its processors, the sources that its filter names."""

    id: str
    processors: tuple[Settings, ...]
    sources: frozenset[str]


def read(text: str, file: str = "") -> Pipeline:
    """A pipeline from its YAML.

    Raises:
        TilewizardError: no YAML, or no pipeline.
    """
    return made_of(load(text, file), file)


def made_of(whole: dict[str, Any], file: str = "") -> Pipeline:
    """A pipeline from its file's mapping.

    Raises:
        TilewizardError: it holds no pipeline.
    """
    inner = whole.get("pipeline")
    if not isinstance(inner, dict) or not isinstance(inner.get("processors", []), list):
        raise TilewizardError(
            _("holds no pipeline"), file=file, remedy=_("it needs `pipeline:` with a list of `processors:`")
        )
    asked = (
        as_text((inner.get("filter") or {}).get("query") or "") if isinstance(inner.get("filter") or {}, dict) else ""
    )
    sources = frozenset(
        each for found in re.findall(r"source:\(?([^)]*)", asked) for each in re.split(r"\s+OR\s+|\s+", found) if each
    )
    return Pipeline(as_text(whole.get("id") or ""), tuple(_list(inner.get("processors"), file)), sources)


def load(text: str, file: str) -> dict[str, Any]:
    """A YAML file's mapping, read safely.

    Raises:
        TilewizardError: it is no YAML, or no mapping.
    """
    from ruamel.yaml.error import YAMLError

    try:
        whole = values_of(YamlText(text))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or _("it can't be read")
        raise TilewizardError(
            _("is no YAML: {what}", what=what), file=file, line=mark.line + 1 if mark else None, remedy=_("mend it")
        ) from None
    except (ValueError, RecursionError) as error:
        raise TilewizardError(
            _("is no YAML that can be read: {error}", error=error), file=file, remedy=_("mend it")
        ) from None
    if not isinstance(whole, dict):
        raise TilewizardError(_("is no mapping"), file=file, remedy=_("it begins with `id:`"))
    return whole


def _list(value: Any, file: str = "") -> list[Settings]:
    if not isinstance(value or [], list) or not all(isinstance(each, dict) for each in value or []):
        raise TilewizardError(
            _("has processors that are no list of mappings"), file=file, remedy=_("each begins with `- type:`")
        )
    return value or []


def run(
    pipeline: Pipeline, sample: Any, service: str | None = None, clock: datetime = TESTS_CLOCK, *, trace: bool = False
) -> Event:
    """What a pipeline makes of a sample: a line of text, or the JSON object in it.

    A date that states no year is of the clock's. With ``trace`` the event's ``steps`` say what each processor did.

    Raises:
        TilewizardError: a processor that can't be read or is not known.
    """
    text = text_of(sample)
    event = Event(
        message=text,
        tags=["source:LOGS_SOURCE"],
        sources=pipeline.sources | {"LOGS_SOURCE"},
        service=service,
        clock=clock,
        steps=[] if trace else None,
    )
    try:
        parsed = json.loads(text) if text.lstrip()[:1] == "{" else None
    except (ValueError, RecursionError):
        parsed = None
    if isinstance(parsed, dict):
        event.custom = _lifted(parsed)
        # A JSON log's own message is the log's from the start; one that an inner object or a processor brings is not.
        if event.custom is parsed and isinstance(parsed.get("message"), str):
            event.message = parsed.pop("message")
    _run_all(event, list(pipeline.processors), ("pipeline",))
    return event


def text_of(sample: Any) -> str:
    """A sample as the line that is sent: a text, or the JSON of what a tests file writes as YAML."""
    return sample if isinstance(sample, str) else json.dumps(sample, ensure_ascii=False, default=str)


def _lifted(parsed: dict[str, Any]) -> dict[str, Any]:
    """A JSON log whose ``message`` is an object, or the text of one: that object's keys join the log's own."""
    inner = parsed.get("message")
    if isinstance(inner, str) and inner.lstrip()[:1] == "{":
        try:
            inner = json.loads(inner)
        except (ValueError, RecursionError):
            return parsed
    if not isinstance(inner, dict):
        return parsed
    return {**{key: value for key, value in parsed.items() if key != "message"}, **inner}


def _run_all(event: Event, processors: list[Settings], place: Place) -> None:
    if len(place) > 2 * _DEEPEST:
        raise TilewizardError(_("pipelines are nested too deeply"), remedy=_("flatten them"))
    for index, settings in enumerate(processors):
        here = (*place, "processors", index)
        if settings.get("enabled") is False:
            continue
        if settings.get("type") == "pipeline":
            asked = settings.get("filter")
            enters = query(as_text(asked.get("query") or "*") if isinstance(asked, dict) else "*")(event)
            _note(event, settings, here, enters, changing=False)
            if enters:
                _run_all(event, _list(settings.get("processors")), here)
            continue
        if event.steps is not None and event.told is None:
            event.told = fields(event)
        event.rule = event.lost = ""
        _note(event, settings, here, _run_one(event, settings))


def _run_one(event: Event, settings: Settings) -> bool:
    kind = settings.get("type")
    if not isinstance(kind, str) or kind not in PROCESSORS:
        raise TilewizardError(
            _("the processor type {kind!r} is not known", kind=kind),
            remedy=_("one of {processors}", processors=", ".join(sorted(PROCESSORS))),
        )
    check(settings)
    try:
        return PROCESSORS[kind](event, settings)
    except RecursionError:
        name = settings.get("name") or kind
        raise TilewizardError(
            _("the sample is nested too deeply for the processor {name!r}", name=name),
            remedy=_("take a flatter sample"),
        ) from None


def _note(event: Event, settings: Settings, here: Place, did: bool, *, changing: bool = True) -> None:
    """Add a step to the trace, if there is one; a pipeline itself changes nothing."""
    if event.steps is None:
        return
    made: tuple[Change, ...] = ()
    if changing:
        before, event.told = event.told or {}, fields(event)
        made = changes(before, event.told)
    kind, name = as_text(settings.get("type")), as_text(settings.get("name") or "")
    event.steps.append(Step(here, kind, name, did, event.rule if did else "", made, event.lost if did else ""))


@processor("schema-processor")
def schema_processor(event: Event, settings: Settings) -> bool:
    """Maps attributes to a schema (OCSF): remappers and category mappers in their order, then the class's own values."""
    for mapper in _list(settings.get("mappers")):
        if mapper.get("type") == "schema-category-mapper":
            _category(event, mapper)
        else:
            attribute_remapper(event, mapper)
    schema = settings.get("schema") or {}
    number = schema.get("classUid")
    if isinstance(number, int) and number // 1000 in _OCSF:
        values = {
            "category_name": _OCSF[number // 1000],
            "category_uid": number // 1000,
            "class_name": schema.get("className"),
            "class_uid": number,
            "metadata.version": as_text(schema.get("version")),
        }
        if schema.get("profiles"):
            values["metadata.profiles"] = texts(schema["profiles"])
        for path, value in values.items():
            put(event.custom, f"ocsf.{path}", value)
    return True


_OCSF = {
    1: "System Activity",
    2: "Findings",
    3: "Identity & Access Management",
    4: "Network Activity",
    5: "Discovery",
    6: "Application Activity",
    7: "Remediation",
    8: "Unmanned Systems",
}
"""The categories of OCSF by the thousands of a class's number (schema.ocsf.io/categories)."""


def _category(event: Event, mapper: Settings) -> None:
    targets = mapper.get("targets") or {}
    for category in mapper.get("categories") or []:
        if query(as_text((category.get("filter") or {}).get("query") or "*"))(event):
            _set(event, targets, category)
            if category.get("id") in (_OTHER, str(_OTHER)):
                _own_words(event, mapper)
            return
    fallback = mapper.get("fallback") or {}
    sources = fallback.get("sources") or {}
    for path, value in (fallback.get("values") or {}).items():
        if get(event.custom, path) is not MISSING:
            continue
        found = (get(event.custom, each) for each in texts(sources.get(path)))
        put(event.custom, path, next((each for each in found if each is not MISSING), _whole(value)))


def _own_words(event: Event, mapper: Settings) -> None:
    """OCSF's class 99, "Other", keeps the source's own word as its name (schema.ocsf.io, enumerations)."""
    sources = (mapper.get("fallback") or {}).get("sources") or {}
    for path, each in sources.items():
        __, value = first(event, {"sources": each})
        if value is not MISSING:
            put(event.custom, path, value)


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 18 else value


def _set(event: Event, targets: Settings, values: Settings) -> None:
    for name in ("name", "id"):
        if targets.get(name) and values.get(name) is not None:
            value = values[name]
            put(event.custom, as_text(targets[name]), _whole(value) if name == "id" else value)
