"""What a pipeline makes of a sample: grok, filters, dates, remappers, queries, and the two commands."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.commands.logs import command
from tilewizard.errors import TilewizardError
from tilewizard.logs import dates
from tilewizard.logs.arithmetic import calculate
from tilewizard.logs.cases import pipeline_of, read_file, run_tests
from tilewizard.logs.event import Event
from tilewizard.logs.grok import compiled
from tilewizard.logs.pipeline import Pipeline, run
from tilewizard.logs.processors import PROCESSORS, status_of
from tilewizard.logs.search import query
from tilewizard.logs.updating import updated

from tests.conftest import CORPUS, needs_corpus

PUBLISHED = 0.95
"""The share of the published tests whose every stated field must be equal."""


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


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        # terms, sequences and operators
        ("*", True),
        ("hello", True),
        ("hell", False),
        ("hello there", True),
        ("there hello", True),
        ('"hello there"', True),
        ('"there hello"', False),
        ("hello AND nobody", False),
        ("hello OR nobody", True),
        ("hello -nobody", True),
        ("hello -there", False),
        ("NOT (service:shop OR @code:204)", False),
        # wildcards, which quotes and backslashes switch off
        ("hel*", True),
        ("*there", True),
        ("*lo th*", False),
        ("*ello*", True),
        ('"*ello*"', False),
        ("@user.name:b*", True),
        ("@user.name:b?b", True),
        ("@user.name:b?", False),
        ("@says:hello?world", True),
        ("@stars:a\\*b", True),
        ("@stars:a\\?b", False),
        # attributes: case counts, special characters are escaped or quoted
        ("@user.name:BOB", False),
        ('@user.name:"bob" OR @code:1', True),
        ("@kind:hello\\:world", True),
        ('@kind:"hello:world"', True),
        ("@path:/api\\-v1/*", True),
        ("@code:(200 OR 404) @user.name:b*", False),
        ("@code:(200 OR 204) @user.name:b*", True),
        ("@missing:*", False),
        ("-@missing:* AND env:prod", True),
        # numbers
        ("@code:>100", True),
        ("@code:>=204", True),
        ("@code:>204", False),
        ("@code:<=204 @code:<205", True),
        ("@code:[200 TO 299]", True),
        ("@code:[205 TO *]", False),
        # tags and the source
        ("source:acme", True),
        ("-source:acme", False),
        ("env:(prod OR test)", True),
        ("(env:prod AND -version:beta)", True),
        ("tags:critical", True),
        ("tags:crit", False),
        # lists
        ("@names:Peter", True),
        ("@names:Pete", False),
        ("@rows.name:ObjectServer", True),
        ("@rows.name:Other", False),
        # networks
        ("CIDR(@ip,13.0.0.0/8)", True),
        ("CIDR(@ip, 14.0.0.0/8, 13.1.0.0/16)", True),
        ("source:acme NOT(CIDR(@ip, 13.0.0.0/8))", False),
        ("CIDR(@ips,2001:db8::/32)", True),
        ("CIDR(@code,13.0.0.0/8)", False),
    ],
)
def test_a_query(text: str, matches: bool) -> None:
    event = Event(
        custom={
            "code": 204,
            "user": {"name": "bob"},
            "says": "hello world",
            "stars": "a*b",
            "kind": "hello:world",
            "path": "/api-v1/a",
            "names": ["Peter", "Mary"],
            "rows": [{"name": "x"}, {"name": "ObjectServer"}],
            "ip": "13.1.2.3",
            "ips": ["::1", "2001:db8::1"],
        },
        message="Hello there",
        tags=["env:prod", "critical"],
        sources=frozenset({"acme"}),
    )
    assert query(text)(event) is matches


@pytest.mark.parametrize("text", ["*:hello", "CIDR(@ip,nowhere)", "CIDR(@ip,10.0.0.0/8", "(a", '"a'])
def test_a_query_that_no_pipeline_takes_is_told(text: str) -> None:
    with pytest.raises(TilewizardError):
        query(text)


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


PIPELINE = """id: acme
pipeline:
  type: pipeline
  filter: {query: "source:acme"}
  processors:
    - type: grok-parser
      source: message
      grok: {supportRules: "", matchRules: "r %{word:level} %{data:message}"}
    - type: status-remapper
      sources: [level]
