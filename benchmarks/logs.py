"""Log pipelines: lines a second, each processor against reading and writing a JSON line, a long line against a short one. One run, ratios.

The lines are made here; ROUNDS (5) runs of LINES (2,000) lines each, the fastest counts.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from typing import Any

from tilewizard.logs.formats import samples_in
from tilewizard.logs.pipeline import Pipeline, read, run
from tilewizard.logs.proposing import propose

LINES = int(os.environ.get("LINES", "2000"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
LOG = {
    "at": "2026-11-25T10:21:53.123Z",
    "level": "warn",
    "app": "shop",
    "says": "slow",
    "trace": "a1",
    "a": 3,
    "b": 4,
    "user": {"name": "bo", "roles": ["x", "y"]},
    "rows": [{"n": "x", "v": 1}, {"n": "y", "v": 2}],
    "url": "https://acme.example/a/b?c=d&e=f",
    "agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
    "ip": "192.0.2.1",
    "line": "GET /a/b 200 12 key=value other=2",
}
SCHEMA = {"schemaType": "ocsf", "version": "1.5.0", "className": "Authentication", "classUid": 3002}
PROCESSORS: dict[str, dict[str, Any]] = {
    "attribute-remapper": {"sources": ["user.name"], "target": "usr.name"},
    "date-remapper": {"sources": ["at"]},
    "status-remapper": {"sources": ["level"]},
    "service-remapper": {"sources": ["app"]},
    "message-remapper": {"sources": ["says"]},
    "trace-id-remapper": {"sources": ["trace"]},
    "span-id-remapper": {"sources": ["trace"]},
    "grok-parser": {
        "source": "line",
        "grok": {"matchRules": "r %{word:method} %{notSpace:path} %{integer:code} %{integer:size} %{data::keyvalue}"},
    },
    "category-processor": {"target": "kind", "categories": [{"filter": {"query": "@a:[1 TO 5]"}, "name": "few"}]},
    "arithmetic-processor": {"expression": "(a + b) * 2", "target": "sum"},
    "string-builder-processor": {"template": "%{a} and %{b}", "target": "text"},
    "array-processor": {"operation": {"type": "length", "source": "user.roles", "target": "roles"}},
    "lookup-processor": {"source": "a", "target": "word", "lookupTable": ["1,one", "3,three"]},
    "geo-ip-parser": {"sources": ["ip"], "target": "geo"},
    "url-parser": {"sources": ["url"], "target": "parts"},
    "user-agent-parser": {"sources": ["agent"], "target": "browser"},
    "pipeline": {"filter": {"query": "@a:3"}, "processors": [{"type": "status-remapper", "sources": ["level"]}]},
    "schema-processor": {
        "mappers": [{"type": "schema-remapper", "sources": ["a"], "target": "ocsf.a"}],
        "schema": SCHEMA,
    },
}
RAW = {
    "JSON": '{"timestamp": "2026-11-25T10:21:53Z", "level": "warn", "message": "slow", "user_id": "u1", "took_ms": 12}',
    "key=value": 'time=2026-11-25T10:21:53Z level=error msg="could not open" path=/var/x count=3',
    "access log": '192.0.2.1 - bo [25/Nov/2026:10:21:53 +0000] "GET /a?b=c HTTP/1.1" 503 12 "-" "curl/8.0"',
    "syslog": "<34>Nov 25 10:21:53 web01 sshd[99]: Failed password",
    "CEF": "CEF:0|Acme|Wall|1.0|100|Port scan|9|src=192.0.2.1 dpt=22 rt=1711621313000",
}


def fastest(one: Callable[[], object]) -> float:
    """Seconds of processor time for one call, in the fastest of some rounds."""
    one()
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(LINES):
            one()
        found.append((time.process_time() - began) / LINES)
    return min(found)


def main() -> None:
    """Print lines a second, and ratios."""
    line = json.dumps(LOG)
    floor = fastest(lambda: json.dumps(json.loads(line)))
    empty = fastest(lambda: run(Pipeline("a", (), frozenset()), line).result())
    print(
        f"a JSON line read and written {1 / floor:10,.0f} lines/s; through an empty pipeline {empty / floor:5.2f} times as long"
    )
    for kind, settings in PROCESSORS.items():
        pipeline = Pipeline("a", ({"type": kind, **settings},), frozenset())
        spent = fastest(lambda pipeline=pipeline: run(pipeline, line))  # type: ignore[misc]
        print(
            f"  {kind:<26} {1 / spent:10,.0f} lines/s  {max(spent - empty, 0) / floor:6.2f} times the floor for itself"
        )
    for name, raw in RAW.items():
        pipeline = read(propose(samples_in(raw), "acme").pipeline)
        spent = fastest(lambda pipeline=pipeline, raw=raw: run(pipeline, raw))  # type: ignore[misc]
        traced = fastest(lambda pipeline=pipeline, raw=raw: run(pipeline, raw, trace=True))  # type: ignore[misc]
        print(
            f"proposed for {name:<15} {1 / spent:10,.0f} lines/s  {spent / floor:6.2f} times the floor, {traced / spent:.1f} times as long with its trace"
        )
    growth()


def growth() -> None:
    """A line ten times as long, against the line: 10 is linear."""
    for name, rule in (("data", "r %{data:a} %{data:b} end"), ("keyvalue", "r %{data::keyvalue}")):
        pipeline = Pipeline(
            "a", ({"type": "grok-parser", "source": "message", "grok": {"matchRules": rule}},), frozenset()
        )
        times = []
        for count in (40, 400):
            text = " ".join(f"k{number}=v{number}" for number in range(count)) + " end"
            began = time.process_time()
            for _ in range(max(LINES // 20, 1)):
                run(pipeline, text)
            times.append(time.process_time() - began)
        print(f"grok {name:<9} a line ten times as long takes {times[1] / times[0]:.1f} times as long")


if __name__ == "__main__":
    main()
