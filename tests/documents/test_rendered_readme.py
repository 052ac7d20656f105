"""A README as Datadog's validators see it, where that differs from Markdown; tables and objects that are too long."""

from __future__ import annotations

import json

import pytest
from tilewizard.checking.check import FINDINGS_MAX, check
from tilewizard.documents.csv_document import ROWS_MAX, CsvDocument
from tilewizard.documents.json_document import JsonDocument
from tilewizard.documents.readme_document import ReadmeDocument
from tilewizard.documents.rendered_readme import RenderedReadme
from tilewizard.errors import TilewizardError

from tests.growing import even
from tests.rules.clean_tile import clean_tile


def rendered(text: str) -> RenderedReadme:
    return RenderedReadme(ReadmeDocument.parse(text))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("## Setup\n\nText.\n", ["Setup"]),
        ("## Setup ##\n", ["Setup"]),
        ("Setup\n-----\n", ["Setup"]),
        ("## Setup\r\n\r\nText.\r\n", ["Setup"]),
        ("<br>\n\n## Setup\n", ["Setup"]),
        ("Text <b>\n\n## Setup\n", ["Setup"]),
        ("<div>\n</div>\n\n## Setup\n", ["Setup"]),
        ("<div/>\n\n## Setup\n", ["Setup"]),
        ("`<div>`\n\n## Setup\n", ["Setup"]),
        ("<!-- <div> -->\n\n## Setup\n", ["Setup"]),
        (" ## Setup\n", []),
        ("## Setup ## \n", []),
        ("Setup\n ---\n", []),
        ("<div>\n\n## Setup\n\n</div>\n\n## Support\n", ["Support"]),
        ("<details>\n\n## Setup\n", []),
        ("<div><div></div>\n\n## Setup\n\n</div>\n\n## Support\n", ["Support"]),
    ],
)
def test_headings_that_are_found_there(text: str, titles: list[str]) -> None:
    assert [heading.title for heading in rendered(text).sections] == titles


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("![a](b.png)", ["b.png"]),
        ('![a](b.png "c")', ["b.png"]),
        ("![a](b c.png)", ["b c.png"]),
        ("![a](b.png =300x)", ["b.png =300x"]),
        ("![a][1]\n\n[1]: b.png\n", ["b.png"]),
        ('<img alt="a > b" src="b.png">', ["b.png"]),
        ("<IMG data-src='c.png' src=b.png />", ["b.png"]),
        ("<img alt='a'>", [None]),
        ("`<img src=b.png>` and `![a](b c.png)`", []),
        ("```\n<img src=b.png>\n```\n", []),
        ("```\na\n\n<img src=b.png>\n```\n", ["b.png"]),
    ],
)
def test_pictures_that_are_found_there(text: str, urls: list[str | None]) -> None:
    assert [picture.url for picture in rendered(text).pictures] == urls


@pytest.mark.parametrize(
    "piece", ["<img ", '<img "', "<div>", "</div>", "<!--", "```\n", "`a ", "<a ", '<a b="', "<", "~~~\n\n"]
)
def test_much_of_anything_takes_time_that_grows_evenly(piece: str) -> None:
    def read(size: int) -> None:
        readme = RenderedReadme(ReadmeDocument(piece * (size // len(piece))))
        assert readme.raw_html is not None and readme._without_code is not None

    assert even(read, 40_000)


def test_a_table_that_is_too_long_is_neither_read_nor_edited() -> None:
    table = CsvDocument.parse("a\n" + "x\n" * (ROWS_MAX + 1))
    assert [fault.kind for fault in table.faults] == ["size"] and not table.rows
    with pytest.raises(TilewizardError, match="isn't edited"):
        table.with_rows([{"a": "y"}])


def test_places_in_a_large_object_and_a_large_list_are_those_of_a_small_one() -> None:
    document = JsonDocument.parse(
        json.dumps({"list": list(range(1000)), **{f"k{n}": n for n in range(1000)}, "k7": "last"})
    )
    assert document.span("/k999") is not None and document.offset("/nothing") is None
    for pointer in ("/k0", "/k7", "/k999", "/list/0", "/list/999"):
        start, end = document.span(pointer) or (0, 0)
        assert json.loads(document.text[start:end]) == document.get(pointer)
    repeated = JsonDocument.parse("{" + ",".join(f'"k{n % 500}":{n}' for n in range(1000)) + "}")
    start, end = repeated.span("/k3") or (0, 0)
    assert repeated.text[start:end] == "503"


@pytest.mark.slow
def test_a_rule_stops_after_many_findings_and_says_so() -> None:
    manifest = clean_tile().manifest.with_value("", {f"k{n}": n for n in range(1000)}).text
    found = [
        each for each in check(clean_tile().with_text("manifest.json", manifest)) if each.rule == "manifest/unknown-key"
    ]
    assert len(found) == FINDINGS_MAX + 1 and any("more than" in each.message for each in found)
