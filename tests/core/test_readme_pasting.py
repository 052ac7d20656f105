"""A whole README split into sections, its headings compared with those of a tile."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.answers.listing import Listing
from tilewizard.answers.model import Answers
from tilewizard.readme.paste import is_whole, split, taken_over
from tilewizard.rules.readme.readme import CUSTOMARY, REQUIRED_MARKETPLACE

KNOWN = (*REQUIRED_MARKETPLACE, *CUSTOMARY)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Overview", "Overview"),
        ("overview", "Overview"),
        ("Overveiw", "Overview"),
        ("SETUP:", "Setup"),
        ("Installation", "Setup"),
        ("Getting started", "Setup"),
        ("Uninstall", "Uninstallation"),
        ("Trouble shooting", "Troubleshooting"),
        ("FAQ", "Troubleshooting"),
        ("Metrics", "Data Collected"),
        ("Contact us", "Support"),
        ("Supported platforms", "Supported platforms"),
        ("Pricing", "Pricing"),
        ("Set", "Set"),
    ],
)
def test_a_heading_goes_to_the_section_that_it_means(heading: str, title: str) -> None:
    (piece,) = split(f"# A\n\n## {heading}\n\nText.\n", KNOWN).pieces
    assert (piece.heading, piece.title, piece.text) == (heading, title, "Text.")


def test_no_two_headings_go_to_one_section() -> None:
    pasted = split("## Installation\n\na\n\n## Configuration\n\nb\n\n## Support\n\nc\n\n## Help\n\nd\n", KNOWN)
    assert [piece.title for piece in pasted.pieces] == ["Setup", "Configuration", "Support", "Help"]
    pasted = split("## Installation\n\na\n\n## Setup\n\nb\n", KNOWN)
    assert [piece.title for piece in pasted.pieces] == ["Installation", "Setup"]


def test_a_heading_may_be_kept() -> None:
    pasted = split("## Installation\n\na\n\n## Costs\n\nb\n", KNOWN)
    assert pasted.switched(0).pieces[0].title == "Installation" and pasted.switched(0).switched(0) == pasted
    assert pasted.switched(1) == pasted


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", False),
        ("## One line", False),
        ("# Title\n\n### Deep\n", False),
        ("```\n## code\n```\n", False),
        ("> ## quoted\n\ntext\n", False),
        ("## A\n\ntext", True),
        ("## A\r\rtext", True),
        ("Setext\n------\n\ntext", True),
        ("\ufeff## A\r\n\r\ntext\r\n", True),
        ("## A\n" + "x" * 3_000_000, False),
    ],
)
def test_a_whole_readme_is_told_from_a_piece_of_one(text: str, whole: bool) -> None:
    assert is_whole(text) is whole


def test_replacing_takes_everything_over() -> None:
    pasted = split("# Acme\n\nIntro.\n\n## Installation\n\n[a][x]\n\n## Own\n\nb\n\n[x]: https://x.example\n", KNOWN)
    before = Answers(listing=Listing(title="Acme"), readme={"Support": "s"}, readme_links={"1": "https://1.example"})
    after = taken_over(before, pasted, "replace")
    assert list(after.readme.items()) == [("Setup", "[a][x]"), ("Own", "b")]
    assert (after.readme_links, after.readme_intro, after.readme_title) == ({"x": "https://x.example"}, "Intro.", "")


def test_merging_leaves_other_sections_and_gives_links_free_numbers() -> None:
    text = (
        "# Other\n\n## Overview\n\n[a][1], [b][2], ![p][2], [1], [c][new], `[1]`\n\n## Own\n\nb\n\n"
        "[1]: https://new.example\n[2]: https://1.example\n[new]: https://n.example\n"
    )
    links = {"1": "https://1.example", "2": "https://2.example"}
    before = Answers(readme={"Setup": "s", "Overview": "o"}, readme_links=links)
    after = taken_over(before, split(text, KNOWN), "merge")
    assert list(after.readme) == ["Setup", "Overview", "Own"] and after.readme["Setup"] == "s"
    assert after.readme["Overview"] == "[a][3], [b][1], ![p][1], [1][3], [c][new], `[1]`"
    assert after.readme_links == {**links, "3": "https://new.example", "new": "https://n.example"}
    assert after.readme_title == ""
    assert taken_over(after, split(text, KNOWN), "merge").readme_links == after.readme_links


def test_definitions_in_the_middle_go_to_the_links() -> None:
    pasted = split("## A\n\n[x][1]\n\n[1]: https://x.example\n\n## B\n\ny\n", KNOWN)
    assert pasted.links == {"1": "https://x.example"} and [piece.text for piece in pasted.pieces] == ["[x][1]", "y"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["## A", "## Setup", "", "[x][1]", "[1]: u", "```", "text", "---", "> ## q", "\r"])))
def test_any_text_is_split_without_an_error_and_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    pasted = split(text, KNOWN)
    if is_whole(text):
        assert pasted.pieces
    for how in ("merge", "replace"):
        after = taken_over(Answers(readme={"Support": "s"}, readme_links={"1": "v"}), pasted, how)  # type: ignore[arg-type]
        assert all(piece.title in after.readme for piece in pasted.pieces)
