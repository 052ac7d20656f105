"""What a pipeline makes of a sample: grok, filters, dates, remappers."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.errors import TilewizardError
from tilewizard.logs import dates
from tilewizard.logs.arithmetic import calculate
from tilewizard.logs.event import Event
from tilewizard.logs.grok import compiled
from tilewizard.logs.pipeline import Pipeline, run
from tilewizard.logs.processors import PROCESSORS, status_of
from tilewizard.logs.search import query


def made(sample: Any, *processors: dict[str, Any]) -> dict[str, Any]:
    return run(Pipeline("acme", processors, frozenset({"acme"})), sample).result()


@pytest.mark.parametrize(
    ("rule", "text", "taken"),
    [
        ("r %{word:a} %{integer:b}", "x 7", {"a": "x", "b": 7}),
        ("r %{number:a.b:scale(1000)}", "1.5", {"a": {"b": 1500.0}}),
        ('r %{date("yyyy-MM-dd HH:mm:ss"):when}', "2024-03-28 10:21:53", {"when": 1711621313000}),
        ("r %{data::keyvalue}", 'a=1 b="two words" c=three', {"a": 1, "b": "two words", "c": "three"}),
        ('r %{data::keyvalue(": ")}', "user: john id: 5", {"user": "john", "id": 5}),
        ("r %{data:j:json}", '{"a": [1]}', {"j": {"a": [1]}}),
        ('r %{notSpace:a:nullIf("-")} %{notSpace:b:uppercase}', "- x", {"b": "X"}),
        ('r %{data:a:array("[]", ",")}', "[a, b]", {"a": ["a", "b"]}),
        ("r %{data:q:querystring}", "?a=1&b=2", {"q": {"a": "1", "b": "2"}}),
        ('r %{data:c:csv("x,y")}', "1,two", {"c": {"x": 1, "y": "two"}}),
        ("r %{data::rubyhash}", '{"a" => 1, :b => nil}', {"a": 1, "b": None}),
        ('r %{boolean("yes","no"):a}', "no", {"a": False}),
        ("r %{ipOrHost:a}:%{port:b}", "10.0.0.1:80", {"a": "10.0.0.1", "b": "80"}),
        ('r (?>%{regex("[a-c]+"):a}|%{uuid:b})', "abc", {"a": "abc"}),
        ("r %{integer:a}", "no number", None),
        ('r %{regex("(?<msg>.*)")::keyvalue}', "a=1 rest", {"msg": "a=1 rest", "a": 1}),
        ('r %{regex("(?<msg>.*)")::keyvalue}', "msg=new", {"msg": "new"}),
        ("r %{?>notSpace:a}.*", "x y", {"a": "x"}),
        ('r %{data::keyvalue(": ", ",")}', "client: 10.0.0.1, server: web", {"client": "10.0.0.1", "server": "web"}),
        ('r %{date("HH:mm:ss"):when}', "14:20:15", {"when": 51615000}),
        ('r %{date("EEE MMM dd HH:mm:ss yyyy", "+3"):w}', "Thu Jun 16 08:29:03 2016", {"w": 1466054943000}),
        ('r %{date("yyyy-MM-dd HH:mm:ss.SSS z"):w}', "2007-08-31 19:22:22.427 ADT", {"w": 1188598942427}),
    ],
)
def test_grok_takes(rule: str, text: str, taken: dict[str, Any] | None) -> None:
    assert compiled(rule, "")[0].parse(text) == taken


def test_a_match_rule_may_call_one_above_it() -> None:
    rules = compiled("pair %{word:a} %{word:b}\nthree %{pair} %{word:c}", "")
    assert [rule.parse("x y z") for rule in rules] == [None, {"a": "x", "b": "y", "c": "z"}]


@pytest.mark.parametrize(
    ("text", "moment"),
    [("Jan 8 17:45:41", 32204741000), ("Jul 2 12:24:48", 47305488000), ("Jul 12 12:24:48", 16633488000)],
)
def test_a_date_without_a_year_is_within_half_a_year_of_the_clock(text: str, moment: int) -> None:
    assert dates.parse(text, "MMM d HH:mm:ss") == moment


@pytest.mark.parametrize("name", ["UT", "UT+3", "+03:00:30", "-033000", "GMT-0330", "EDT"])
def test_zones_are_read_as_documented(name: str) -> None:
    assert dates.zone(name) is not None


def test_a_message_that_a_grok_rule_takes_stays_an_attribute_until_it_is_remapped() -> None:
    parser = {"type": "grok-parser", "source": "message", "grok": {"matchRules": "r %{word:level} %{data:message}"}}
    kept = made("warn it broke", parser)
    assert (kept["message"], kept["custom"]) == ("warn it broke", {"level": "warn", "message": "it broke"})
    moved = made("warn it broke", parser, {"type": "message-remapper", "sources": ["message"]})
    assert (moved["message"], moved["custom"]) == ("it broke", {"level": "warn"})
    json_log = made('{"message": "it broke", "a": 1}')
    assert (json_log["message"], json_log["custom"]) == ("it broke", {"a": 1})


def test_processors_follow_their_documentation() -> None:
    log = {"rows": [{"n": "John"}, {"n": "Jack"}], "kind": "Activity", "url": "/a?t=x%20y&t=z", "x": 1, "y": 3}
    done = made(
        json.dumps(log),
        {"type": "string-builder-processor", "template": "%{rows.n}", "target": "names"},
        {"type": "string-builder-processor", "template": "%{rows}", "target": "none"},
        {"type": "attribute-remapper", "sources": ["kind"], "target": "kind", "targetType": "tag"},
        {"type": "url-parser", "sources": ["url"], "target": "parts"},
        {"type": "arithmetic-processor", "expression": "x / y", "target": "third"},
    )
    assert done["custom"]["names"] == "John,Jack" and "none" not in done["custom"]
    assert "kind:activity" in done["tags"]
    assert done["custom"]["parts"] == {"path": "/a", "queryString": {"t": "z"}}
    assert done["custom"]["third"] == 0.333333333


def test_support_rules_are_put_in() -> None:
    assert compiled("r %{_user}", "_user user=%{notSpace:user}")[0].parse("user=bo") == {"user": "bo"}


@pytest.mark.parametrize(
    "rule",
    ["r %{nothing:a}", "r %{data:a", "r (?=x)y", "r %{data:a:nothing}", "r (", 'r %{date("QQ"):a}', "r %{regex(x:a}"],
)
def test_a_rule_that_cannot_run_is_told(rule: str) -> None:
    with pytest.raises(TilewizardError):
        compiled(rule, "")[0].parse("y")


def test_a_circle_of_support_rules_is_told() -> None:
    with pytest.raises(TilewizardError, match="circle"):
        compiled("r %{_a}", "_a %{_b}\n_b %{_a}")


def test_a_date_without_a_year_is_of_the_year_in_which_it_runs() -> None:
    dated = Pipeline("a", ({"type": "date-remapper", "sources": ["at"]},), frozenset())

    def at(text: str, clock: datetime) -> str:
        moment = run(dated, json.dumps({"at": text}), None, clock).timestamp
        return datetime.fromtimestamp((moment or 0) / 1000, UTC).date().isoformat()

    winter = datetime(2026, 1, 2, tzinfo=UTC)
    assert at("Jan 1 10:00:00", winter) == "2026-01-01"
    assert at("Dec 31 23:59:59", winter) == "2025-12-31"
    assert at("Oct 11 22:14:15", datetime(2026, 11, 25, tzinfo=UTC)) == "2026-10-11"


def test_profiles_of_ocsf_are_named_where_the_schema_has_some() -> None:
    schema = {"schemaType": "ocsf", "version": "1.5.0", "className": "Authentication", "classUid": 3002}
    plain = made("x", {"type": "schema-processor", "mappers": [], "schema": {**schema, "profiles": []}})
    assert "profiles" not in plain["custom"]["ocsf"]["metadata"]
    cloud = made("x", {"type": "schema-processor", "mappers": [], "schema": {**schema, "profiles": ["cloud"]}})
    assert cloud["custom"]["ocsf"]["metadata"] == {"profiles": ["cloud"], "version": "1.5.0"}


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("FATAL", "emergency"),
        (3, "error"),
        ("4", "warn"),
        ("trace", "debug"),
        ("OK", "ok"),
        ("success", "ok"),
        ("?", "info"),
    ],
)
def test_a_severity_means_a_status(value: object, status: str) -> None:
    assert status_of(value) == status


def test_what_remappers_do() -> None:
    processors = (
        {
            "type": "attribute-remapper",
            "sources": ["a", "b"],
            "target": "c.d",
            "preserveSource": False,
            "targetFormat": "integer",
        },
        {"type": "date-remapper", "sources": ["at"]},
        {"type": "status-remapper", "sources": ["level"]},
        {"type": "trace-id-remapper", "sources": ["t"]},
        {"type": "geo-ip-parser", "sources": ["ip"], "target": "geo"},
    )
    sample = json.dumps(
        {"b": "5", "at": "2024-03-28T10:21:53Z", "level": "warn", "t": "abc", "ip": "1.1.1.1", "message": "hi"}
    )
    result = made(sample, *processors)
    assert result == {
        "custom": {"at": "2024-03-28T10:21:53Z", "c": {"d": 5}, "ip": "1.1.1.1", "level": "warn"},
        "message": "hi",
        "tags": ["source:LOGS_SOURCE"],
        "timestamp": 1711621313000,
        "status": "warn",
        "trace_id": "abc",
        "unknown": ["custom.geo"],
    }


def test_a_formula_follows_its_brackets() -> None:
    assert calculate("(a + 2) * 3 - b.c / 2", {"a": 1, "b.c": 4}.get) == 7
    assert calculate("a / 0", {"a": 1}.get) is None


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.text(max_size=60))
def test_no_rule_query_formula_or_date_crashes(text: str, sample: str) -> None:
    for attempt in (
        lambda: [rule.parse(sample) for rule in compiled(f"r {text}", "")],
        lambda: query(text)(Event(message=sample)),
        lambda: calculate(text, lambda _: 1),
        lambda: dates.parse(sample, text),
        lambda: compiled("r %{data::keyvalue}", "")[0].parse(text),
        lambda: compiled("r %{data::rubyhash}", "")[0].parse(text),
    ):
        with contextlib.suppress(TilewizardError):
            attempt()


@pytest.mark.parametrize(
    "sample", ["x \ud800", '{"message": "\\ud800", "u": "\\ud800", "n": 1e999}', 5, None, ["x"], {"n": 10**400}]
)
def test_no_sample_crashes(sample: object) -> None:
    made(
        sample,
        {"type": "grok-parser", "grok": {"matchRules": "r %{data:a}"}},
        {"type": "user-agent-parser", "sources": ["u"], "target": "v"},
        {"type": "attribute-remapper", "sources": ["n"], "target": "m", "targetFormat": "integer"},
        {"type": "date-remapper", "sources": ["n"]},
        {"type": "status-remapper", "sources": ["n"]},
    )


KEYS = [
    "sources",
    "source",
    "target",
    "template",
    "expression",
    "categories",
    "filter",
    "grok",
    "mappers",
    "targets",
    "fallback",
    "schema",
    "operation",
    "lookupTable",
    "defaultLookup",
    "name",
    "sourceType",
    "targetType",
    "targetFormat",
    "preserveSource",
    "replaceMissing",
    "processors",
    "encoded",
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["a", "a.b", "%{a}", "tag", "*", "select"])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, "query", "type", "id", "values", "matchRules"]), below, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda kind, rest: {**rest, "type": kind},
            st.sampled_from([*sorted(PROCESSORS), "pipeline"]),
            st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=6),
        ),
        max_size=4,
    ),
    st.dictionaries(st.sampled_from(["a", "message", "c"]), ANYTHING, max_size=3),
)
def test_whatever_a_pipeline_holds_it_runs_or_is_refused(
    processors: list[dict[str, Any]], sample: dict[str, Any]
) -> None:
    with contextlib.suppress(TilewizardError):
        made(sample, *processors)


@pytest.mark.parametrize(
    "faulty", [{"type": "category-processor", "categories": [1], "target": "a"}, {"type": "new"}, {"type": []}]
)
def test_a_processor_out_of_form_is_told(faulty: dict[str, Any]) -> None:
    with pytest.raises(TilewizardError):
        made("x", faulty)


def test_a_dot_takes_line_ends_and_what_is_empty_is_no_attribute() -> None:
    assert compiled("r .*\\n%{word:kind}: %{data:said}", "")[0].parse("a\nb\nOops: x") == {"kind": "Oops", "said": "x"}
    assert compiled("r \\[%{data:a}\\]%{data:b:keyvalue}", "")[0].parse("[]none") == {}


def test_the_last_date_remapper_that_finds_a_date_counts() -> None:
    dated = [{"type": "date-remapper", "sources": [name]} for name in ("a", "b", "c")]
    assert made('{"a": 1000, "b": 2000}', *dated)["timestamp"] == 2000


def test_a_trace_says_what_each_processor_did() -> None:
    processors = (
        {
            "type": "pipeline",
            "filter": {"query": "@kind:none"},
            "processors": [{"type": "date-remapper", "sources": ["a"]}],
        },
        {"type": "grok-parser", "source": "message", "grok": {"matchRules": "one %{word:a}\ntwo %{word:a} %{word:b}"}},
        {"type": "attribute-remapper", "name": "move", "sources": ["a"], "target": "c.d"},
        {"type": "status-remapper", "sources": ["b"]},
        {"type": "geo-ip-parser", "sources": ["ip"], "target": "place"},
    )
    event = run(Pipeline("a", processors, frozenset()), "x 12", None, trace=True)
    assert [step.line() for step in event.steps or ()] == [
        "pipeline: nothing to do",
        "grok-parser by the rule two: custom.a = 'x', custom.b = '12'",
        "attribute-remapper 'move': custom.a goes, custom.c.d = 'x'",
        "status-remapper: status = 'info'",
        "geo-ip-parser: nothing to do",
    ]
    assert [step.lost for step in event.steps or ()] == ["", "", "", "12", ""]
    assert (event.steps or ())[1].place == ("pipeline", "processors", 1)


def test_a_list_of_ruby_that_is_cut_off_ends_with_its_hash() -> None:
    assert compiled("r %{data::rubyhash}", "")[0].parse('{:a=>1, :b=>["x", "y"}') == {"a": 1, "b": ["x", "y"]}
