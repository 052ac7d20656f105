"""Every command that the documentation shows is run, with the example's material, in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tilewizard.rules.sample import PIPELINE

from tests.conftest import ROOT

from .pages import NEEDS, PAGES, Block, blocks

BLOCKS = {page: list(blocks(page)) for page in PAGES}
TYPED = {page: [each for each in found if not each.file] for page, found in BLOCKS.items()}
RUN = sorted(page for page, found in TYPED.items() if any(not each.needs for each in found))
TILE = "acme_corp_acme_widget"
EXPOSITION = """\
# HELP widget_requests Requests that the widget served.
# TYPE widget_requests counter
widget_requests_total{host="a"} 27
# HELP widget_load Share of the widget that is busy.
# TYPE widget_load gauge
widget_load{host="a"} 0.2
"""
LOG = '203.0.113.7 - - [12/Mar/2026:10:11:12 +0000] "GET /widgets HTTP/1.1" 200 512 "-" "curl/8.5"\n'
OLD = {
    "manifest_version": "1.0.0",
    "integration_id": "acme-widget",
    "display_name": "Acme Widget",
    "short_description": "Watch widgets",
    "public_title": "Acme Widget",
    "maintainer": "help@acme.example",
    "metric_prefix": "acme_widget.",
    "author": {"name": "Acme", "homepage": "https://acme.example"},
    "assets": {"metrics_metadata": "metadata.csv", "service_checks": "assets/service_checks.json"},
}
GIT = ("-c", "user.name=Acme", "-c", "user.email=dev@acme.example", "-c", "commit.gpgsign=false")


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *GIT, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a partner has at hand: answers, pictures, an exposition, a log; a checkout with a tile and a change in it."""
    folder = tmp_path_factory.mktemp("material")
    shutil.copytree(ROOT / "tests" / "material", folder, dirs_exist_ok=True)
    checkout = folder / "marketplace"
    words = [sys.executable, "-m", "tilewizard", "new", "--answers", "answers.yaml", "--into", checkout, "--yes"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    tile = checkout / TILE
    (tile / "assets" / "logs").mkdir()
    (tile / "assets" / "logs" / "acme_widget.yaml").write_text(PIPELINE)
    (tile / "assets" / "logs" / "acme_widget_tests.yaml").write_text(
        'id: "acme_widget"\ntests:\n  - sample: "a line"\n    result:\n      custom: {}\n      message: "a line"\n      tags:\n        - "source:LOGS_SOURCE"\n'
    )
    (checkout / ".github").mkdir()
    (checkout / ".github" / "PULL_REQUEST_TEMPLATE.md").write_text("### What does this PR do?\n\n### Motivation\n")
    git(checkout, "init", "-q", "-b", "main")
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "A tile")
    git(checkout, "update-ref", "refs/remotes/origin/main", "main")
    shutil.copytree(tile, folder / TILE)
    git(checkout, "switch", "-q", "-c", "more")
    metadata = tile / "metadata.csv"
    row = metadata.read_text().splitlines()[-1].replace("acme_widget.latency", "acme_widget.size")
    metadata.write_text(f"{metadata.read_text()}{row}\n")
    old = folder / "integrations-extras" / "some_old_tile"
    shutil.copytree(folder / TILE, old)
    (old / "manifest.json").write_text(json.dumps(OLD))
    # Another tile than the one that is there: what new writes must not exist.
    answers = folder / "answers.yaml"
    answers.write_text(
        answers.read_text().replace("Acme Widget", "Acme Gadget").replace("acme_widget.", "acme_gadget.")
    )
    (folder / "part.yaml").write_text("listing:\n  description: Watch every Acme widget from one place\n")
    (folder / "metrics.txt").write_text(EXPOSITION)
    (folder / "access.log").write_text(LOG * 3)
    (folder / "samples.jsonl").write_text('{"sample": "a line"}\n')
    return folder


def run(command: str, folder: Path, state: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TILEWIZARD_STATE": str(state),
        "HOME": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    words = ["bash", "-o", "pipefail", "-ec", command]
    return subprocess.run(
        words, cwd=folder, env=environment, input="y\n" * 9, capture_output=True, text=True, check=False
    )


def demand(block: Block, command: str, folder: Path, state: Path) -> None:
    done = run(command, folder / block.inside, state)
    allowed = {0, 1} if any(word in command for word in block.failing) else {0}
    told = f"{block.page}:{block.line}: {command}\nexit {done.returncode}\n{done.stdout[-1500:]}{done.stderr[-1500:]}"
    assert done.returncode in allowed and "Traceback" not in done.stderr, told


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN)
def test_every_command_of_a_page_does_what_it_is_shown_for(page: str, material: Path, tmp_path: Path) -> None:
    folder, state = tmp_path / "page", tmp_path / "state"
    shutil.copytree(material, folder, symlinks=True)
    for block in BLOCKS[page]:
        if block.file:
            (folder / block.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.file).write_text(block.text)
        elif block.needs:
            continue
        elif block.alone:
            for number, command in enumerate(block.commands):
                own = tmp_path / f"{block.line}-{number}"
                shutil.copytree(material, own, symlinks=True)
                demand(block, command, own, state)
        else:
            for command in block.commands:
                demand(block, command, folder, state)


@pytest.mark.parametrize("page", [page for page, found in TYPED.items() if found])
def test_what_is_not_run_says_why(page: str) -> None:
    assert {each.needs for each in TYPED[page]} - {""} <= NEEDS


def test_most_are_run() -> None:
    shown = sum(len(each.commands) for found in TYPED.values() for each in found)
    done = sum(len(each.commands) for found in TYPED.values() for each in found if not each.needs)
    assert done > 50 and done / shown > 0.75
