"""READMEs that keep their bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.documents.readme_document import ReadmeDocument

from tests.conftest import corpus_tiles, needs_corpus

PLAIN = "# T\n\n## Overview\n\nOne.\n\n## Setup\n\nTwo.\n\n[1]: https://a.example\n"


def doc(text: str) -> ReadmeDocument:
    return ReadmeDocument.parse(text)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (PLAIN, ["Overview", "Setup"]),
        ("Overview\n--------\n\nx\n\nSetup\n---\ny", ["Overview", "Setup"]),
        ("## A ##\n\n```\n## no\n```\n\n~~~md\n## no\n~~~\n\n    ## no\n\n## B", ["A", "B"]),
        ("<div>\n## no\n</div>\n\n<!--\n## no\n-->\n\n## B\n", ["B"]),
        ("> ## no\n\n- ## no\n\n##no\n\n## B", ["B"]),
        ("## A\r\n\r\nx\r\n\r\n## B\r\ny", ["A", "B"]),
        ("## A\n\n## A\n", ["A", "A"]),
        ("", []),
    ],
)
def test_sections_are_those_that_a_reader_sees(text: str, titles: list[str]) -> None:
    assert [section.title for section in doc(text).sections] == titles
    assert len({section.key for section in doc(text).sections}) == len(titles)


def test_definitions_that_close_the_file_belong_to_no_section() -> None:
    document = doc("## A\n\nx [1]\n\n[1]: https://a.example\n[2]: <b> 'T'")
    assert document.body("A") == "x [1]"
    assert [(each.label, each.url) for each in document.trailing_definitions] == [
        ("1", "https://a.example"),
        ("2", "b"),
    ]
    assert doc("## A\n\n[1]: b\n\ntext\n").trailing_definitions == ()


def test_links_are_found_outside_code_with_their_kinds() -> None:
    document = doc(
        "## A\n\n[a](b) [c][1] [d] ![p](q.png) `[x](y)` <https://e.example> [z][9]\n\n```\n[n](m)\n```\n\n[1]: u\n"
    )
    found = [(link.text, link.kind, link.image, link.defined) for link in document.links]
    assert found == [
        ("a", "inline", False, True),
        ("c", "reference", False, True),
        ("p", "inline", True, True),
        ("https://e.example", "autolink", False, True),
        ("z", "reference", False, False),
    ]
    assert all(document.text[link.start] in "[!<" for link in document.links)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PLAIN, PLAIN.replace("One.", "New.")),
        (PLAIN.replace("\n", "\r\n"), PLAIN.replace("One.", "New.").replace("\n", "\r\n")),
        ("## Overview\nOne.", "## Overview\nNew."),
        ("## Overview\n\n\n\nOne.\n\n\n\n## B", "## Overview\n\n\n\nNew.\n\n\n\n## B"),
        ("## Overview\n", "## Overview\n\nNew.\n"),
        ("## Overview\n\n## B\n", "## Overview\n\nNew.\n\n## B\n"),
    ],
)
def test_another_body_leaves_everything_around_it(before: str, after: str) -> None:
    assert doc(before).with_body("Overview", "New.").text == after


def test_sections_come_go_move_and_change_their_names() -> None:
    document = doc(PLAIN)
    assert (
        "## Setup\n\nTwo.\n\n## Support\n\nMail.\n\n[1]:"
        in document.with_section("Support", "Mail.", after="Setup").text
    )
    assert document.without_section("Overview").text == PLAIN.replace("## Overview\n\nOne.\n\n", "")
    assert document.renamed_section("Setup", "Install").text == PLAIN.replace("## Setup", "## Install")
    moved = document.reordered(["Setup", "Overview"])
    assert moved.text == PLAIN.replace(
        "## Overview\n\nOne.\n\n## Setup\n\nTwo.", "## Setup\n\nTwo.\n\n## Overview\n\nOne."
    )
    assert document.with_definition("1", "https://b.example").text == PLAIN.replace("a.example", "b.example")
    assert document.with_definition("2", "x").text == PLAIN + "[2]: x\n"
    assert doc("## A\n\nx").with_definition("1", "u").text == "## A\n\nx\n\n[1]: u\n"


def test_inline_links_become_references_with_numbers_of_their_own() -> None:
    text = "## A\n\n[a](u) ![p](i.png) [b](v) [c](u) [d][1]\n\n[1]: w\n"
    assert doc(text).with_inline_links_as_references().text == (
        "## A\n\n[a][2] ![p](i.png) [b][3] [c][2] [d][1]\n\n[1]: w\n[2]: u\n[3]: v\n"
    )


LINES = st.lists(
    st.sampled_from(
        [
            "# T",
            "## A",
            "## B",
            "## A",
            "text [x][1]",
            "",
            "```",
            "- item",
            "[1]: u",
            "> q",
            "---",
            "    code",
            "<div>",
            "\t",
        ]
    ),
    max_size=14,
)


@settings(max_examples=200, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_whatever_the_text_an_edit_stays_in_its_section(lines: list[str], newline: str, ends: bool) -> None:
    text = newline.join(lines) + (newline if ends else "")
    document = doc(text)
    for section in document.sections:
        assert document.with_body(section.key, document.body(section.key)) is document
        edited = document.with_body(section.key, "Plain words.")
        assert edited.text.startswith(text[: section.start])
        assert edited.text.endswith(text[section.end :])


@pytest.mark.parametrize("text", ["[" * 20_000, "*" * 50_000, "> " * 5_000, "`" * 30_000, "#" * 10_000, "\0\x0c\ud800"])
def test_hostile_text_is_read_or_refused_but_never_hangs(text: str) -> None:
    document = doc(text)
    assert isinstance(document.sections, tuple) and isinstance(document.links, tuple)


@needs_corpus
@pytest.mark.parametrize("tile", corpus_tiles(), ids=lambda path: path.name)
def test_a_published_readme_changes_only_where_it_is_edited(tile: Path) -> None:
    if not (tile / "README.md").is_file():
        pytest.skip("has no README")
    document = doc((tile / "README.md").read_bytes().decode())
    for section in document.sections:
        heading = document.text[section.heading.start : section.heading.end]
        assert section.title in heading
        assert document.with_body(section.key, document.body(section.key)) is document
        edited = document.with_body(section.key, "Hello\n\n### X\n\nworld")
        assert edited.body(section.key) == "Hello\n\n### X\n\nworld"
        assert [each.key for each in edited.sections] == [each.key for each in document.sections]
