"""Queries in Datadog's search syntax, on an event."""

from __future__ import annotations

import pytest
from tilewizard.errors import TilewizardError
from tilewizard.logs.event import Event
from tilewizard.logs.search import query


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
        ("@odd:a\\+b\\-c\\=d\\ \\(e\\)\\!\\#", True),
        ('@odd:"a+b-c=d (e)!#"', True),
        ("@odd:a?b?c?d*", True),
        ("@odd:a\\+b", False),
        ('@quoted:"say \\"hi\\""', True),
        ("HELLO", True),
        ("hello and there", False),
        ("hello or nobody", False),
        ("hello AND (nobody OR there) AND NOT nowhere", True),
        ("hello AND nobody OR there", True),
        ("-(hello OR nobody)", False),
        ("-hello OR -nobody", True),
        ("@user.name:(bob AND -bill)", True),
        ("@code:204", True),
        ("@code:2*", True),
        ("@code:20?", True),
        # numbers
        ("@code:{203 TO 205}", True),
        ("@code:{204 TO 205}", False),
        ("@code:[* TO 204]", True),
        ("@float:[0.5 TO 1]", True),
        ("@float:>-1", True),
        ("@says:>1", False),
        ("@names:>1", False),
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
            "odd": "a+b-c=d (e)!#",
            "quoted": 'say "hi"',
            "float": 0.75,
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
