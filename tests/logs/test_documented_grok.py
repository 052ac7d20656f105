"""Every matcher and filter of the grok parser, and dates, with what they take and what they refuse.

As Datadog's documentation states them: docs.datadoghq.com/logs/log_configuration/parsing.
"""

from __future__ import annotations

from typing import Any

import pytest
from tilewizard.errors import TilewizardError
from tilewizard.logs import dates
from tilewizard.logs.filters import FILTERS
from tilewizard.logs.grok import MATCHERS, compiled

UUID = "123e4567-e89b-12d3-a456-426614174000"
TAKEN: dict[str, list[tuple[str, Any]]] = {
    "notSpace": [("a-b:c", "a-b:c")],
    "numberStr": [("-1.50", "-1.50"), ("+7", "+7")],
    "number": [("1.50", 1.5), ("-3", -3)],
    "numberExtStr": [("1.5e3", "1.5e3"), ("2", "2")],
    "numberExt": [("1.5E-3", 0.0015), ("2.5", 2.5)],
    "integerStr": [("007", "007")],
    "integer": [("-12", -12), ("007", 7)],
    "integerExtStr": [("2e3", "2e3")],
    "integerExt": [("2e3", 2000), ("5", 5)],
    "word": [("a_B9", "a_B9")],
    "doubleQuotedString": [('"a b"', "a b"), ('""', None)],
    "singleQuotedString": [("'a b'", "a b")],
    "quotedString": [("'a'", "a"), ('"a"', "a")],
    "uuid": [(UUID, UUID), (UUID.upper(), UUID.upper())],
    "mac": [("00:1A:2b:3c:4d:5e", "00:1A:2b:3c:4d:5e"), ("00-1a-2b-3c-4d-5e", "00-1a-2b-3c-4d-5e")],
    "ipv4": [("192.0.2.255", "192.0.2.255")],
    "ipv6": [("::1", "::1"), ("2001:db8::8:800:200c:417a", "2001:db8::8:800:200c:417a"), ("::ffff:192.0.2.1",) * 2],
    "ip": [("192.0.2.1",) * 2, ("::1",) * 2],
    "hostname": [("web-1.acme.example",) * 2, ("localhost",) * 2],
    "ipOrHost": [("192.0.2.1",) * 2, ("::1",) * 2, ("web-1",) * 2],
    "port": [("443", "443"), ("65535", "65535")],
    "data": [("", None), ("a b\nc", "a b\nc")],
}
REFUSED: dict[str, list[str]] = {
    "notSpace": ["", "a b", "a\tb"],
    "numberStr": ["1e3", "1,5", "x"],
    "number": ["1e3", "1.2.3", ""],
    "numberExtStr": ["1e", "e3"],
    "numberExt": ["1e1.5", "x"],
    "integerStr": ["1.0", "x"],
    "integer": ["1.5", "1e3", ""],
    "integerExtStr": ["1.5e3"],
    "integerExt": ["1.5e3", "e3"],
    "word": ["a-b", "a b", ""],
    "doubleQuotedString": ["'a'", '"a', "a"],
    "singleQuotedString": ['"a"', "'a"],
    "quotedString": ["a", "'a\""],
    "uuid": [UUID[:-1], UUID.replace("-", ""), UUID.replace("e", "g")],
    "mac": ["00:1A:2b:3c:4d", "00:1A:2b:3c:4d:5g"],
    "ipv4": ["256.1.1.1", "1.2.3", "1.2.3.4.5"],
    "ipv6": ["1", "192.0.2.1", "2001:db8::g"],
    "ip": ["web", "1.2.3"],
    "hostname": ["a b", "-a", "a..b"],
    "ipOrHost": ["a b", "a/b"],
    "port": ["65536", "99999", "-1", "x"],
    "data": [],
}
FILTERED: list[tuple[str, str, Any]] = [
    ("number", "1.50", 1.5),
    ("number", "x", None),
    ("integer", "12", 12),
    ("integer", "x", None),
    ("boolean", "TRUE", True),
    ("boolean", "false", False),
    ("boolean", "yes", None),
    ("string", "5", "5"),
    ('nullIf("-")', "-", None),
    ('nullIf("-")', "--", "--"),
    ("json", '{"a": {"b": [1, null]}}', {"a": {"b": [1, None]}}),
    ("json", "{a: 1}", None),
    ("rubyhash", '{name => "Jo", "job" => {"of" => 3, :x => nil}}', {"name": "Jo", "job": {"of": 3, "x": None}}),
    ("rubyhash", "no hash", None),
    ("querystring", "?a=1&b=x%20y&a=2&c=", {"a": ["1", "2"], "b": "x y", "c": ""}),
    ("decodeuricomponent", "%2Fa%2Fb%C3%A9", "/a/bé"),
    ("lowercase", "ÀbC", "àbc"),
    ("uppercase", "àbC", "ÀBC"),
    ("scale(1000)", "1.5", 1500),
    ("scale(0.5)", "x", None),
    ("useragent", "curl/8.0", {"browser": "curl"}),
    ("useragent(decodeuricomponent:true)", "curl%2F8.0", {"browser": "curl"}),
    ("url", "https://a.example:80/c?d=e", {"scheme": "https", "host": "a.example", "port": 80, "path": "/c", "queryString": {"d": "e"}}),
    # keyvalue: separator, letters allowed besides, quotes, what parts the pairs
    ("keyvalue", "u=jo when=1/2 id=12 ok=true", {"u": "jo", "when": 1, "id": 12, "ok": True}),
    ("keyvalue", "a=<x y>, b='p q'; c=\"r, s\"", {"a": "x y", "b": "p q", "c": "r, s"}),
    ("keyvalue", "a= b=null c=1", {"c": 1}),
    ('keyvalue(": ")', "u: jo id: 12", {"u": "jo", "id": 12}),
    ('keyvalue("=", "/:")', "l=https://a.example/b u=jo", {"l": "https://a.example/b", "u": "jo"}),
    ('keyvalue(":", "/")', "/k:/v", {"/k": "/v"}),
    ('keyvalue(":=", "", "{}")', "k:={v w}", {"k": "v w"}),
    ('keyvalue(":=", "", "<>")', 'a:=x b:=</y> c:="z"', {"a": "x", "b": "/y"}),
    ('keyvalue("=", "", "", "|")', 'a=x|b="y"', {"a": "x", "b": "y"}),
    ('keyvalue("=")', "k:=v", None),
    # xml: attributes and text, tags that stand twice; entities are never followed
    ("xml", '<b k="K"><t l="en">H</t><y>5</y></b>', {"b": {"k": "K", "t": {"l": "en", "value": "H"}, "y": "5"}}),
    ("xml", "<s><b>H</b><b>E</b></s>", {"s": {"b": ["H", "E"]}}),
    ("xml", "<s>", None),
    ("xml", '<!DOCTYPE s [<!ENTITY e "x">]><s>&e;</s>', None),
    # csv: names, separator, quote
    ('csv("a,b,c")', 'J,1,"x, y"', {"a": "J", "b": 1, "c": "x, y"}),
    ('csv("a,b")', '"J ""D""",2.5', {"a": 'J "D"', "b": 2.5}),
    ('csv("a,b", ",", "\'")', "'J, ''D''',x", {"a": "J, 'D'", "b": "x"}),
    ('csv("a,b", "|")', "J|x", {"a": "J", "b": "x"}),
    ('csv("a,b", "tab")', "J\tx", {"a": "J", "b": "x"}),
    ('csv("a,b")', "1,2,3", {"a": 1, "b": 2}),
    ('csv("a,b,c")', "x,,y", {"a": "x", "c": "y"}),
    # array: brackets, separator, a filter or a rule for each cell
    ("array", "[x, y]", ["x", "y"]),
    ('array(";")', "x;y", ["x", "y"]),
    ('array("{}", "-")', "{x-y}", ["x", "y"]),
    ('array("[]", ",", integer)', "[1, 2]", [1, 2]),
    ('array("[]", ",", uppercase)', "[x, y]", ["X", "Y"]),
    ('array("[]", ",", pair)', "[1 x, 2 y]", [{"n": 1, "w": "x"}, {"n": 2, "w": "y"}]),
    ('array("[]", ",", pair)', "[1 x, other]", [{"n": 1, "w": "x"}, "other"]),
]  # fmt: skip


