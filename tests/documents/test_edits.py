"""Each edit of a README or a changelog, to the byte: what is around it stays, in the style that the file has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tilewizard.documents.changelog_document import ChangelogDocument, Release
from tilewizard.documents.readme_document import ReadmeDocument

LOG = "# Changes\n\n## 1.1.0 / 2026-02-03\n\n***Added***:\n\n* One\n* Two\n\n***Fixed***:\n\n* Three\n\n## 1.0.0\n\n* First\n"


def release(version: str, date: str = "", **changes: tuple[str, ...]) -> Release:
    return Release(version, date, tuple(changes.items()))


@pytest.mark.parametrize(
    ("changed", "before", "after"),
    [
        (release("1.2.0", "2026-02-03", Added=("One", "Two"), Fixed=("Three",)), "## 1.1.0 /", "## 1.2.0 /"),
        (release("1.1.0", "2026-05-06", Added=("One", "Two"), Fixed=("Three",)), "2026-02-03", "2026-05-06"),
        (release("1.2.0", "2026-05-06", Added=("One", "Two"), Fixed=("Three",)), "1.1.0 / 2026-02-03", "1.2.0 / 2026-05-06"),
        (release("1.1.0", "", Added=("One", "Two"), Fixed=("Three",)), "## 1.1.0 / 2026-02-03", "## 1.1.0"),
        (release("1.1.0", "2026-02-03", Added=("One", "2"), Fixed=("Three",)), "* Two", "* 2"),
        (release("1.1.0", "2026-02-03", Added=("One", "Two", "More"), Fixed=("Three",)), "* Two\n", "* Two\n* More\n"),
        (release("1.1.0", "2026-02-03", Added=("One\ngoes on", "Two"), Fixed=("Three",)), "* One\n", "* One\n  goes on\n"),
        (release("1.1.0", "2026-02-03", Added=("One", "Two")), "\n***Fixed***:\n\n* Three\n", ""),
        (release("1.2.0", "2026-02-03", Added=("One", "2"), Fixed=("Three",)),
         "1.1.0 / 2026-02-03\n\n***Added***:\n\n* One\n* Two", "1.2.0 / 2026-02-03\n\n***Added***:\n\n* One\n* 2"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("nl", ["\n", "\r\n"])
def test_a_changed_release(changed: Release, before: str, after: str, nl: str) -> None:
    assert LOG.count(before) == 1
    text = LOG.replace("\n", nl)
    assert ChangelogDocument(text).with_changed_release(0, changed).text == LOG.replace(before, after).replace("\n", nl)


@pytest.mark.parametrize("nl", ["\n", "\r\n"])
def test_releases_come_and_go(nl: str) -> None:
    def made(text: str) -> ChangelogDocument:
        return ChangelogDocument(text.replace("\n", nl))

    new = release("2.0.0", "2026-07-08", Changed=("All", "More"))
    block = "## 2.0.0 / 2026-07-08\n\n***Changed***:\n\n* All\n* More\n"
    assert made(LOG).with_release(new).text == made(LOG.replace("## 1.1.0", f"{block}\n## 1.1.0")).text
    assert made(LOG).with_release(new, 1).text == made(LOG.replace("## 1.0.0", f"{block}\n## 1.0.0")).text
    assert made(LOG).with_release(new, 2).text == made(f"{LOG}\n{block}").text
    assert made("# Changes\n").with_release(new).text == made(f"# Changes\n\n{block}").text
    assert made("").with_release(release("1.0.0")).text == "## 1.0.0\n"
    assert made(LOG).without_release(1).text == made(LOG.partition("\n## 1.0.0")[0]).text
    assert made(LOG).with_release(new).without_release(0).text == made(LOG).text
    assert made(LOG).with_date(1, "2026-01-02").text == made(LOG.replace("## 1.0.0", "## 1.0.0 / 2026-01-02")).text


def test_what_a_release_holds() -> None:
    found = ChangelogDocument(LOG.replace("* Two\n", "* Two\n  goes on\n\tand on\nplain\n")).releases
    assert [(each.version, each.date) for each in found] == [("1.1.0", "2026-02-03"), ("1.0.0", "")]
    assert found[0].changes == (("Added", ("One", "Two\ngoes on\nand on", "plain")), ("Fixed", ("Three",)))
    assert found[1].changes == (("", ("First",)),)
    text = ChangelogDocument(LOG).text
    first, last = ChangelogDocument(LOG).releases
    assert (
        text[first.start : last.start].startswith("## 1.1.0") and text[last.start : last.end] == "## 1.0.0\n\n* First\n"
    )
    prose = ChangelogDocument("## 1.0.0\n\nFixed:\n\n- a\n\nA note:\n\nthe end\n").releases[0]
    assert prose.changes == (("Fixed", ("a", "A note:", "the end")),)


README = "# Acme\n\nIntro.\n\n## Overview\n\nText.\n\n## Setup\n\nDo it.\n\n[1]: https://acme.example/one\n"


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (lambda d: d.with_section("New", "Body.", after="Overview"), "## Setup", "## New\n\nBody.\n\n## Setup"),
        (lambda d: d.with_section("New", "", after="Overview"), "## Setup", "## New\n\n## Setup"),
        (lambda d: d.with_section("New", "Body.", after=None), "## Overview", "## New\n\nBody.\n\n## Overview"),
        (lambda d: d.with_section("New", "Body.", after="Setup"), "[1]:", "## New\n\nBody.\n\n[1]:"),
        (lambda d: d.without_section("Overview"), "## Overview\n\nText.\n\n", ""),
        (lambda d: d.without_section("none"), "Text.", "Text."),
        (lambda d: d.with_body("Overview", "Other."), "Text.", "Other."),
        (lambda d: d.with_body("Overview", ""), "\nText.\n\n", "\n\n"),
        (lambda d: d.renamed_section("Overview", "About"), "## Overview", "## About"),
        (lambda d: d.with_title("Beta"), "# Acme", "# Beta"),
        (lambda d: d.with_intro("Other\n\ntwo."), "Intro.", "Other\n\ntwo."),
        (lambda d: d.reordered(["Setup"]), "## Overview\n\nText.\n\n## Setup\n\nDo it.", "## Setup\n\nDo it.\n\n## Overview\n\nText."),
        (lambda d: d.with_definition("1", "https://acme.example/two"), "/one", "/two"),
        (lambda d: d.with_definition("2", "https://acme.example/two"), "/one\n", "/one\n[2]: https://acme.example/two\n"),
        (lambda d: d.without_definition("1"), "[1]: https://acme.example/one\n", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("nl", ["\n", "\r\n"])
def test_an_edit_of_a_readme(
    edit: Callable[[ReadmeDocument], ReadmeDocument], before: str, after: str, nl: str
) -> None:
    assert README.count(before) == 1
    assert edit(ReadmeDocument(README.replace("\n", nl))).text == README.replace(before, after).replace("\n", nl)


@pytest.mark.parametrize(
    ("text", "edit", "after"),
    [
        ("", lambda d: d.with_section("New", "Body.", after=None), "## New\n\nBody.\n"),
        ("# A", lambda d: d.with_section("New", "Body.", after=None), "# A\n\n## New\n\nBody."),
        ("# A\n", lambda d: d.with_section("New", "", after=None), "# A\n\n## New\n"),
        ("# A\n\n## B\n\nb", lambda d: d.with_section("New", "Body.", after="B"), "# A\n\n## B\n\nb\n\n## New\n\nBody."),
        ("A\n=\n\nB\n---\n\nb\n", lambda d: d.with_section("Newer", "x", after="B"), "A\n=\n\nB\n---\n\nb\n\nNewer\n-----\n\nx\n"),
        ("A\n=\n\nB\n---\n\nb\n", lambda d: d.with_section("N", "x", after="B"), "A\n=\n\nB\n---\n\nb\n\nN\n---\n\nx\n"),
        ("A\n=\n\nB\n---\n\nb\n", lambda d: d.renamed_section("B", "C"), "A\n=\n\nC\n---\n\nb\n"),
        ("#\n\nx\n", lambda d: d.with_title("New"), "# New\n\nx\n"),
        ("x\n", lambda d: d.with_title("New"), "# New\n\nx\n"),
        ("## B", lambda d: d.with_body("B", "x"), "## B\n\nx"),
        ("## B\n", lambda d: d.with_body("B", "x"), "## B\n\nx\n"),
        ("## B\n\n## C\n", lambda d: d.with_body("B", "x"), "## B\n\nx\n\n## C\n"),
        ("## B\n\nb\n", lambda d: d.with_body("B", ""), "## B\n"),
        ("## B\n\nb\n\n## C\n\nc\n", lambda d: d.without_section("C"), "## B\n\nb\n"),
        ("## C\n\nc\n", lambda d: d.without_section("C"), ""),
        ("x", lambda d: d.with_definition("1", "https://a.example"), "x\n\n[1]: https://a.example\n"),
        ("", lambda d: d.with_definition("1", "https://a.example"), "[1]: https://a.example\n"),
        ("x\n\n[1]: https://b.example", lambda d: d.with_definition("2", "https://a.example"),
         "x\n\n[1]: https://b.example\n[2]: https://a.example"),
        ('a [b](https://c.example "T") [d](https://e.example) ![p](https://f.example)\n', lambda d: d.with_inline_links_as_references(),
         'a [b][1] [d][2] ![p](https://f.example)\n\n[1]: https://c.example "T"\n[2]: https://e.example\n'),
        ("[a](https://c.example) [b][7]\n\n[7]: https://c.example\n", lambda d: d.with_inline_links_as_references(),
         "[a][7] [b][7]\n\n[7]: https://c.example\n"),
    ],
)  # fmt: skip
def test_an_edit_at_an_edge(text: str, edit: Callable[[ReadmeDocument], ReadmeDocument], after: str) -> None:
    assert edit(ReadmeDocument(text)).text == after
