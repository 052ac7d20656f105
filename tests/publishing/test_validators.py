"""Datadog's validators: those that the checkout's CI runs, and what they say told at its place."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tilewizard.cli import cli
from tilewizard.publishing.validators import EXTRAS, Told, Verdict, plan_for, result_of

from .test_pack import laid, with_an_error

SHARED = """\
on:
  pull_request:
jobs:
  run:
    uses: DataDog/integrations-core/.github/workflows/run-validations.yml@0123abc
    with:
      repo: extras
      # http: true
      metadata: true
      ci: true
      models: false
"""
STEPS = """\
"on": {push: {}, pull_request: {branches: [master]}}
jobs:
  build:
    steps:
    - run: ddev config set repo extras
    - run: |
        ddev validate readmes
        # ddev validate http
        ddev -e validate saved-views changed
    - run: ddev validate pr-description
"""
ALL = "on: [pull_request]\njobs: {a: {steps: [{run: ddev validate all changed}]}}\n"
PATHS = ("metadata.csv", "README.md", "assets/dashboards/one.json")


def checkout(folder: Path, workflows: dict[str, str], config: str | None = None) -> Path:
    """A checkout of integrations-extras with a tile in it; the tile's directory."""
    root = folder / "integrations-extras"
    (root / ".git").mkdir(parents=True)
    (root / ".github" / "workflows").mkdir(parents=True)
    for name, text in workflows.items():
        (root / ".github" / "workflows" / name).write_text(text, "utf-8")
    if config is not None:
        (root / ".ddev").mkdir()
        (root / ".ddev" / "config.toml").write_text(config, "utf-8")
    return laid(root)


