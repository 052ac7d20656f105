"""Changelogs that keep their bytes."""

from __future__ import annotations

import pytest
from tilewizard.documents.changelog_document import ChangelogDocument, Release

from tests.conftest import CORPUS, needs_corpus

TEXT = """# CHANGELOG - Acme

## 1.1.0 / 2026-02-01

***Added***:

* One
* Two

## 1.0.0

- Initial release
"""


def test_releases_are_read_whatever_their_form() -> None:
    releases = ChangelogDocument.parse(TEXT).releases
    assert [(release.version, release.date) for release in releases] == [("1.1.0", "2026-02-01"), ("1.0.0", "")]
    assert releases[0].changes == (("Added", ("One", "Two")),)
    assert releases[1].changes == (("", ("Initial release",)),)


def test_a_release_comes_on_top_and_the_others_stay() -> None:
    new = Release("1.2.0", "2026-03-01", (("Fixed", ("A bug",)),))
    block = "## 1.2.0 / 2026-03-01\n\n***Fixed***:\n\n* A bug\n\n"
    assert ChangelogDocument.parse(TEXT).with_release(new).text == TEXT.replace("## 1.1.0", block + "## 1.1.0")


def test_one_item_one_date_one_release_change_alone() -> None:
    document = ChangelogDocument.parse(TEXT)
    changed = Release("1.1.0", "2026-02-01", (("Added", ("One", "Three")),))
    assert document.with_changed_release(0, changed).text == TEXT.replace("* Two", "* Three")
    assert document.with_date(1, "2026-01-01").text == TEXT.replace("## 1.0.0", "## 1.0.0 / 2026-01-01")
    assert document.without_release(0).text.count("## ") == 1


@needs_corpus
def test_every_published_changelog_is_read_and_kept() -> None:
    for path in CORPUS.glob("*/CHANGELOG.md"):
        document = ChangelogDocument.parse(path.read_bytes().decode())
        for index, release in enumerate(document.releases):
            assert document.with_changed_release(index, release) is document, path


@pytest.mark.parametrize(
    ("heading", "version", "date", "dated"),
    [
        ("1.2.0 / 2025-04-09 / Agent 7.66.0", "1.2.0", "2025-04-09", "1.2.0 / 2026-01-01 / Agent 7.66.0"),
        ("1.2.0/2025-04-09/agent 7.66.0-rc.1", "1.2.0", "2025-04-09", "1.2.0/2026-01-01/agent 7.66.0-rc.1"),
        ("1.2.0 (2025-04-09) / Agent 7", "1.2.0", "2025-04-09", "1.2.0 (2026-01-01) / Agent 7"),
        ("1.2.0 / Agent 7.66.0", "1.2.0", "", "1.2.0 / 2026-01-01 / Agent 7.66.0"),
        ("1.2.0 / Agents", "1.2.0", "Agents", "1.2.0 / 2026-01-01"),
        ("Agent 7.66.0", "Agent 7.66.0", "", "Agent 7.66.0 / 2026-01-01"),
    ],
)
def test_an_agents_version_after_the_date_is_neither(heading: str, version: str, date: str, dated: str) -> None:
    document = ChangelogDocument.parse(f"# Changelog\n\n## {heading}\n\n***Added***:\n\n* A\n")
    (release,) = document.releases
    assert (release.version, release.date) == (version, date)
    assert document.with_date(0, "2026-01-01").text == document.text.replace(heading, dated)