@pytest.mark.parametrize(("matcher", "text", "value"), [(name, *each) for name, all_ in TAKEN.items() for each in all_])
def test_a_matcher_takes(matcher: str, text: str, value: Any) -> None:
    taken = compiled(f"r <%{{{matcher}:a}}>", "")[0].parse(f"<{text}>")
    assert taken == ({} if value is None else {"a": value})
    assert taken is not None and isinstance(taken.get("a"), type(value))


@pytest.mark.parametrize(("matcher", "text"), [(name, each) for name, all_ in REFUSED.items() for each in all_])
def test_a_matcher_refuses(matcher: str, text: str) -> None:
    assert compiled(f"r <%{{{matcher}:a}}>", "")[0].parse(f"<{text}>") is None


def test_every_matcher_and_filter_is_tried() -> None:
    assert set(MATCHERS) == set(TAKEN) == set(REFUSED)
    assert set(FILTERS) == {text.partition("(")[0] for text, _, _ in FILTERED}


@pytest.mark.parametrize(("text", "value", "made"), FILTERED)
def test_a_filter_makes(text: str, value: str, made: Any) -> None:
    taken = compiled(f"r %{{data:a:{text}}}", "pair %{integer:n} %{word:w}")[0].parse(value)
    assert taken is not None
    got = taken.get("a")
    if text.startswith("useragent"):
        got = {"browser": got["browser"]["family"]}
    assert got == made


