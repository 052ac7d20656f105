"""Every processor, option by option, as Datadog's documentation states them (docs.datadoghq.com/logs/log_configuration/processors)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tilewizard.errors import TilewizardError
from tilewizard.logs.pipeline import Pipeline, run
from tilewizard.logs.processors import PROCESSORS

Log = dict[str, Any]

ALL = {
    "arithmetic-processor",
    "array-processor",
    "attribute-remapper",
    "category-processor",
    "date-remapper",
    "geo-ip-parser",
    "grok-parser",
    "lookup-processor",
    "message-remapper",
    "pipeline",
    "schema-processor",
    "service-remapper",
    "span-id-remapper",
    "status-remapper",
    "string-builder-processor",
    "trace-id-remapper",
    "url-parser",
    "user-agent-parser",
}
"""The 18 types of published pipelines."""

MOVE = {"type": "attribute-remapper", "sources": ["a", "b"], "target": "c.d"}
SUM = {"type": "arithmetic-processor", "expression": "(a + b) / 2", "target": "s"}
BUILD = {"type": "string-builder-processor", "template": "%{a}: %{u.n}", "target": "s"}
TABLE = {"type": "lookup-processor", "source": "a", "target": "s", "lookupTable": ["1,one", "2, two,too "]}
KINDS = [
    {"name": "fine", "filter": {"query": "@a:[200 TO 299]"}},
    {"name": "any", "filter": {"query": "@a:*"}},
]
CATEGORY = {"type": "category-processor", "categories": KINDS, "target": "s"}
GROK = {"matchRules": "one %{word:w} %{integer:n}\ntwo %{word:w}.*", "supportRules": ""}
URL = "https://user@shop.example:8443/a/b/?c=d%20e&f=1&f=2#top"
URL_PARTS = {
    "scheme": "https",
    "host": "shop.example",
    "port": 8443,
    "path": "/a/b/",
    "queryString": {"c": "d%20e", "f": "2"},
    "hash": "top",
}
ROWS = [{"k": "x", "v": 1}, {"k": "y", "v": 2}, {"k": "y", "v": 3}]


def run_on(log: Any, *processors: Log, tags: tuple[str, ...] = ()) -> Log:
    text = log if isinstance(log, str) else json.dumps(log)
    result = run(Pipeline("acme", processors, frozenset({"acme"})), text).result()
    return {**result, "tags": [each for each in result["tags"] if each != "source:LOGS_SOURCE"]}


def array(**operation: Any) -> Log:
    return {"type": "array-processor", "operation": operation}


def test_every_type_of_the_published_pipelines_runs() -> None:
    assert set(PROCESSORS) | {"pipeline"} >= ALL


@pytest.mark.parametrize(
    ("processor", "before", "after"),
    [
        # attribute-remapper: the first source that is there; the source goes, unless it is preserved
        (MOVE, {"b": 1}, {"c": {"d": 1}}),
        (MOVE, {"a": 0, "b": 1}, {"b": 1, "c": {"d": 0}}),
        (MOVE, {"x": 1}, {"x": 1}),
        ({**MOVE, "preserveSource": True}, {"a": {"n": 1}}, {"a": {"n": 1}, "c": {"d": {"n": 1}}}),
        ({**MOVE, "sourceType": "attribute", "targetType": "attribute"}, {"a": 1}, {"c": {"d": 1}}),
        ({**MOVE, "overrideOnConflict": True}, {"a": 1, "c": {"d": 2}}, {"c": {"d": 1}}),
        ({**MOVE, "preserveSource": True}, {"a": 1, "c": {"d": 2}}, {"a": 1, "c": {"d": 2}}),
        ({**MOVE, "targetFormat": "auto"}, {"a": "5"}, {"c": {"d": "5"}}),
        ({**MOVE, "targetFormat": "string"}, {"a": 5}, {"c": {"d": "5"}}),
        ({**MOVE, "targetFormat": "integer"}, {"a": "5"}, {"c": {"d": 5}}),
        ({**MOVE, "targetFormat": "double"}, {"a": "5.25"}, {"c": {"d": 5.25}}),
        # a cast that is not possible keeps the value; the decimal separator is a point
        ({**MOVE, "targetFormat": "integer"}, {"a": "five"}, {"c": {"d": "five"}}),
        ({**MOVE, "targetFormat": "double"}, {"a": "5,25"}, {"c": {"d": "5,25"}}),
        # arithmetic-processor
        (SUM, {"a": 1, "b": "2"}, {"a": 1, "b": "2", "s": 1.5}),
        (SUM, {"a": 1}, {"a": 1}),
        (SUM, {"a": 1, "b": "no number"}, {"a": 1, "b": "no number"}),
        ({**SUM, "replaceMissing": False}, {"a": 1}, {"a": 1}),
        ({**SUM, "replaceMissing": True}, {"a": 1}, {"a": 1, "s": 0.5}),
        (SUM, {"a": 1, "b": 1, "s": "old"}, {"a": 1, "b": 1, "s": 1}),
        ({**SUM, "expression": "a / 3"}, {"a": 1}, {"a": 1, "s": 0.333333333}),
        ({**SUM, "expression": "a / b"}, {"a": 1, "b": 0}, {"a": 1, "b": 0}),
        ({**SUM, "expression": "end-at - start-at * 2"}, {"end-at": 9, "start-at": 4}, {"end-at": 9, "start-at": 4, "s": 1}),
        # string-builder-processor: values and lists of values; an object or a missing one skips it, or is empty text
        (BUILD, {"a": True, "u": {"n": 2}}, {"a": True, "u": {"n": 2}, "s": "true: 2"}),
        (BUILD, {"a": [1, "x"], "u": [{"n": "p"}, {"n": "q"}]}, {"a": [1, "x"], "u": [{"n": "p"}, {"n": "q"}], "s": "1,x: p,q"}),
        (BUILD, {"a": 1}, {"a": 1}),
        (BUILD, {"a": {"b": 1}, "u": {"n": 2}}, {"a": {"b": 1}, "u": {"n": 2}}),
        (BUILD, {"a": [{"b": 1}], "u": {"n": 2}}, {"a": [{"b": 1}], "u": {"n": 2}}),
        ({**BUILD, "replaceMissing": True}, {"a": {"b": 1}}, {"a": {"b": 1}, "s": ": "}),
        ({**BUILD, "template": "text alone"}, {"s": 1}, {"s": "text alone"}),
        # category-processor: the first filter that matches; no match, nothing
        (CATEGORY, {"a": 204}, {"a": 204, "s": "fine"}),
        (CATEGORY, {"a": 404}, {"a": 404, "s": "any"}),
        (CATEGORY, {"b": 1}, {"b": 1}),
        # lookup-processor: one comma parts key and value; else the default, else nothing
        (TABLE, {"a": 1}, {"a": 1, "s": "one"}),
        (TABLE, {"a": "2"}, {"a": "2", "s": "two,too"}),
        (TABLE, {"a": 3}, {"a": 3}),
        ({**TABLE, "defaultLookup": "many"}, {"a": 3}, {"a": 3, "s": "many"}),
        ({**TABLE, "defaultLookup": "many"}, {"b": 3}, {"b": 3}),
        ({**TABLE, "lookupTable": "1,one\n3,three\n"}, {"a": 3}, {"a": 3, "s": "three"}),
        # array-processor
        (array(type="length", source="l", target="n"), {"l": [1, 2, 3]}, {"l": [1, 2, 3], "n": 3}),
        (array(type="length", source="l", target="n"), {"l": []}, {"l": [], "n": 0}),
        (array(type="length", source="l", target="n"), {"l": "x"}, {"l": "x"}),
        (array(type="append", source="a.b", target="l"), {"a": {"b": 2}, "l": [1]}, {"l": [1, 2]}),
        (array(type="append", source="a", target="l", preserveSource=True), {"a": 2}, {"a": 2, "l": [2]}),
        (array(type="append", source="a", target="l"), {"a": 2, "l": "no list"}, {"a": 2, "l": "no list"}),
        (array(type="select", source="r", filter="k:y", valueToExtract="v", target="s"), {"r": ROWS}, {"r": ROWS, "s": 2}),
        (array(type="select", source="r", filter="k:z", valueToExtract="v", target="s"), {"r": ROWS}, {"r": ROWS}),
        (array(type="select", source="r", filter="k:y -v:2", valueToExtract="v", target="s"), {"r": ROWS}, {"r": ROWS, "s": 3}),
        (array(type="extract-key-value", source="r", keyToExtract="k", valueToExtract="v", target="p"), {"r": ROWS}, {"r": ROWS, "p": {"x": 1, "y": 2}}),
        (array(type="extract-key-value", source="r", keyToExtract="k", valueToExtract="v"), {"r": ROWS, "y": 0}, {"r": ROWS, "x": 1, "y": 0}),
        (
            array(type="extract-key-value", source="r", keyToExtract="k", valueToExtract="v", overrideOnConflict=True),
            {"r": ROWS, "y": 0},
            {"r": ROWS, "x": 1, "y": 3},
        ),
        (array(type="extract-key-value", source="r", keyToExtract="k", valueToExtract="v"), {"r": [1, {"k": 2}]}, {"r": [1, {"k": 2}]}),
        # grok-parser: another source than the message; the first rule that matches; none, nothing
        ({"type": "grok-parser", "source": "t", "grok": GROK}, {"t": "x 5"}, {"t": "x 5", "w": "x", "n": 5}),
        ({"type": "grok-parser", "source": "t", "grok": GROK}, {"t": "x y"}, {"t": "x y", "w": "x"}),
        ({"type": "grok-parser", "source": "t", "grok": GROK}, {"t": "-"}, {"t": "-"}),
        # url-parser, user-agent-parser: their sources and targets have defaults
        ({"type": "url-parser", "sources": ["l"], "target": "p"}, {"l": URL}, {"l": URL, "p": URL_PARTS}),
        (
            {"type": "url-parser", "sources": ["l"], "target": "p", "normalizeEndingSlashes": True},
            {"l": URL},
            {"l": URL, "p": {**URL_PARTS, "path": "/a/b"}},
        ),
        ({"type": "url-parser"}, {"http": {"url": "/x"}}, {"http": {"url": "/x", "url_details": {"path": "/x"}}}),
        # what is switched off does nothing
        ({**MOVE, "enabled": False}, {"a": 1}, {"a": 1}),
        ({**MOVE, "enabled": True}, {"a": 1}, {"c": {"d": 1}}),
    ],
)  # fmt: skip
def test_what_a_processor_makes_of_attributes(processor: Log, before: Log, after: Log) -> None:
    result = run_on(before, processor)
    assert (result["custom"], result["unknown"]) == (after, [])


@pytest.mark.parametrize(
    ("processor", "before", "tags", "custom"),
    [
        ({**MOVE, "targetType": "tag", "target": "t"}, {"a": "X y"}, ["t:x y"], {}),
        ({**MOVE, "targetType": "tag", "target": "t", "preserveSource": True}, {"a": 1}, ["t:1"], {"a": 1}),
        ({**MOVE, "sourceType": "tag", "sources": ["source"], "target": "from"}, {}, [], {"from": "LOGS_SOURCE"}),
    ],
)
def test_a_remapper_reads_and_writes_tags(processor: Log, before: Log, tags: list[str], custom: Log) -> None:
    result = run_on(before, processor)
    assert (result["tags"], result["custom"]) == (tags, custom)


REMAPPERS = ["message", "service", "status", "trace-id", "span-id"]


@pytest.mark.parametrize("kind", REMAPPERS)
def test_the_first_dedicated_remapper_that_finds_a_value_counts(kind: str) -> None:
    field = kind.replace("-", "_")
    remappers = [{"type": f"{kind}-remapper", "sources": sources} for sources in (["no", "a"], ["b"])]
    log = {"a": "warning", "b": "error"}
    assert run_on(log, *remappers)[field] == ("warn" if kind == "status" else "warning")
    assert run_on({"b": "error"}, *remappers)[field] == "error"
    assert run_on({"c": 1, "message": "m"}, *remappers).get(field) == ("m" if kind == "message" else None)


@pytest.mark.parametrize(
    ("kind", "source"), [("trace-id", "dd.trace_id"), ("message", "msg")], ids=["trace-id", "message"]
)
def test_a_dedicated_remapper_has_a_usual_source(kind: str, source: str) -> None:
    assert run_on({source: "x"}, {"type": f"{kind}-remapper"})[kind.replace("-", "_")] == "x"


STATUSES = [
    *zip(range(8), ("emergency", "alert", "critical", "error", "warn", "notice", "info", "debug"), strict=True),
    *[("Emergency", "emergency"), ("FATAL", "emergency"), ("alert", "alert"), ("A1", "alert"), ("crit", "critical")],
    *[("ERROR", "error"), ("err", "error"), ("Warning", "warn"), ("w", "warn"), ("notice", "notice"), ("N", "notice")],
    *[("information", "info"), ("DEBUG", "debug"), ("trace", "debug"), ("Verbose", "debug"), ("OK", "ok")],
    *[("Success", "ok"), ("o", "ok"), ("8", "info"), (-1, "info"), ("xyz", "info"), ("", "info"), (2.5, "info")],
]


@pytest.mark.parametrize(("value", "status"), STATUSES)
def test_a_severity_means_a_status(value: object, status: str) -> None:
    assert run_on({"l": value}, {"type": "status-remapper", "sources": ["l"]})["status"] == status


def test_the_last_date_remapper_that_finds_a_date_counts() -> None:
    remappers = [{"type": "date-remapper", "sources": [name]} for name in "abc"]
    assert run_on({"a": 1000, "b": "2024-03-28", "c": "no date"}, *remappers)["timestamp"] == 1711584000000
    assert "timestamp" not in run_on({"c": "no date"}, *remappers)


def test_a_user_agent_is_decoded_where_that_is_said() -> None:
    agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.5993.90 Safari/537.36"
    parts = {
        "browser": {"family": "Chrome", "major": "118", "minor": "0", "patch": "5993", "patch_minor": "90"},
        "device": {"brand": "Apple", "category": "Desktop", "family": "Mac", "model": "Mac"},
        "os": {"family": "Mac OS X", "major": "10", "minor": "15", "patch": "7"},
    }
    parser = {"type": "user-agent-parser", "sources": ["u"], "target": "p"}
    assert run_on({"u": agent}, parser)["custom"]["p"] == parts
    encoded = agent.replace(" ", "%20").replace(";", "%3B")
    assert run_on({"u": encoded}, {**parser, "encoded": True})["custom"]["p"] == parts
    assert run_on({"u": encoded}, parser)["custom"]["p"] != parts
    usual = run_on({"http": {"useragent": agent}}, {"type": "user-agent-parser"})
    assert usual["custom"]["http"]["useragent_details"] == parts


@pytest.mark.parametrize(
    ("processor", "before", "unknown"),
    [
        ({"type": "geo-ip-parser", "sources": ["ip"], "target": "geo"}, {"ip": "192.0.2.1"}, ["custom.geo"]),
        ({"type": "geo-ip-parser", "sources": ["ip"], "target": "geo"}, {"a": 1}, []),
        ({"type": "geo-ip-parser"}, {"network": {"client": {"ip": "::1"}}}, ["custom.network.client.geoip"]),
        (
            {"type": "geo-ip-parser", "sources": ["ip"], "target": "geo", "ip_processing_behavior": "other"},
            {"ip": "192.0.2.1"},
            ["custom.geo", "custom.ip"],
        ),
        ({"type": "user-agent-parser", "sources": ["u"], "target": "p", "combineVersionDetails": True}, {"u": "x"}, ["custom.p"]),
        ({"type": "lookup-processor", "source": "a", "target": "s"}, {"a": 1}, ["custom.s"]),
        ({**BUILD, "template": "%{a}"}, {"a": "x" * 256}, []),
        ({**BUILD, "template": "%{a}"}, {"a": "x" * 257}, ["custom.s"]),
    ],
)  # fmt: skip
def test_what_is_said_nowhere_or_known_to_datadog_alone_is_unknown(
    processor: Log, before: Log, unknown: list[str]
) -> None:
    assert run_on(before, processor)["unknown"] == unknown


def test_a_pipeline_in_a_pipeline_is_entered_by_its_filter_as_the_log_stands_then() -> None:
    inner = {"type": "pipeline", "processors": [{**MOVE, "sources": ["c.d"], "target": "deep"}]}
    outer = {"type": "pipeline", "filter": {"query": "@c.d:1"}, "processors": [inner]}
    assert run_on({"a": 1}, MOVE, outer)["custom"] == {"deep": 1}
    assert run_on({"a": 2}, MOVE, outer)["custom"] == {"c": {"d": 2}}
    assert run_on({"a": 1}, outer, MOVE)["custom"] == {"c": {"d": 1}}
    assert run_on({"a": 1}, MOVE, {**outer, "enabled": False})["custom"] == {"c": {"d": 1}}
    deeper = outer
    for _step in range(30):
        deeper = {"type": "pipeline", "processors": [deeper]}
    with pytest.raises(TilewizardError, match="nested too deeply"):
        run_on({"a": 1}, MOVE, deeper)


def test_a_schema_maps_attributes_and_categories_and_says_its_class() -> None:
    mapper = {
        "type": "schema-category-mapper",
        "targets": {"name": "ocsf.activity_name", "id": "ocsf.activity_id"},
        "categories": [
            {"name": "Logon", "id": 1, "filter": {"query": "@did:in"}},
            {"name": "Logoff", "id": 2, "filter": {"query": "@did:out"}},
        ],
        "fallback": {
            "values": {"ocsf.activity_id": "99", "ocsf.activity_name": "Other"},
            "sources": {"ocsf.activity_name": ["did"]},
        },
    }
    processor = {
        "type": "schema-processor",
        "schema": {"schemaType": "ocsf", "version": "1.5.0", "className": "Authentication", "classUid": 3002},
        "mappers": [
            {"type": "schema-remapper", "sources": ["who"], "target": "ocsf.user.name", "preserveSource": True},
            mapper,
        ],
    }
    ocsf = run_on({"who": "bo", "did": "out"}, processor)["custom"]["ocsf"]
    assert ocsf == {
        "activity_id": 2,
        "activity_name": "Logoff",
        "category_name": "Identity & Access Management",
        "category_uid": 3,
        "class_name": "Authentication",
        "class_uid": 3002,
        "metadata": {"version": "1.5.0"},
        "user": {"name": "bo"},
    }
    other = run_on({"who": "bo", "did": "sudo"}, processor)["custom"]["ocsf"]
    assert (other["activity_id"], other["activity_name"]) == (99, "sudo")


def test_an_operation_that_is_not_known_is_told() -> None:
    with pytest.raises(TilewizardError, match="no operation that is known"):
        run_on({"a": [1]}, array(type="sort", source="a", target="b"))


@pytest.mark.parametrize("kind", sorted(ALL - {"pipeline", "date-remapper", "schema-processor"}))
def test_a_log_without_the_source_stays_as_it_is(kind: str) -> None:
    settings = {"type": kind, "sources": ["a"], "source": "a", "target": "t", "grok": GROK, "categories": KINDS}
    settings |= {"expression": "a", "template": "%{a}", "operation": {"type": "length", "source": "a", "target": "t"}}
    result = run_on({"b": 1}, settings)
    assert result == {"custom": {"b": 1}, "message": result["message"], "tags": [], "unknown": []}