"""
TESTS = """# kept
id:   "acme"
tests:
 -
  sample:  "error it broke"
  result:
    status: "info"
 -
  sample: "info fine"   # kept too
  result:
    status: "info"
"""


def tile(folder: Path) -> Path:
    logs = folder / "assets" / "logs"
    logs.mkdir(parents=True)
    (logs / "acme.yaml").write_text(PIPELINE)
    (logs / "acme_tests.yaml").write_text(TESTS)
    return folder


def test_run_answers_each_line_and_goes_on(tmp_path: Path) -> None:
    pipeline = str(tile(tmp_path) / "assets" / "logs" / "acme.yaml")
    traced = CliRunner().invoke(command, ["run", pipeline, "--trace"], input='{"sample": "error it broke"}').output
    assert json.loads(traced)["trace"][1] == "status-remapper: status = 'error'"
    lines = '{"sample": "error it broke", "service": "shop"}\nnot json\n[1]\n{"sample": "info fine"}\n'
    answers = [
        json.loads(line) for line in CliRunner().invoke(command, ["run", pipeline], input=lines).output.splitlines()
    ]
    assert [answer.get("status") for answer in answers] == ["error", None, None, "info"]
    assert answers[0]["service"] == "shop" and answers[0]["message"] == "error it broke" and answers[0]["unknown"] == []
    assert [answer.get("line") for answer in answers] == [None, 2, 3, None]


def test_update_writes_the_results_that_differ_and_keeps_the_rest(tmp_path: Path) -> None:
    folder = tile(tmp_path)
    tests = folder / "assets" / "logs" / "acme_tests.yaml"
    told = CliRunner().invoke(command, ["test", str(folder)], standalone_mode=False)
    assert told.return_value == 1 and "status: the test states 'info', the pipeline gives 'error'" in told.output
    CliRunner().invoke(command, ["test", str(folder), "--update"], standalone_mode=False)
    text = tests.read_text()
    assert text.startswith(TESTS[: TESTS.index("  result:")]) and text.endswith(
        TESTS[TESTS.index(' -\n  sample: "info') :]
    )
    assert CliRunner().invoke(command, ["test", str(folder)], standalone_mode=False).return_value == 0


@needs_corpus
def test_published_tests_are_equal() -> None:
    equal = every = 0
    for tests in sorted(CORPUS.glob("*/assets/logs/*_tests.yaml")):
        cases = run_tests(pipeline_of(tests.with_name(tests.name.replace("_tests", ""))), read_file(tests), str(tests))
        equal += sum(not case.differences for case in cases)
        every += len(cases)
    assert equal >= PUBLISHED * every


def test_update_writes_only_what_a_test_states_and_refuses_what_datadog_alone_knows() -> None:
    pipeline = Pipeline(
        "acme",
        (
            {"type": "status-remapper", "sources": ["level"]},
            {"type": "geo-ip-parser", "sources": ["ip"], "target": "place"},
        ),
        frozenset({"acme"}),
    )
    stated = 'tests:\n- sample: \'{"level": "warn"}\'\n  result:\n    custom: {}\n    message: old\n'
    written = updated(stated, run_tests(pipeline, stated))
    assert "level: warn" in written and "status:" not in written and "timestamp:" not in written
    unknown = stated.replace("level", "ip").replace("warn", "1.2.3.4")
    with pytest.raises(TilewizardError, match=r"test 1 can't be written: `custom.place`"):
        updated(unknown, run_tests(pipeline, unknown))
    known = unknown.replace("custom: {}", "custom: {place: {country: France}}")
    assert "country: France" in updated(known, run_tests(pipeline, known))


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
