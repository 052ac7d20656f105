"""From raw lines to a pipeline with passing tests, for each form; personal data found and masked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tilewizard.checking.check import check
from tilewizard.commands.logs import command
from tilewizard.errors import TilewizardError
from tilewizard.field.vocabulary import Target
from tilewizard.logs.cases import run_tests
from tilewizard.logs.formats import samples_in
from tilewizard.logs.personal import found_in, masked
from tilewizard.logs.pipeline import load, read, run
from tilewizard.logs.proposing import propose

from tests.rules.clean_tile import clean_tile

RAW: dict[str, tuple[str, dict[str, object]]] = {
    "JSON": (
        '{"timestamp": "2024-03-28T10:21:53Z", "level": "warn", "message": "slow", "service": "shop", "user_id": "u1", "took_ms": 12.5}\n'
        '{"timestamp": "2024-03-28T10:21:54Z", "level": "error", "message": "broke", "service": "shop", "cart": {"items": 3}}\n',
        {"status": "warn", "message": "slow", "service": "shop", "timestamp": 1711621313000, "custom.usr.id": "u1", "custom.acme.took_ms": 12.5},
    ),
    "key=value (logfmt)": (
        'time=2024-03-28T10:21:53Z level=error msg="could not open" path=/var/x count=3\n'
        'time=2024-03-28T10:21:54Z level=info msg=ready count=4\n',
        {"status": "error", "message": "could not open", "timestamp": 1711621313000, "custom.acme.count": 3, "custom.acme.path": "/var/x"},
    ),
    "access log of Apache or nginx (combined)": (
        '127.0.0.1 - bob [28/Mar/2024:10:21:53 +0000] "GET /a?b=c HTTP/1.1" 503 12 "-" "curl/8.0"\n',
        {"status": "error", "timestamp": 1711621313000, "custom.http.status_code": 503, "custom.http.url_details.path": "/a", "custom.http.auth": "bob"},
    ),
    "access log of Apache or nginx (common)": (
        '::1 - - [28/Mar/2024:10:21:53 +0000] "POST /a HTTP/1.0" 200 -\n',
        {"status": "ok", "custom.network.client.ip": "::1", "custom.http.method": "POST"},
    ),
    "error log of nginx": (
        "2024/03/28 10:21:53 [crit] 12#7: *3 connect() failed, client: 10.0.0.1, server: shop\n",
        {"status": "critical", "timestamp": 1711621313000, "message": "connect() failed", "custom.network.client.ip": "10.0.0.1"},
    ),
    "error log of Apache": (
        "[Thu Mar 28 10:21:53.123456 2024] [core:error] [pid 35:tid 43] [client 10.0.0.1:99] File does not exist\n",
        {"status": "error", "timestamp": 1711621313123, "message": "File does not exist", "custom.acme.pid": 35},
    ),
    "syslog (RFC 3164)": (
        "<34>Mar 28 10:21:53 web01 sshd[99]: Failed password\n<30>Mar  8 10:21:53 web01 cron: done\n",
        {"status": "critical", "message": "Failed password", "service": "sshd", "custom.syslog.hostname": "web01"},
    ),
    "syslog (RFC 5424)": (
        '<165>1 2024-03-28T10:21:53.003Z web01 shop 99 ID47 [ex@1 item="3"] It started\n',
        {"status": "notice", "message": "It started", "timestamp": 1711621313003, "service": "shop", "custom.acme.data.item": "3"},
    ),
    "CEF": (
        r"CEF:0|Acme|Wall|1.0|100|Port \| scan|9|src=10.0.0.1 dpt=22 rt=1711621313000" + "\n",
        {"status": "critical", "timestamp": 1711621313000, "message": r"Port \| scan", "custom.acme.cef.fields.dpt": 22},
    ),
    "LEEF": (
        "LEEF:1.0|Acme|Wall|2.1|Denied|src=10.0.0.1\tmsg=two words\tsev=4\n",
        {"status": "warn", "message": "two words", "custom.acme.leef.fields.src": "10.0.0.1"},
    ),
    "Java (Logback)": (
        "2024-03-28 10:21:53,123 [main] ERROR com.acme.Shop - It broke\njava.lang.IllegalStateException: no\n\tat com.acme.Shop.run(Shop.java:5)\n",
        {"status": "error", "message": "It broke", "timestamp": 1711621313123, "custom.logger.name": "com.acme.Shop"},
    ),
    "Java (Log4j)": (
        "2024-03-28 10:21:53.123 WARN  [pool-1] com.acme.Shop - Slow\n",
        {"status": "warn", "message": "Slow", "custom.logger.thread_name": "pool-1"},
    ),
    "Spring Boot": (
        "2024-03-28T10:21:53.123Z  INFO 7 --- [           main] c.acme.Shop                  : Started\n",
        {"status": "info", "message": "Started", "custom.acme.pid": 7},
    ),
    "Python (logging, as its manual shows)": (
        "2024-03-28 10:21:53,123 - acme.shop - ERROR - It broke\nTraceback (most recent call last):\n"
        '  File "a.py", line 1, in <module>\nValueError: no\n',
        {"status": "error", "message": "It broke", "custom.logger.name": "acme.shop"},
    ),
    "Python (basicConfig)": ("WARNING:root:Slow\n", {"status": "warn", "message": "Slow", "custom.logger.name": "root"}),
}  # fmt: skip


def at(result: dict[str, object], path: str) -> object:
    value: object = result
    for key in path.split("."):
        value = value[key] if isinstance(value, dict) else None
    return value


@pytest.mark.parametrize("form", RAW)
def test_raw_lines_become_a_pipeline_with_passing_tests(form: str) -> None:
    text, wanted = RAW[form]
    samples = samples_in(text)
    proposal = propose(samples, "acme")
    assert proposal.forms == {form: len(samples)} and proposal.unread == []
    pipeline = read(proposal.pipeline)
    cases = run_tests(pipeline, proposal.tests)
    assert cases and [case.differences for case in cases] == [()] * len(cases)
    result = run(pipeline, samples[0]).result()
    assert {path: at(result, path) for path in wanted} == wanted
    kinds = [each["type"] for each in pipeline.processors]
    assert {"date-remapper", "status-remapper", "service-remapper", "message-remapper"} <= set(kinds)
    for facet in load(proposal.pipeline, "")["facets"]:
        assert facet["path"].startswith("acme.") and facet["groups"] == ["Acme"]
        assert facet["type"] in ("string", "integer", "double", "boolean") and facet["facetType"] in ("list", "range")


def test_a_stack_is_kept_with_its_line() -> None:
    pipeline = read(propose(samples_in(RAW["Java (Logback)"][0]), "acme").pipeline)
    result = run(pipeline, samples_in(RAW["Java (Logback)"][0])[0]).result()
    assert "Shop.java:5" in str(at(result, "custom.error.stack"))


def test_forms_may_be_mixed_and_a_line_of_none_is_told() -> None:
    samples = samples_in(RAW["JSON"][0] + RAW["syslog (RFC 3164)"][0] + "hello there\n")
    proposal = propose(samples, "acme-shop")
    assert proposal.forms == {"JSON": 2, "syslog (RFC 3164)": 2} and proposal.unread == ["hello there"]
    assert not any(case.differences for case in run_tests(read(proposal.pipeline), proposal.tests))
    assert "hello there" not in proposal.tests + proposal.pipeline
    with pytest.raises(TilewizardError, match="form that is known"):
        propose(["hello there"], "acme")


def test_one_test_is_made_for_each_kind_of_line() -> None:
    lines = [f"<30>Mar 28 10:21:{second:02} web01 cron: done" for second in range(40)]
    assert len(load(propose(lines, "acme").tests, "")["tests"]) == 1


@pytest.mark.parametrize("source", ["", "Acme", "../x", "a b", "a/b"])
def test_a_source_that_is_none_is_refused(source: str) -> None:
    with pytest.raises(TilewizardError):
        propose(["x=1 y=2"], source)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("from ann@acme.com to 8.8.8.8", ["mail address", "IP address"]),
        ("card 4111 1111 1111 1111 ok", ["card number"]),
        ("number 4111 1111 1111 1112", []),
        ("Authorization: Bearer abcdef.ghijkl", ["token"]),
        ('{"password": "hunter22"}', ["password or key"]),
        ("api_key=0123456789abcdef", ["password or key"]),
        ("from 2606:4700::1111", ["IP address"]),
        ("10.0.0.1 192.0.2.1 127.0.0.1 user1@example.com at 10:21:53 version 1.2.3.4.5", []),
    ],
)
def test_personal_data_is_found(text: str, kinds: list[str]) -> None:
    assert [each.kind for each in found_in(text)] == kinds
    assert found_in(masked([text])[0]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0",
        "rt=1795687200000 end=1795687200009",  # Milliseconds with the check digit of a card.
        "at=1795687200000000",
        "10:00:00 10.0.0.1 192.168.1.1 ::1",
    ],
)
def test_what_only_looks_like_personal_data_is_left(text: str) -> None:
    assert found_in(text) == [] and masked([text]) == [text]


def test_the_message_of_cef_goes_on_to_the_next_key() -> None:
    head = "CEF:0|Acme|Wall|1.0|100|Denied|7|"
    lines = [
        f"{head}src=10.0.0.1 msg=not allowed \\= here rt=1711621313000",
        f"{head}msg=it ended",
        f"{head}src=10.0.0.1",
    ]
    tests = load(propose(lines, "acme").tests, "")["tests"]
    assert [each["result"]["message"] for each in tests] == ["not allowed \\= here", "it ended", "Denied"]


@pytest.mark.parametrize(
    "log", ['{"trace_id": "7", "spanId": 8}', '{"dd": {"trace_id": "7", "span_id": "8", "env": "x"}}']
)
def test_ids_of_traces_are_official(log: str) -> None:
    (test,) = load(propose([log], "acme").tests, "")["tests"]
    assert (test["result"]["trace_id"], test["result"]["span_id"]) == ("7", "8")


def test_the_same_data_gets_the_same_mask() -> None:
    assert masked(["8.8.8.8 ann@acme.com", "ann@acme.com 9.9.9.9 8.8.8.8"]) == [
        "192.0.2.1 user1@example.com",
        "user1@example.com 192.0.2.2 192.0.2.1",
    ]


def proposed(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, ["propose", *words], standalone_mode=False)
    return (2 if isinstance(done.exception, TilewizardError) else int(done.return_value or 0)), done.output


def test_a_pipeline_is_written_into_a_tile_and_its_tests_pass(tmp_path: Path) -> None:
    lines = tmp_path / "lines.log"
    lines.write_text('{"level": "warn", "message": "hi", "email": "ann@acme.com"}\n')
    tile = tmp_path / "acme"
    tile.mkdir()
    (tile / "manifest.json").write_text('{"app_id": "acme-shop"}')
    code, told = proposed(str(lines), "--source", "acme", "--into", str(tile), "--mask")
    assert code == 0 and "mail address" in told
    assert "metric_id: acme-shop\n" in (tile / "assets" / "logs" / "acme.yaml").read_text()
    assert "ann@acme.com" not in (tile / "assets" / "logs" / "acme_tests.yaml").read_text()
    assert CliRunner().invoke(command, ["test", str(tile)], standalone_mode=False).return_value == 0
    before = (tile / "assets" / "logs" / "acme.yaml").read_bytes()
    assert proposed(str(lines), "--source", "acme", "--into", str(tile))[0] == 2
    assert (tile / "assets" / "logs" / "acme.yaml").read_bytes() == before


@pytest.mark.parametrize("form", RAW)
def test_check_has_no_objection_to_what_is_proposed(form: str) -> None:
    proposal = propose(samples_in(RAW[form][0]), "acme_widget", "acme-corp-acme-widget")
    tile = clean_tile(Target.MARKETPLACE)
    for name, text in (("acme_widget", proposal.pipeline), ("acme_widget_tests", proposal.tests)):
        tile = tile.with_text(f"assets/logs/{name}.yaml", text)
    found = [each for each in check(tile) if each.rule.startswith("logs/")]
    # What a form does not have (a date, a service), its remapper waits for: a sample that has it is the user's to add.
    assert {each.rule for each in found} <= {"logs/processor-unreached"}, [each.message for each in found]


def test_of_several_forms_each_has_its_date_status_service_and_message() -> None:
    lines = [RAW[form][0].splitlines()[0] for form in ("syslog (RFC 5424)", "CEF", "key=value (logfmt)", "JSON")]
    pipeline = read(propose(lines, "acme").pipeline)
    results = [run(pipeline, line).result() for line in lines]
    assert [each["status"] for each in results] == ["notice", "critical", "error", "warn"]
    assert [each["message"] for each in results] == ["It started", r"Port \| scan", "could not open", "slow"]
    assert [each.get("service") for each in results] == ["shop", None, None, "shop"]
    assert {each["timestamp"] // 1000 for each in results} == {1711621313}