@pytest.mark.parametrize(
    ("rule", "text", "taken"),
    [
        ('r %{boolean("on", "off"):a}', "ON", {"a": True}),
        ('r %{boolean("on", "off"):a}', "off", {"a": False}),
        ('r %{boolean("on", "off"):a}', "true", None),
        ('r %{regex("[a-c]{2}"):a}%{integer:b}', "ab1", {"a": "ab", "b": 1}),
        ('r %{regex("[a-c]{2}"):a}%{integer:b}', "abc1", None),
        ("r %{data::keyvalue}", "a=1 b=2", {"a": 1, "b": 2}),
        ("r %{data:m:keyvalue}", "a=1", {"m": {"a": 1}}),
        ("r %{data:m:keyvalue}", "none", {}),
        ("r (%{integer:u.id}|%{word:u.name}) came", "12 came", {"u": {"id": 12}}),
        ("r (%{integer:u.id}|%{word:u.name}) came", "bo came", {"u": {"name": "bo"}}),
        ("r %{word:a} (%{integer:b} )?came", "bo came", {"a": "bo"}),
        ("r %{word:a} (%{integer:b} )?came", "bo 5 came", {"a": "bo", "b": 5}),
        ("r %{word}-%{word:a}", "x-y", {"a": "y"}),
        ("r a\\s+%{word:a}\\n%{word:b}", "a   x\ny", {"a": "x", "b": "y"}),
        ('r %{word:h} %{word:p}\\[%{number:id}\\]: %{data::json}', 'web app[7]: {"m": "GET"}', {"h": "web", "p": "app", "id": 7, "m": "GET"}),
    ],
)  # fmt: skip
def test_a_rule(rule: str, text: str, taken: dict[str, Any] | None) -> None:
    assert compiled(rule, "")[0].parse(text) == taken


def test_a_rule_for_cells_of_lists_in_lists_is_made_once_and_a_circle_is_told() -> None:
    support = "\n".join(f'l{n} %{{data:a:array(";", l{n + 1})}} %{{data:b:array(";", l{n + 1})}}' for n in range(15))
    assert compiled('r %{data:a:array(";", l0)}', f"{support}\nl15 %{{word:w}}")[0].parse("x") == {"a": ["x"]}
    with pytest.raises(TilewizardError, match="circle"):
        compiled('r %{data:a:array(",", s)}', 's %{data:b:array(";", s)}')


THURSDAY = "Thu Jun 16 08:29:03 2016"


