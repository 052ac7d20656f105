"""The example of a DogStatsD tile: every metric of metadata.csv sent from Python and from a shell, and a test of both.

What arrives is told by Datadog's DogStatsD documentation: a counter as a rate (or a count), a histogram as five metrics. Its files are
the templates below ``templates/dogstatsd``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tilewizard.answers.conditions import sends_data
from tilewizard.answers.model import Answers
from tilewizard.authoring.templating import files_below, render
from tilewizard.field.vocabulary import TileType
from tilewizard.tile.tile import TileFile

from .part import Files, Part, Writing

FOLDER = "examples/dogstatsd"
_HISTOGRAM = (".avg", ".count", ".median", ".95percentile", ".max")
_SENDABLE = re.compile(r"[A-Za-z][\w.]*", re.ASCII)


@dataclass(frozen=True)
class Sent:
    """A metric as it is sent: its name, its StatsD type (``c``, ``g`` or ``h``), an example value."""

    name: str
    type: str
    value: int


def sent(answers: Answers) -> list[Sent]:
    """Every metric that is sent so that the rows arrive; five rows of a histogram are one."""
    prefix = answers.metrics.prefix
    rows = {r.metric_name: r.metric_type for r in answers.metrics.rows if r.metric_name.startswith(prefix)}
    found = []
    left = dict(rows)
    for name in rows:
        stem = name.removesuffix(".avg")
        if name.endswith(".avg") and all(f"{stem}{end}" in rows for end in _HISTOGRAM):
            found.append(Sent(stem, "h", 3))
            for end in _HISTOGRAM:
                left.pop(f"{stem}{end}")
    found += [
        Sent(name, "g" if kind == "gauge" else "c", 1) for name, kind in left.items() if _SENDABLE.fullmatch(name)
    ]
    return sorted(found, key=lambda each: each.name)


def files(writing: Writing) -> Files:
    """The example of a new tile, or of one that becomes DogStatsD, where it has something to send; files that are there stay."""
    answers = writing.after
    is_new = writing.new or writing.before.type != TileType.DOGSTATSD
    if answers.type != TileType.DOGSTATSD or not sends_data(answers) or not is_new:
        return {}
    if not (sent(answers) or answers.service_checks or "events" in answers.submits):
        return {}
    title = answers.listing.title
    heading, text = f"{title}: example event", "It was sent by send.sh."
    values = {
        "sent": sent(answers),
        "service_checks": answers.service_checks,
        "events": "events" in answers.submits,
        "title": title,
        "prefix": answers.metrics.prefix,
        "event": f"_e{{{len(heading.encode())},{len(text)}}}:{heading}|{text}|t:info|#env:example",
    }
    texts = {f"{FOLDER}/{name}": render(f"dogstatsd/{name}.j2", **values) for name in files_below("dogstatsd")}
    return {path: TileFile(path, text.encode()) for path, text in texts.items() if writing.base.file(path) is None}


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (
        *(answers.type, answers.submits, answers.listing.title, answers.service_checks),
        *(answers.metrics.prefix, answers.metrics.rows),
    )


PART = Part("DogStatsD example", _inputs, lambda _: {}, files)