def install(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ddev of our own in front of any other."""
    place = folder / "bin" / "ddev"
    place.parent.mkdir()
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)
    monkeypatch.setenv("PATH", f"{place.parent}{os.pathsep}{os.environ['PATH']}")


def ran(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["ddev", *map(str, arguments)], standalone_mode=False)


@pytest.mark.parametrize(
    ("workflows", "config", "names", "sources"),
    [
        ({"validate.yml": SHARED}, None, ("metadata", "ci"), (".github/workflows/validate.yml",)),
        ({"v.yaml": STEPS}, None, ("readmes", "saved-views"), (".github/workflows/v.yaml",)),
        (
            {"a.yml": ALL},
            'validations = ["readmes", "config", "--sync", 1]\n',
            ("readmes", "config"),
            (".ddev/config.toml", ".github/workflows/a.yml"),
        ),
        ({"a.yml": SHARED.replace("pull_request", "workflow_dispatch")}, None, EXTRAS, ()),
        (
            {"a.yml": "validate: [", "b.yml": "- validate\n", "c.yml": "on: pull_request\njobs: [validate]\n"},
            None,
            EXTRAS,
            (),
        ),
        ({}, "validations = [", EXTRAS, ()),
    ],
)
def test_the_validators_are_those_of_the_checkouts_own_ci(
    workflows: dict[str, str], config: str | None, names: tuple[str, ...], sources: tuple[str, ...], tmp_path: Path
) -> None:
    plan = plan_for(checkout(tmp_path, workflows, config))
    assert (plan.names, plan.sources) == (names, sources)


def test_all_without_a_choice_is_every_validator_that_needs_no_pull_request(tmp_path: Path) -> None:
    names = plan_for(checkout(tmp_path, {"a.yml": ALL})).names
    assert {"ci", "version", "readmes"} < set(names)
    assert not {"all", "pr-description", "qa-label", "dashboards"} & set(names)


def test_what_needs_github_or_a_checkout_is_left_out_and_said(tmp_path: Path) -> None:
    assert dict(plan_for(checkout(tmp_path, {"v.yml": STEPS})).left_out).keys() == {"pr-description"}
    alone = plan_for(laid(tmp_path / "somewhere"))
    assert dict(alone.left_out).keys() == {"ci", "codeowners"}
    assert "metadata" in alone.names


@pytest.mark.parametrize(
    ("code", "printed", "verdict", "told"),
    [
        (0, "All 1 READMEs are valid!", Verdict.FINE, []),
        (
            1,
            "Metrics validation\n└── acme\n    └── acme/metadata.csv\n        \n        acme:2 x has no type.\n\nErrors: 1",
            Verdict.OBJECTS,
            [("metadata.csv", 2, "x has no type.")],
        ),
        (1, "acme/assets/dashboards/one.json:7 is odd", Verdict.OBJECTS, [("assets/dashboards/one.json", 7, None)]),
        (1, "not in sync, try `--sync`", Verdict.OBJECTS, [("", None, None)]),
        (1, "myREADME.md is odd", Verdict.OBJECTS, [("", None, None)]),
        (1, "", Verdict.OBJECTS, [("", None, "it gives no reason")]),
        (2, "Error: No such command 'eula'.", Verdict.ABSENT, [("", None, None)]),
        (
            1,
            "╭─ Traceback (most recent call last) ─╮\n│ x │\n╰─╯\nFileNotFoundError: [Errno 2] No such file:\n'gone'",
            Verdict.BREAKS,
            [("", None, "FileNotFoundError: [Errno 2] No such file: 'gone'")],
        ),
    ],
)
def test_what_a_validator_prints_is_told_at_its_file_and_line(
    code: int, printed: str, verdict: Verdict, told: list[tuple[str, int | None, str | None]]
) -> None:
    result = result_of("metadata", code, printed.splitlines(), "acme", PATHS)
    assert result.verdict is verdict
    assert [(each.file, each.line) for each in result.told] == [each[:2] for each in told]
    assert all(words in {None, each.words} for each, (*_, words) in zip(result.told, told, strict=True))
    assert all(each.step == ("metrics" if each.file else "") for each in result.told)


def test_what_is_said_holds_no_control_characters() -> None:
    assert "\x1b" not in Told("a\x1b[2Jb", "me\x1btadata.csv").text


def test_ddev_is_asked_for_the_checkout_as_the_repository_that_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tile = checkout(tmp_path, {"validate.yml": SHARED})
    install(
        tmp_path,
        f'cp "$2" {tmp_path}/config; echo "$4 $5 $6 $7" >> {tmp_path}/asked; [ "$6" != metadata ]',
        monkeypatch,
    )
    result = ran(tile)
    assert result.return_value == 1
    assert (tmp_path / "asked").read_text().splitlines() == [f"-e validate metadata {tile.name}", "-e validate ci "]
    assert f'extras = "{tile.parent.resolve()}"' in (tmp_path / "config").read_text()
    assert "✗ metadata" in result.stdout
    assert "✓ ci" in result.stdout
    assert "2 of 2: ddev validate ci" in result.stderr


def test_without_ddev_the_same_is_told_by_the_rules_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tile = checkout(tmp_path, {"validate.yml": SHARED})
    (tile / "metadata.csv").write_text((tile / "metadata.csv").read_text() + "acme_widget.x,gaug\n")
    monkeypatch.setattr("shutil.which", lambda _: None)
    result = ran(tile, "--format", "json")
    told = json.loads(result.stdout)
    assert result.return_value == 1
    assert "own rules" in result.stderr
    assert told["told_by"] == "tilewizard"
    verdicts = {each["validator"]: each["verdict"] for each in told["results"]}
    assert verdicts == {"metadata": "objects", "ci": "fine"}
    assert all(each["file"] == "metadata.csv" and each["step"] == "metrics" for each in told["results"][0]["told"])


def test_the_rules_speak_of_what_ddev_looks_at_and_of_nothing_else(tmp_path: Path) -> None:
    tile = laid(checkout(tmp_path, {"validate.yml": SHARED}).parent, with_an_error())
    assert ran(tile, "--own-rules").return_value == 0


def test_a_breakdown_says_where_its_output_lies_and_what_our_rules_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tile = checkout(tmp_path, {"validate.yml": SHARED})
    (tile / "metadata.csv").write_text((tile / "metadata.csv").read_text() + "acme_widget.x,gaug\n")
    monkeypatch.setenv("TILEWIZARD_STATE", str(tmp_path / "state"))
    install(tmp_path, 'printf "Traceback (most recent call last):\\nKeyError: name\\n"; exit 1', monkeypatch)
    result = ran(tile)
    assert result.return_value == 1
    metadata, ci = result.stdout.split("✗ ci")
    assert "ddev itself failed here" in metadata and "KeyError: name" in metadata
    assert str(tmp_path / "state" / "ddev" / f"{tile.name}-metadata.txt") in metadata
    assert "metadata.csv:" in metadata and "[metadata/" in metadata
    assert "find nothing wrong" in ci


def test_the_list_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, f"touch {tmp_path}/ran", monkeypatch)
    result = ran(checkout(tmp_path, {"validate.yml": SHARED}), "--list")
    assert result.stdout == "metadata\nci\n"
    assert "validate.yml" in result.stderr
    assert not (tmp_path / "ran").exists()
