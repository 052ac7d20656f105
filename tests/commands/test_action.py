"""The GitHub Action: its form, and its steps in the shell as GitHub runs them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from tests import starting
from tests.conftest import ROOT

from .test_check_options import OTHER, altered, checkout, git, schema_kept, tile, written

__all__ = ["checkout", "tile"]  # Fixtures.

ACTION = YAML(typ="safe").load((ROOT / "action.yml").read_text())


@dataclass
class Ran:
    """What the steps did."""

    code: int
    log: str
    summary: str
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)


def runner(temp: Path, workspace: Path, **inputs: str) -> Ran:
    """Runs the steps after the installation one by one; those of other actions are left out."""
    program = temp / "tilewizard" / "bin" / "tilewizard"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.join(starting.program())} "$@"\n')
    program.chmod(0o755)
    values = {name: each.get("default", "") for name, each in ACTION["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    ran = Ran(0, "", "")
    for step in ACTION["runs"]["steps"]:
        if "run" not in step or step["id"] == "install":
            continue
        files = {name: temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        given = {name: filled(text, values, ran.outputs) for name, text in step.get("env", {}).items()}
        script = temp / "step.sh"
        script.write_text(step["run"])
        environment = {
            **os.environ, "RUNNER_TEMP": str(temp), "GITHUB_WORKSPACE": str(workspace),
            **{name: str(file) for name, file in files.items()}, **given,
        }  # fmt: skip
        # https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions#jobsjob_idstepsshell
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=workspace, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        ran.log += done.stdout + done.stderr
        ran.summary += files["GITHUB_STEP_SUMMARY"].read_text()
        ran.outputs[step["id"]] = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        ran.code = done.returncode
        if ran.code:
            break
    return ran


def filled(text: str, inputs: dict[str, str], outputs: dict[str, dict[str, str]]) -> str:
    """A text with the values of its expressions."""

    def value(match: re.Match[str]) -> str:
        words = match[1].split(".")
        return inputs[words[1]] if words[0] == "inputs" else outputs[words[1]].get(words[3], "")

    return re.sub(r"\$\{\{ (\S+) \}\}", value, text)


def test_the_action_has_the_form_that_github_asks_for() -> None:
    schema = schema_kept("github-action.json")
    jsonschema.Draft7Validator(schema).validate(ACTION)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate({**ACTION, "runs": {"using": "composite"}})


def test_no_input_is_part_of_a_script() -> None:
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_every_input_is_used_and_told() -> None:
    text = (ROOT / "action.yml").read_text()
    page = (ROOT / "docs" / "ci.md").read_text()
    for name in ACTION["inputs"]:
        assert f"inputs.{name} " in text and f"`{name}`" in page, name
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])


def test_a_clean_checkout_passes(tmp_path: Path, checkout: Path) -> None:
    ran = runner(tmp_path, checkout)
    assert ran.code == 0 and "::" not in ran.log and "1 tile: 0 errors" in ran.log
    assert ran.outputs["check"] == {"exit-code": "0", "sarif": str(tmp_path / "tilewizard.sarif")}
    assert ran.summary == "## tilewizard\n\n**1 tile: 0 errors, 0 warnings, 0 infos**\n"


def test_an_error_is_told_everywhere_and_fails_at_the_end(tmp_path: Path, checkout: Path, tile: Path) -> None:
    (tile / "README.md").unlink()
    ran = runner(tmp_path, checkout)
    assert ran.code == 1 and list(ran.outputs) == ["check", "verdict"]
    assert ran.outputs["check"]["exit-code"] == "1"
    assert f"::error file={tile.name}/README.md,title=readme/missing::" in ran.log
    assert f"### {tile.name.replace('_', '&#95;')}/README.md" in ran.summary
    results = json.loads(Path(ran.outputs["check"]["sarif"]).read_text())["runs"][0]["results"]
    assert "readme/missing" in {each["ruleId"] for each in results}


@pytest.mark.parametrize(("word", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(tmp_path: Path, checkout: Path, tile: Path, word: str, code: int) -> None:
    (tile / "images" / "spare.png").write_bytes((tile / "images" / "acme_widget_overview.png").read_bytes())
    assert runner(tmp_path, checkout, fail_on=word).code == code


def test_paths_are_taken_as_they_are(tmp_path: Path, checkout: Path, tile: Path) -> None:
    odd = checkout / "a b; touch hacked $(touch hacked) '"
    written(odd)
    ran = runner(tmp_path, checkout, path=f"{tile.name}\n\n{odd.name}\n", format="json", summary="false")
    tiles = json.loads(ran.log)["tiles"]
    assert [each["path"] for each in tiles] == [tile.name, odd.name]
    assert ran.summary == "" and not (checkout / "hacked").exists()
    assert runner(tmp_path, checkout, path="--help").code == 2  # A path of that name, and no option.


def test_only_what_changed(tmp_path: Path, checkout: Path, tile: Path) -> None:
    written(checkout / OTHER)
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "Other")
    altered(tile, description="short.")
    ran = runner(tmp_path, checkout, changed="HEAD", format="json")
    assert [each["path"] for each in json.loads(ran.log)["tiles"]] == [tile.name]


@pytest.mark.parametrize(
    "inputs", [{"path": "nowhere"}, {"format": "xml"}, {"fail_on": "pain"}, {"changed": "nowhere"}]
)
def test_what_is_unusable_fails_and_leaves_no_report_of_before(
    tmp_path: Path, checkout: Path, inputs: dict[str, str]
) -> None:
    ran = runner(tmp_path, checkout, **{"fail_on": "never", **inputs})
    assert ran.code == 2
    assert ran.outputs["check"].get("sarif") is None or "format" in inputs
