"""A monitor's JSON and the answers that its form shows of it, kept together: an edit changes the lines of what it is about.

Both forms of a monitor are read: the template with a ``definition``, and the bare one of an export, which has no title and no
description of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tilewizard.answers.declaring import Kind
from tilewizard.answers.model import Answers
from tilewizard.answers.monitor_form import MonitorForm, monitor_questions
from tilewizard.answers.telemetry import MetricRow
from tilewizard.answers.typed import as_text
from tilewizard.documents.json_document import JsonDocument
from tilewizard.errors import TilewizardError
from tilewizard.field.monitors import THRESHOLDS
from tilewizard.inspection.monitor_query import MonitorQuery, taken_apart
from tilewizard.language import _

from .parts.part import shown
from .starters import starter_monitor

_PARTS = ("over", "window", "across", "metric", "scope", "by", "functions", "expression", "comparison")
_OF_TEMPLATES = ("title", "description")
_OLD_MISSING_DATA = ("notify_no_data", "no_data_timeframe")
_MADE = ("title", "name", "description", "message", "across", "over", "functions")
"""What follows another metric, as long as it is what was made for the one before."""


@dataclass(frozen=True)
class MonitorFile:
    """A monitor's file and its form.

    Attributes:
        document: the file.
        values: what the form shows, by the names of :class:`~tilewizard.answers.monitor_form.MonitorForm`.
        parts: the query's parts; None while it is a text.
        new: whether it was made in the form, so that what follows from another answer still follows.
        made_of: the metric that a new one's words were made of.
    """

    document: JsonDocument
    values: MonitorForm
    parts: MonitorQuery | None
    new: bool = False
    made_of: str = ""

    @classmethod
    def read(cls, text: str, *, new: bool = False, apart: bool = True) -> MonitorFile:
        """The form of a monitor's text.

        Args:
            text: the file's.
            new: whether it was just made.
            apart: whether the query is taken apart where that can be done.

        Raises:
            TilewizardError: it is no JSON object, or has a key twice.
        """
        document = JsonDocument.parse(text)
        fault = next(iter(document.faults), None)
        if fault is not None:
            raise TilewizardError(
                _("the file {message}", message=fault.message),
                remedy=_("mend it with an editor: {hint}", hint=fault.hint),
            )
        if not isinstance(document.value, dict):
            raise TilewizardError(
                _("the file holds no monitor"), remedy=_("export the monitor from Datadog as JSON again")
            )
        base = _base(document)
        query = document.get(f"{base}/query")
        parts = taken_apart(query) if apart and isinstance(query, str) else None
        values = _values(document, parts)
        return cls(document, values, parts, new, values.metric if new else "")

    @property
    def text(self) -> str:
        """The file's text."""
        return self.document.text

    @property
    def base(self) -> str:
        """The pointer of what the monitor does: ``/definition``; nothing where it is the file itself."""
        return _base(self.document)

    @property
    def type(self) -> str:
        """What kind of monitor it is: ``query alert``."""
        return shown(self.document.get(f"{self.base}/type", ""))

    def asks(self, name: str) -> bool:
        """Whether the form has a field of that name for this monitor."""
        if name in _OF_TEMPLATES:
            return bool(self.base)
        if name == "query":
            return self.parts is None
        if name in _PARTS:
            return self.parts is not None and name in self.parts.places
        return True

    def with_value(self, name: str, value: Any, answers: Answers | None = None) -> MonitorFile:
        """The monitor with another answer; the same one leaves it as it is.

        Args:
            name: of the field.
            value: as the form has it; an empty one takes the key away.
            answers: the tile's, from which a new monitor's words follow its metric.

        Raises:
            TilewizardError: the file is such that nothing can be set in it.
        """
        old = getattr(self.values, name)
        if value == old and type(value) is type(old):
            return self
        after = self._set(name, value)
        if self.new and name == "title" and self.values.name == old:
            after = after._set("name", value)
        if self.new and name == "metric" and answers is not None:
            after = after._following(answers)
        return after

    def in_parts(self, apart: bool) -> MonitorFile:
        """The same file with its query in parts, where that can be done, or as a text."""
        return replace(MonitorFile.read(self.text, new=self.new, apart=apart), made_of=self.made_of)

    # -- setting

    def _set(self, name: str, value: Any) -> MonitorFile:
        values = self.values.model_copy(update={name: value})
        document, parts = self.document, self.parts
        if parts is not None and (name in _PARTS or name == "critical"):
            parts = parts.with_part("threshold" if name == "critical" else name, _written(value))
            document = document.with_value(f"{self.base}/query", parts.text)
            values = values.model_copy(update={"query": parts.text})
        if name not in _PARTS:
            for pointer in self._pointers(name):
                document = _put(document, pointer, value)
        if name == "on_missing_data":
            for key in _OLD_MISSING_DATA:  # Datadog takes either these or that.
                document = document.without(f"{self.base}/options/{key}")
        return replace(self, document=document, values=values, parts=parts)

    def _pointers(self, name: str) -> list[str]:
        """Where an answer stands; the tags twice, while both lists are the same."""
        if name in THRESHOLDS:
            return [f"{self.base}/options/thresholds/{name}"]
        if name == "on_missing_data":
            return [f"{self.base}/options/{name}"]
        if name == "tags" and self.base:
            same = self.document.get("/tags") == self.document.get(f"{self.base}/tags")
            return ["/tags", f"{self.base}/tags"] if same else ["/tags"]
        return [f"/{name}" if name in _OF_TEMPLATES else f"{self.base}/{name}"]

    def _following(self, answers: Answers) -> MonitorFile:
        """Another metric: what was made for the one before is made for this one."""
        rows = {row.metric_name: row for row in answers.metrics.rows}
        row = rows.get(self.values.metric)
        if row is None:
            return self
        before = _made(answers, rows.get(self.made_of, MetricRow(metric_name=self.made_of)))
        now, after = _made(answers, row), replace(self, made_of=row.metric_name)
        for name in _MADE:
            if getattr(self.values, name) == getattr(before, name):
                after = after._set(name, getattr(now, name))
        return after