@pytest.mark.parametrize(
    ("pattern", "zone", "text", "moment"),
    [
        ("HH:mm:ss", "", "14:20:15", 51_615_000),
        ("hh:mm:ss a", "", "02:20:15 PM", 51_615_000),
        ("hh:mm:ss a", "", "12:00:00 AM", 0),
        ("KK:mm a", "", "00:30 PM", 45_000_000),
        ("kk:mm", "", "24:30", 1_800_000),
        ("MM/dd/yyyy", "", "11/10/2014", 1_415_577_600_000),
        ("yy-M-d", "", "14-1-2", 1_388_620_800_000),
        ("yyyy-DDD", "", "2024-088", 1_711_584_000_000),
        ("EEE MMM dd HH:mm:ss yyyy", "", THURSDAY, 1_466_065_743_000),
        ("EEEE, d MMMM yyyy", "", "Thursday, 16 June 2016", 1_466_035_200_000),
        ("EEE MMM dd HH:mm:ss yyyy", "Europe/Paris", THURSDAY, 1_466_058_543_000),
        ("EEE MMM dd HH:mm:ss yyyy", "UTC+5", THURSDAY, 1_466_047_743_000),
        ("EEE MMM dd HH:mm:ss yyyy", "+3", THURSDAY, 1_466_054_943_000),
        ("dd/MMM/yyyy:HH:mm:ss Z", "", "06/Mar/2013:01:36:30 +0900", 1_362_501_390_000),
        ("yyyy-MM-dd'T'HH:mm:ss.SSSZ", "", "2016-11-29T16:21:36.431+0000", 1_480_436_496_431),
        ("yyyy-MM-dd'T'HH:mm:ss.SSSZZ", "", "2016-11-29T16:21:36.431+00:00", 1_480_436_496_431),
        ("yyyy-MM-dd HH:mm:ss ZZZ", "", "2016-06-16 08:29:03 Europe/Paris", 1_466_058_543_000),
        ("yyyy-MM-dd HH:mm:ss.SSSSSS", "", "2016-11-29 16:21:36.431999", 1_480_436_496_431),
        ("yyyy-MM-dd 'at' HH 'o''clock'", "", "2016-11-29 at 16 o'clock", 1_480_435_200_000),
        ("HH:mm:ss", "", "1:02:03", None),
        ("HH:mm:ss", "", "25:00:00", None),
        ("MM/dd/yyyy", "", "02/30/2014", None),
        ("MM/dd/yyyy", "", "11-10-2014", None),
        ("HH:mm", "Nowhere/Near", "10:00", None),
    ],
)
def test_a_date(pattern: str, zone: str, text: str, moment: int | None) -> None:
    assert dates.parse(text, pattern, zone) == moment


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        *[(name, 0) for name in ("GMT", "UTC", "UT", "Z")],
        *[(name, 12_600) for name in ("+03:30", "+0330", "UTC+3:30", "GMT+03:30", "UT+0330")],
        *[(name, -12_600) for name in ("-03:30", "-0330")],
        *[("+3", 10_800), ("+03", 10_800), ("+03:30:15", 12_615), ("-033015", -12_615)],
        *[("+18:00", 64_800), ("-18:00", -64_800), ("+18:01", None), ("UTC+19", None), ("nowhere", None)],
    ],
)
def test_a_zone(name: str, seconds: int | None) -> None:
    noon = dates.parse("2024-03-28 12:00", "yyyy-MM-dd HH:mm", name)
    assert noon == (None if seconds is None else (1_711_627_200 - seconds) * 1000)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        *[(value, 1_711_621_313_000) for value in (1711621313000, "1711621313000", "2024-03-28T10:21:53Z", "2024-03-28 10:21:53")],
        *[(value, 1_711_621_313_123) for value in ("2024-03-28T10:21:53.123456789Z", "2024-03-28T10:21:53,123Z", "2024-03-28T12:21:53.123+0200")],
        *[(value, 1_711_621_313_000) for value in ("20240328T102153Z", "20240328T122153+02", "2024-03-28T10:21:53+00:00")],
        *[("2024-03-28", 1_711_584_000_000), ("2024-03-28T10:21Z", 1_711_621_260_000), ("2024-03-28T10Z", 1_711_620_000_000)],
        *[("Mar 28 10:21:53", 39_003_713_000), ("Mar  8 10:21:53", 37_275_713_000)],
        *[(value, None) for value in ("03/28/2024", "2024-02-30", "2024-13-01T00:00:00Z", "now", "", True, None, [1])],
    ],
)  # fmt: skip
def test_a_date_that_the_date_remapper_reads(value: object, moment: int | None) -> None:
    assert dates.official(value) == moment
