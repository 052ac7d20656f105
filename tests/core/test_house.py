"""The house itself: no package forgotten, no arrow from the core to the screens, the library's names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import tilewizard

from tests.conftest import ROOT
from tests.rules.clean_tile import written

ROOMS = {
    "tilewizard": ROOT / "tilewizard",
    "tilewizard.screens": ROOT / "screens",
    "tilewizard.templates": ROOT / "templates",
}


def test_no_package_is_forgotten() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {
        ".".join([name, *init.parent.relative_to(folder).parts])
        for name, folder in ROOMS.items()
        for init in folder.rglob("__init__.py")
    }
    assert sorted(found) == sorted(listed)


def test_the_core_knows_no_terminal() -> None:
    allowed = {ROOT / "tilewizard" / "commands" / name for name in ("new.py", "serve.py")}
    pattern = re.compile(r"^\s*(?:from|import) (?:textual|tilewizard\.screens|\.+screens)", re.MULTILINE)
    offenders = [
        path for path in (ROOT / "tilewizard").rglob("*.py") if pattern.search(path.read_text()) and path not in allowed
    ]
    assert offenders == []


def test_no_address_of_a_registry_or_of_this_machine_is_kept() -> None:
    pattern = re.compile(r"files\.pythonhosted|pypi\.org/simple|registry\.npmjs|file:///|/root/|/work/")
    for path in [
        ROOT / "constraints.txt",
        ROOT / "pyproject.toml",
        *ROOT.glob("*.md"),
        *(ROOT / "tools").iterdir(),
        ROOT / "Makefile",
    ]:
        assert not path.is_file() or not pattern.search(path.read_text()), path


def test_the_library_reads_checks_edits_plans_and_commits(tmp_path: Path) -> None:
    root = written(tmp_path / "acme_corp_acme_widget")
    tile = tilewizard.read(root)
    assert tilewizard.check(tile) == []
    answers = tilewizard.answers_of(tile)
    assert answers.listing.title == "Acme Widget" and answers.metrics.rows[1].orientation == -1
    other = tilewizard.author(answers.model_copy(update={"readme": {**answers.readme, "Support": "Nobody."}}), tile)
    changes = tilewizard.plan(other, tile)
    assert [change.path for change in changes.changed] == ["README.md"]
    assert tilewizard.commit(changes) == ["README.md"]
    assert "Nobody." in (root / "README.md").read_text()
    for name in tilewizard.__all__:
        assert getattr(tilewizard, name) is not None


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/tour.md", "docs/ci.md"])
def test_what_a_page_links_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text()
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)\s#]+)", text)
    missing = [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
    assert missing == []