def new_monitor(answers: Answers) -> MonitorFile:
    """A monitor to start from, on the metric that tells of trouble most likely.

    Args:
        answers: the tile's, with derived values in place.
    """
    return MonitorFile.read(JsonDocument.of(starter_monitor(answers)).text, new=True)


def template_of(export: JsonDocument) -> str:
    """The text of a template of a monitor that was exported bare: its name becomes the title, without variables and brackets.

    Args:
        export: the monitor, an object without a ``definition``.
    """
    body: dict[str, Any] = export.value
    today = date.today().isoformat()
    dates = [value[:10] if isinstance(value := body.get(key), str) and _DAY.match(value) else today for key in _DATES]
    name = shown(body.get("name"))
    title = " ".join(_DRESS.sub(" ", name).split())
    tags = (
        [each for each in body.get("tags") or [] if isinstance(each, str)] if isinstance(body.get("tags"), list) else []
    )
    return JsonDocument.of(
        {
            "version": 2,
            **dict(zip(("created_at", "last_updated_at"), dates, strict=True)),
            "title": _LOOSE_END.sub("", title) or name,
            "description": "",
            "tags": tags,
            "definition": {key: value for key, value in body.items() if key not in _DATES},
        }
    ).text


_DATES = ("created", "modified")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DRESS = re.compile(r"\{\{[^{}]*\}\}|^\s*\[[^\]]*\]")
_LOOSE_END = re.compile(r"\s*(?:\b(?:on|for|in|of|at|from|by)\b|[-:(,])+\s*[)]?$", re.IGNORECASE)


def field_of(pointer: str, file: MonitorFile) -> str:
    """The field that a pointer of the file is about; empty where none is."""
    inner = pointer.removeprefix(file.base) if file.base else pointer
    place = inner.split("/")[1:]
    if place[:2] == ["options", "thresholds"]:
        return place[2] if len(place) > 2 and place[2] in THRESHOLDS else "critical"
    if place[:1] == ["options"]:
        known = place[1:2] and (place[1] in (*_OLD_MISSING_DATA, "on_missing_data"))
        return "on_missing_data" if known else ""
    first = place[0] if place else ""
    if first == "query":
        return "query" if file.parts is None else "metric" if "metric" in file.parts.places else "expression"
    return first if first in ("title", "description", "tags", "name", "message") and file.asks(first) else ""


def _base(document: JsonDocument) -> str:
    return "/definition" if isinstance(document.get("/definition"), dict) else ""


def _values(document: JsonDocument, parts: MonitorQuery | None) -> MonitorForm:
    base = _base(document)
    found: dict[str, Any] = {}
    for question in monitor_questions():
        name = question.path[-1]
        if name in _PARTS:
            found[name] = parts.part(name) if parts is not None and name in parts.places else ""
            continue
        at = (
            f"{base}/options/thresholds"
            if name in THRESHOLDS
            else f"{base}/options"
            if name == "on_missing_data"
            else base
        )
        at = "" if name in _OF_TEMPLATES or name == "tags" else at
        value = document.get(f"{at}/{name}")
        if question.ask.kind == Kind.NUMBER:
            plain = isinstance(value, int | float) and not isinstance(value, bool)
            found[name] = value if plain else shown(value) or None
        elif question.ask.kind == Kind.LIST:
            found[name] = [shown(each) for each in value] if isinstance(value, list) else []
        else:
            found[name] = shown(value)
    return MonitorForm.model_validate(found, context={"lenient": True})


def _made(answers: Answers, row: MetricRow) -> MonitorForm:
    return MonitorFile.read(JsonDocument.of(starter_monitor(answers, row)).text).values


def _put(document: JsonDocument, pointer: str, value: Any) -> JsonDocument:
    if value is None or value == "":
        # What must be there stays, empty: whoever clears a title goes on to write another one at its place.
        gone = "/thresholds/" in pointer or "/options/" in pointer
        return document.without(pointer) if gone else document.with_value(pointer, "")
    return document.with_value(pointer, value, key_order=THRESHOLDS)


def _written(value: Any) -> str:
    """An answer as a query has it: numbers without an exponent."""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return as_text(value)
