"""The job that a checkout's workflow lacks: where it goes, what it says, and that nothing is written that nobody agreed to."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tilewizard.checking.check import check
from tilewizard.checking.mend import mended
from tilewizard.field.vocabulary import Target
from tilewizard.tile.jobs import WORKFLOWS, job_id
from tilewizard.tile.jobs_writing import WantedJob, is_usual, with_job
from tilewizard.tile.tile import read

from tests import starting

from .clean_tile import written

NAME = "acme_corp_acme_widget"
EMPTY = "name: Test all\n\non:\n  workflow_call:\n\njobs: {}\n"
JOB = """\
  j0f2cce8:
    uses: DataDog/integrations-core/.github/workflows/test-target.yml@master
    with:
      job-name: Acme Widget
      target: mine
      platform: linux
      runner: '["ubuntu-22.04"]'
      repo: "${{ inputs.repo }}"
      context: ${{ inputs.context }}
      python-version: "${{ inputs.python-version }}"
      latest: ${{ inputs.latest }}
      agent-image: "${{ inputs.agent-image }}"
      agent-image-py2: "${{ inputs.agent-image-py2 }}"
      agent-image-windows: "${{ inputs.agent-image-windows }}"
      agent-image-windows-py2: "${{ inputs.agent-image-windows-py2 }}"
      test-py2: ${{ inputs.test-py2 }}
      test-py3: ${{ inputs.test-py3 }}
      setup-env-vars: "${{ inputs.setup-env-vars }}"
    secrets: inherit
"""
"""As ddev 20.1.0 writes it."""


def wanted(folder: str = "mine", name: str = "Acme Widget", target: Target = Target.EXTRAS) -> WantedJob:
    return WantedJob(WORKFLOWS[0], folder, name, "linux", target)


def of(folder: str, name: str) -> str:
    return JOB.replace("j0f2cce8", job_id(name)).replace("mine", folder).replace("Acme Widget", name)


@pytest.mark.parametrize(("before", "behind"), [((), ()), (("a",), ()), ((), ("z",)), (("B", "a"), ("mine_2", "z"))])
def test_the_job_stands_where_its_target_belongs(before: tuple[str, ...], behind: tuple[str, ...]) -> None:
    first, last = ("".join(of(each, f"{each} it") for each in part) for part in (before, behind))
    head = EMPTY.replace(" {}", "")
    text = head + first + last if before or behind else EMPTY
    assert with_job(text, wanted()) == head + first + JOB + last


def test_the_workflow_that_others_use_is_used_at_the_same_commit() -> None:
    pinned = EMPTY.replace(" {}", "") + of("a", "A").replace("@master", "@0123abc")
    assert with_job(pinned, wanted()) == pinned + JOB.replace("@master", "@0123abc")


def test_marketplace_hands_on_one_input_more() -> None:
    line = "      minimum-base-package: ${{ inputs.minimum-base-package }}\n"
    after = with_job(EMPTY, wanted(target=Target.MARKETPLACE))
    assert after is not None and after.replace(line, "") == EMPTY.replace(" {}", "") + JOB and line in after


@pytest.mark.parametrize("name", ["It's: # {{ 7 }}", "Größe ☃", "- x", "${{ secrets.x }}"])
def test_a_name_is_text_whatever_it_says(name: str) -> None:
    after = with_job(EMPTY, wanted(name=name))
    assert after is not None
    (job,) = YAML(typ="safe").load(after)["jobs"].values()
    assert job["with"]["job-name"] == name.replace(":", "_")


@pytest.mark.parametrize("name", ["Yes", "off", "1.0", "12:30:00", "long " * 20 + "end"])
def test_a_name_that_ddev_would_write_otherwise_is_left_to_it(name: str) -> None:
    assert with_job(EMPTY, wanted(name=name)) is None


@pytest.mark.parametrize("text", ["", "name: x\n", "# jobs:\n", "jobs: [\n"])
def test_what_is_no_workflow_is_left_alone(text: str) -> None:
    assert with_job(text, wanted()) is None


def test_line_ends_stay() -> None:
    crlf = (EMPTY.replace(" {}", "") + of("a", "A")).replace("\n", "\r\n")
    after = with_job(crlf, wanted())
    assert after is not None and after.count("\n") == after.count("\r\n")


@pytest.mark.parametrize(
    ("hatch", "usual"),
    [
        ("[env.collectors.datadog-checks]\n", True),
        ('[[envs.default.matrix]]\npython = ["3.13"]\n', True),
        ('[[envs.default.matrix]]\npython = ["3.13"]\nversion = ["1", "2", "3", "4", "5", "6", "7", "8"]\n', False),
        ('[[envs.default.matrix]]\nos = ["linux"]\n', False),
        ("[[envs.default", False),
        ("envs = 3\n", False),
    ],
)
def test_a_package_of_another_form_is_left_to_ddev(hatch: str, usual: bool) -> None:
    assert is_usual(hatch, "linux") is usual


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A clean tile with a package's marks, in a checkout without its job."""
    root = tmp_path / "integrations-extras"
    tile = root / NAME
    written(tile)
    (tile / "tests").mkdir()
    (tile / "tests" / "__init__.py").touch()
    (tile / "hatch.toml").write_text("[env.collectors.datadog-checks]\n")
    workflow = root / WORKFLOWS[0]
    workflow.parent.mkdir(parents=True)
    workflow.write_text(EMPTY)
    (root / ".github" / "CODEOWNERS").write_text(
        "* @DataDog/agent\n/*/assets/logs/  @DataDog/logs-integrations-reviewers\n"
    )
    return tile


def run(tile: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return starting.run("check", "--fix", "--select", "checkout", *words, tile, said=said)


@pytest.mark.slow
def test_who_refuses_keeps_the_checkout_as_it_is(package: Path) -> None:
    files = {path: path.read_bytes() for path in package.parent.rglob("*") if path.is_file()}
    shown = run(package, "--owner", "@acme", said="n\n")
    assert "+  j0f2cce8:" in shown.stderr and f"+/{NAME}/" in shown.stderr and "nothing was written" in shown.stderr
    assert {path: path.read_bytes() for path in package.parent.rglob("*") if path.is_file()} == files


def test_who_agrees_gets_the_job_and_the_line(package: Path) -> None:
    run(package, "--owner", "@acme", said="y\n")
    text = (package.parent / WORKFLOWS[0]).read_text()
    assert text == EMPTY.replace(" {}", "") + JOB.replace("mine", NAME)
    assert f"/{NAME}/" in (package.parent / ".github" / "CODEOWNERS").read_text()
    assert not {"checkout/ci-job", "checkout/codeowners"} & {each.rule for each in check(read(package))}
    assert mended(read(package)).around is None


@pytest.mark.parametrize(
    "config", [f"[overrides.ci.{NAME}]\nplatforms = ['linux', 'windows']\n", f"[overrides.ci.{NAME}]\nrunners = {{linux = ['x']}}\n"]
)  # fmt: skip
def test_a_job_of_another_form_is_not_offered(package: Path, config: str) -> None:
    (package.parent / ".ddev").mkdir()
    (package.parent / ".ddev" / "config.toml").write_text(config)
    assert mended(read(package)).around is None
