"""Findings that are let stand: shown as allowed, counted, no failure, not mended; an exception that allows nothing is told of."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tilewizard.checking.allowed import Allowance
from tilewizard.checking.check import check
from tilewizard.checking.configuration import configuration_in
from tilewizard.errors import TilewizardError
from tilewizard.field.vocabulary import Target
from tilewizard.session.session import Session
from tilewizard.tile.tile import read

from tests import starting
from tests.rules.applying import with_content
from tests.rules.clean_tile import clean_files, clean_tile

NAME = "acme_corp_acme_widget"
CLASH = "<<<<<<< HEAD\n"
PIPELINE = "assets/logs/acme_widget.yaml"


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    """A tile in a checkout, with a README that misses its sections: errors."""
    root = tmp_path / "marketplace"
    for path, data in clean_files(Target.MARKETPLACE).items():
        (root / NAME / path).parent.mkdir(parents=True, exist_ok=True)
        (root / NAME / path).write_bytes(data)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    readme = root / NAME / "README.md"
    readme.write_text(readme.read_text().replace("## Support", "## Help"))
    return root / NAME


def allow(tile: Path, text: str) -> None:
    (tile.parent / "tilewizard.toml").write_text(text)


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return starting.run("check", *words)


def wrong(tile: Path) -> set[str]:
    return {each.rule for each in check(read(tile))} - {"checkout/codeowners"}


def exceptions(tile: Path, more: str = "") -> str:
    rules = sorted({each.rule for each in check(read(tile))})
    return "".join(f'[[allow]]\nrule = "{rule}"\nreason = "Agreed with Datadog [bold]"\n{more}\n' for rule in rules)


def test_an_allowed_finding_is_shown_and_counted_and_fails_nothing(tile: Path) -> None:
    assert run(tile).returncode == 1
    allow(tile, exceptions(tile))
    done = run(tile)
    count = len(check(read(tile)))
    assert done.returncode == 0, done.stdout
    assert f"0 errors, 0 warnings, 0 infos, {count} allowed" in done.stdout
    assert done.stdout.count("→ allowed: Agreed with Datadog [bold]") == count
    assert not done.stderr


def test_an_exception_speaks_of_its_rule_and_its_file_only(tile: Path) -> None:
    before = wrong(tile)
    allow(tile, f'[[allow]]\nrule = "readme"\nfile = "{NAME}/README.md"\nreason = "x"')
    report = json.loads(run("--format", "json", tile).stdout)
    (found,) = report["tiles"]
    assert (
        {each["rule"] for each in found["allowed"]} == {each for each in before if each.startswith("readme/")} != set()
    )
    assert not any(each["rule"].startswith("readme/") for each in found["findings"])
    assert found["allowed"][0]["reason"] == "x"
    assert report["summary"]["allowed"] == len(found["allowed"])
    allow(tile, '[[allow]]\nrule = "readme"\nfile = "other_tile/README.md"\nreason = "x"')
    assert json.loads(run("--format", "json", tile).stdout)["summary"]["allowed"] == 0


def test_sarif_has_them_as_suppressions(tile: Path) -> None:
    allow(tile, exceptions(tile))
    results = json.loads(run("--format", "sarif", tile).stdout)["runs"][0]["results"]
    assert results
    assert {json.dumps(each["suppressions"]) for each in results} == {
        json.dumps([{"kind": "external", "justification": "Agreed with Datadog [bold]"}])
    }


def test_github_is_not_told_of_them(tile: Path) -> None:
    allow(tile, exceptions(tile))
    assert not [line for line in run("--format", "github", tile).stdout.splitlines() if line.startswith("::")]


def test_an_exception_that_has_ended_allows_nothing_and_is_told_of(tile: Path) -> None:
    allow(tile, exceptions(tile, "until = 2026-01-31"))
    done = run(tile)
    assert done.returncode == 1 and "allowed" not in done.stdout
    assert f"{tile.parent / 'tilewizard.toml'}:1: the exception for " in done.stderr
    assert "ended on 2026-01-31" in done.stderr


@pytest.mark.parametrize("file", ["", f'file = "{NAME}/README.md"', 'file = "*.md"'])
def test_an_exception_that_fits_nothing_is_told_of(tile: Path, file: str) -> None:
    allow(tile, f'[[allow]]\nrule = "readme/starter"\nreason = "x"\n{file}')
    done = run(tile.parent)
    assert "fits no finding" in done.stderr, done.stderr
    assert done.returncode == 1  # For the README's own faults, not for the exception.


def test_an_exception_for_another_tile_is_not_called_idle(tile: Path) -> None:
    other = tile.parent / "acme_corp_other"
    other.mkdir()
    (other / "manifest.json").write_text("{}")
    allow(tile, '[[allow]]\nrule = "media"\nreason = "x"')
    assert "fits no finding" not in run(tile).stderr  # It may well fit the other one.
    allow(tile, f'[[allow]]\nrule = "media"\nreason = "x"\nfile = "{NAME}/*"')
    assert "fits no finding" in run(tile).stderr
    assert "fits no finding" not in run("--select", "readme", tile).stderr


def test_what_is_allowed_is_not_mended(tile: Path) -> None:
    readme = tile / "README.md"
    readme.write_text(
        readme.read_text().replace("## Setup\n", "## Setup\n\n[keys](https://app.datadoghq.com/account)\n")
    )
    assert any(each.fix for each in check(read(tile)))
    assert run("--fix", "--yes", "--dry-run", tile).stderr.count("mends ")
    allow(tile, exceptions(tile))
    assert "mends " not in run("--fix", "--dry-run", tile).stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[allow]]\nrule = "readme"', "exception 1 of [[allow]] says no reason"),
        ('[[allow]]\nreason = "x"', "says no rule"),
        ('[[allow]]\nrule = "redme"\nreason = "x"', "did you mean readme"),
        ('[[allow]]\nrule = "readme"\nreason = "x"\nuntill = 2027-01-01', "unknown key 'untill'"),
        ('[[allow]]\nrule = "readme"\nreason = "x"\nuntil = "soon"', "is no day such as 2027-01-31"),
        ('[[allow]]\nrule = "readme"\nreason = "x"\nuntil = "2027-02-31"', "is no day such as 2027-01-31"),
        ('[[allow]]\nrule = "readme"\nreason = "x"\nfile = 3', "says file = 3"),
        ('allow = "readme"', "says allow = 'readme'"),
        ('allow = ["readme"]', "is no table"),
    ],
)
def test_an_exception_without_sense_is_refused_at_its_place(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "tilewizard.toml"
    file.write_text(f'severity = "info"\n{text}')
    with pytest.raises(TilewizardError) as caught:
        configuration_in(file)
    message = caught.value.render()
    assert told in message
    assert text.startswith("allow = [") or f"{file}:2: " in message


def test_settings_of_python_projects_have_exceptions_too(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text('[[tool.tilewizard.allow]]\nrule = "media"\nreason = " x "\nuntil = "2027-01-31"')
    settings = configuration_in(file)
    assert settings is not None
    (found,) = settings.allow
    assert (found.rule, found.reason, str(found.until), found.line) == ("media", "x", "2027-01-31", 1)


def test_the_wizard_reads_them(tile: Path) -> None:
    report = Session.open(tile).examine()
    assert report.findings and not report.allowed
    allow(tile, exceptions(tile))
    report = Session.open(tile).examine()
    assert not report.findings and not report.counts() and report.allowed
    allow(tile, "allow = 3")
    assert Session.open(tile).examine().findings


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("missing-date-remapper", "logs/remapper"),
        ("no-service-config", "logs/remapper"),
        ("no-processors", "logs/processors"),
        ("facets-path", "logs/facet-path"),
        ("grok-parser-rules", "logs/grok-wildcard"),
    ],
)
def test_a_comment_of_datadogs_allows_what_its_check_finds(tmp_path: Path, name: str, rule: str) -> None:
    from tilewizard.checking.check_many import Order
    from tilewizard.reporting import sarif
    from tilewizard.rules.registry import rules_by_name

    bad = rules_by_name()[rule].bad.content
    assert isinstance(bad, str)
    for path, data in clean_files(Target.MARKETPLACE).items():
        (tmp_path / NAME / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / NAME / path).write_bytes(data)
    place = tmp_path / NAME / PIPELINE
    if name == "missing-date-remapper":
        bad = bad.replace("type: date-remapper", "type: message-remapper")
    place.write_text(bad)
    order = Order(tmp_path / NAME, select=(rule,))
    without = order.checked()
    place.write_text(f"# bypass-global-{name}-checks\n{bad}")
    report = order.checked()
    assert not without.allowed and len(report.allowed) >= 1
    assert len(report.findings) + len(report.allowed) == len(without.findings)
    assert all(each.allowed == f"Datadog's comment bypass-global-{name}-checks" for each in report.allowed)
    found = [each for each in json.loads(sarif.render([report]))["runs"][0]["results"] if "suppressions" in each]
    assert [each["suppressions"][0]["kind"] for each in found] == ["inSource"] * len(report.allowed)
    assert check(read(tmp_path / NAME)) == [each for each in check(read(tmp_path / NAME)) if not each.allowed]


def test_an_allowance_names_a_tile_or_any() -> None:
    assert Allowance("readme", "x", f"{NAME}/README.md").names(NAME)
    assert not Allowance("readme", "x", "README.md").names(NAME)
    assert not Allowance("readme", "x").names(NAME)
    findings = check(with_content(clean_tile(Target.MARKETPLACE), "README.md", ""))
    readme = next(each for each in findings if each.rule.startswith("readme/") and each.file == "README.md")
    for pattern, fits in {"README.md": True, "*.md": True, f"{NAME}/*": True, "other/*": False, "": True}.items():
        assert Allowance("readme/*", "x", pattern).fits(readme, NAME) is fits, pattern
