"""Twice the text is twice the work, whatever stands in it: counted in calls, never by the clock.

What a regular expression or a grammar does inside of one call, no counter sees: those texts that such a call once took the
square of their length for are read at a size at which it would exceed the processor time that their process may use by far.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target
from tilewizard.rules.registry import all_rules
from tilewizard.tile.tile import CHANGELOG, MANIFEST, METADATA, README

from tests.conftest import quick_first
from tests.growing import calls
from tests.rules.clean_tile import METADATA as ROWS
from tests.rules.clean_tile import clean_tile
from tests.starting import run

HEAD = "# Acme\n\n## Overview\n\nIt is.\n\n## Setup\n\n1. Do.\n\n"
LOG = "# CHANGELOG - Acme\n\n## 1.0.0"
BOARD = "assets/dashboards/acme_widget_overview.json"
PIPELINE = "assets/logs/acme_widget.yaml"
FIRST = (300, 1_000, 3_000)
"""Pieces of the smaller text, quick and thorough: what grows with the square is four times as much in any of them."""
GROWTH = 2.2
"""Times the calls of the smaller text that the one of twice its size may take."""


def markdown(piece: str, end: str = "") -> Callable[[int], str]:
    return lambda count: HEAD + piece * count + end


def numbered(line: str) -> Callable[[int], str]:
    return lambda count: "".join(line.format(n=number) for number in range(count))


def after(head: str, piece: str, end: str = "") -> Callable[[int], str]:
    return lambda count: head + piece * count + end


READMES = {
    "tildes": markdown("~"),
    "backticks": markdown("`"),
    "backticks apart": markdown("` "),
    "fences": markdown("~~~\n"),
    "fences with a language": markdown("```a\n"),
    "pictures that stay open": markdown("!["),
    "links that stay open": markdown("[a](b "),
    "labels": markdown("[a]:"),
    "one definition": markdown("[a]: https://acme.example\n"),
    "definitions": lambda count: HEAD + numbered("[{n}]: https://acme.example/{n}\n")(count),
    "references": lambda count: HEAD + numbered("[a{n}][{n}]\n\n")(count),
    "links": markdown("[a](https://acme.example) b\n\n"),
    "links of other letters": markdown("[ü](https://acme.example/ü) ü\n\n"),
    "pictures": lambda count: HEAD + numbered("![a](images/{n}.png)\n\n")(count),
    "pictures as HTML": markdown("<img src='images/a.png'>\n\n"),
    "tags that stay open": markdown("<img "),
    "tags with a quote": markdown('<a "'),
    "blocks of HTML": markdown("<div>\n\n"),
    "closing tags": markdown("</div>\n"),
    "comments": markdown("<!--\n"),
    "comments on one line": markdown("<!--"),
    "stars": markdown("*"),
    "emphasis": markdown("**a "),
    "items": markdown("* a\n"),
    "an item of many lines": lambda count: HEAD + "* a\n" + "  a\n" * count,
    "quotes": markdown("> a\n"),
    "signs of a heading": markdown("# "),
    "blanks in a heading": lambda count: HEAD + "## a" + " " * count + "b\n",
    "closing signs of a heading": lambda count: HEAD + "## a" + " #" * count + " b\n",
    "headings": lambda count: HEAD + numbered("## a{n}\n")(count),
    "headings of one name": markdown("## a\n"),
    "underlined": markdown("a\n-\n"),
    "rules": markdown("-"),
    "a table": lambda count: HEAD + "|a|b|\n|-|-|\n" + "|a|b|\n" * count,
    "a wide table": lambda count: HEAD + "|a" * count + "\n" + "|-" * count + "\n",
    "blank lines": markdown("\n"),
    "blanks": markdown(" "),
    "old line ends": markdown("\r"),
    "code": markdown("    a\n"),
    "words": markdown("simply "),
    "paragraphs": markdown("abc\n\n"),
    "backslashes": markdown("\\"),
    "control characters": markdown("\x01"),
}
CHANGELOGS = {
    "releases": lambda count: "# CHANGELOG - Acme\n\n" + numbered("## 1.{n}.0 / 2020-01-01\n\n* a\n\n")(count),
    "blanks after a version": after(LOG, " ", "x\n"),
    "slashes after a version": after(LOG, " /", "\n"),
    "brackets after a version": after(LOG, "(", "\n"),
    "items": after(f"{LOG}\n\n", "* a\n"),
    "a kind of many words": after(f"{LOG}\n\nA", " a", "\n"),
}
TABLES = {
    "metrics": lambda count: ROWS + numbered("acme.more{n},gauge,,,,More.,0,acme,more {n}\n")(count),
    "one metric": after(ROWS, "acme.more,gauge,,,,More.,0,acme,more\n"),
    "commas": after("", ","),
    "quotes": after("", '"'),
    "cells in quotes": after("a,b\n", '"a",""\n'),
    "rows of another width": after("a,b\n", '"a",b,c\n'),
    "old line ends": after("", "a\r"),
}
BOARDS = {
    "lists": after("", "["),
    "objects": after("", '{"a":'),
    "one key": after("{", '"a":1,', '"a":1}'),
    "items": after("[", "1,", "1]"),
    "quotes": after("", '"'),
    "an object that stays open": after("{", '"a":1,'),
    "widgets": after('{"title":"ü","widgets":[', '{"definition":{"type":"x"}},', "{}]}"),
    "streams and graphs": after(
        '{"layout_type":"ordered","title":"a","widgets":[',
        '{"definition":{"type":"log_stream","title":"Acme Widget (ms)"},"layout":{"x":0,"y":9,"width":4,"height":1}},'
        '{"definition":{"type":"group","title":"about","widgets":[{"definition":{"type":"timeseries"}}]},'
        '"layout":{"x":0,"y":0,"width":4,"height":1}},',
        "{}]}",
    ),
    "queries": after('{"widgets":[{"definition":{"requests":[', '{"q":"avg:a.b{*}"},', "{}]}}]}"),
}
PIPELINES = {
    "keys": numbered("k{n}: a\n"),
    "a list": after("a:\n", "- b\n"),
    "dashes": after("", "- "),
    "brackets": after("", "{"),
    "colons": after("", ": "),
    "processors of other letters": after("id: a\npipeline:\n  processors:\n", '    - type: "ü"\n      name: a\n'),
    "a text of many lines": after("a: |\n", "  b\n"),
    "aliases": lambda count: "a: &a b\n" + numbered("k{n}: *a\n")(count),
}
KINDS: dict[str, dict[str, Callable[[int], str]]] = {
    README: READMES,
    CHANGELOG: CHANGELOGS,
    METADATA: TABLES,
    BOARD: BOARDS,
    PIPELINE: PIPELINES,
}
CASES = [pytest.param(file, make, id=f"{file}: {name}") for file, each in KINDS.items() for name, make in each.items()]


@pytest.mark.parametrize("first", quick_first(FIRST))
@pytest.mark.parametrize(("file", "make"), CASES)
def test_twice_the_text_takes_twice_the_calls(file: str, make: Callable[[int], str], first: int) -> None:
    all_rules()
    clean = clean_tile(Target.MARKETPLACE)

    def calls_of(size: int) -> int:
        tile = clean.with_text(file, make(size))
        return calls(lambda: check(tile))

    def over() -> float:
        check(clean.with_text(file, make(1)))  # What is imported and compiled once is done.
        fixed, once, twice = (calls_of(size) for size in (1, first, 2 * first))
        return twice - fixed - GROWTH * (once - fixed) - 500

    if over() > 0:
        re.purge()  # It keeps 512 patterns; of a process that has seen more it forgets some in the middle of a count.
        assert over() <= 0


SECONDS = 20
"""Of processor time: what is read in the square of its length takes minutes at these sizes, else it takes tenths."""
LONG: dict[str, tuple[str, Callable[[int], str], int]] = {
    "tildes": (README, READMES["tildes"], 400_000),
    "backticks": (README, READMES["backticks"], 400_000),
    "pictures that stay open": (README, READMES["pictures that stay open"], 400_000),
    "comments on one line": (README, READMES["comments on one line"], 200_000),
    "blanks in a heading": (README, READMES["blanks in a heading"], 400_000),
    "links of other letters": (README, READMES["links of other letters"], 25_000),
    "one definition": (README, READMES["one definition"], 35_000),
    "keys of YAML": (PIPELINE, PIPELINES["keys"], 100_000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_a_long_text_takes_bounded_processor_time(name: str, tmp_path: Path) -> None:
    file, make, size = LONG[name]
    place = tmp_path / "acme" / file
    place.parent.mkdir(parents=True)
    place.write_bytes(make(size).encode())
    (tmp_path / "acme" / MANIFEST).write_text("{}", "utf-8", newline="")
    words = ("check", "--no-cache", "--format", "json", "--target", "marketplace", tmp_path / "acme")
    done = run(*words, limits={"RLIMIT_CPU": SECONDS})
    assert done.returncode == 1, done.stderr[-500:]
    assert json.loads(done.stdout)["tiles"][0]["findings"]


@pytest.mark.parametrize("text", [HEAD + "![" * 60_000, HEAD + "a" * 300_000, "a\n" * 600_000])
def test_what_is_not_looked_into_is_told(text: str) -> None:
    found = check(clean_tile(Target.MARKETPLACE).with_text(README, text))
    assert "readme/missing" in {finding.rule for finding in found}


def test_an_address_that_is_not_utf_8_is_read() -> None:
    text = f"{HEAD}See [a][1].\n\n[1]: https://acme.example/\udce9\n"
    document = clean_tile(Target.MARKETPLACE).with_text(README, text).file(README)
    assert document is not None
    assert [each.url for each in document.readme.definitions] == ["https://acme.example/\udce9"]


@pytest.mark.parametrize("column", ROWS.splitlines()[0].split(","))
def test_a_table_without_a_column_is_checked(column: str) -> None:
    rows = [line.split(",") for line in ROWS.splitlines()]
    at = rows[0].index(column)
    # Every other cell is wrong, so that each rule has something to say, of a row without that column.
    wrong = [rows[0], *(["?" for _ in row] for row in rows[1:]), ["" for _ in rows[0]]]
    text = "\n".join(",".join(cell for index, cell in enumerate(row) if index != at) for row in wrong) + "\n"
    assert check(clean_tile(Target.MARKETPLACE).with_text(METADATA, text))
