"""What is published already stays, and the checkout knows the tile's owner."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Finding
from tilewizard.tile.tile import MANIFEST, Tile, read

from .applying import merged
from .clean_tile import clean_files, manifest
from .edges import at, said

NAME = "acme_corp_acme_widget"
INTEGRATION = "/assets/integration/source_type_name"
OVERVIEW = "assets/dashboards/acme_widget_overview.json"


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=Acme", "-c", "user.email=acme@acme.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of the marketplace whose default branch has the clean tile."""
    root = tmp_path_factory.mktemp("work") / "marketplace"
    for path, data in clean_files(Target.MARKETPLACE).items():
        (root / NAME / path).parent.mkdir(parents=True, exist_ok=True)
        (root / NAME / path).write_bytes(data)
    git(root, "init", "-q", "-b", "master")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Publish the tile")
    return root


def changed(checkout: Path, patch: dict[str, Any]) -> Tile:
    value = merged(manifest(Target.MARKETPLACE), patch)
    return read(checkout / NAME).with_text(MANIFEST, json.dumps(value, indent=2))


def immutable(tile: Tile) -> list[Finding]:
    return said("manifest/immutable", tile)


def test_the_published_tile_as_it_is_says_nothing(checkout: Path) -> None:
    tile = read(checkout / NAME)
    assert tile.target == Target.MARKETPLACE
    assert immutable(tile) == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/app_id", "acme-corp-other"),
        ("/app_id", None),
        ("/app_uuid", "11111111-2222-4333-8444-555555555555"),
        (INTEGRATION, "Acme Widgets"),
        ("/display_on_public_website", False),
    ],
)
def test_what_is_published_is_put_back(checkout: Path, pointer: str, value: Any) -> None:
    tile = changed(checkout, at(pointer, value))
    (finding,) = immutable(tile)
    assert (finding.pointer, finding.severity) == (pointer, "error")
    assert finding.fix is not None
    assert immutable(finding.fix(tile)) == []


def test_an_identity_that_was_never_published_can_not_be_added(checkout: Path) -> None:
    (finding,) = immutable(changed(checkout, at("/assets/integration/id", "acme-widget")))
    assert (finding.pointer, finding.fixable) == ("/assets/integration/id", False)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [("/tile/title", "Other"), ("/assets/integration/source_type_id", 7), ("/assets/dashboards/another", OVERVIEW)],
)
def test_all_else_may_change(checkout: Path, pointer: str, value: Any) -> None:
    assert immutable(changed(checkout, at(pointer, value))) == []


@pytest.mark.parametrize("key", ["dashboards", "monitors", "saved_views"])
def test_a_short_name_that_is_gone_is_an_error(checkout: Path, key: str) -> None:
    (finding,) = immutable(changed(checkout, at(f"/assets/{key}", None)))
    assert (finding.pointer, finding.severity, finding.fixable) == (f"/assets/{key}", "error", False)


def test_a_short_name_that_was_renamed_gets_its_name_back(checkout: Path) -> None:
    tile = changed(checkout, at("/assets/dashboards", {"acme_widget_overview": None, "overview": OVERVIEW}))
    (finding,) = immutable(tile)
    assert finding.fix is not None
    mended = finding.fix(tile)
    assert immutable(mended) == []
    assert mended.object_at("/assets/dashboards") == {"acme_widget_overview": OVERVIEW}
    assert finding.fix(mended) is mended


def test_a_tile_outside_a_checkout_has_nothing_to_keep(tmp_path: Path) -> None:
    (tmp_path / "tile").mkdir()
    (tmp_path / "tile" / MANIFEST).write_text('{"app_id": "another"}')
    assert immutable(read(tmp_path / "tile")) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (None, []),
        ("", ["add the line “/acme_corp_acme_widget/  @your-team” to .github/CODEOWNERS"]),
        ("*  @DataDog/reviewers\n", ["add the line “/acme_corp_acme_widget/  @your-team” to .github/CODEOWNERS"]),
        ("/acme_corp_acme_widget_2/ @acme\n", ["add the line “/acme_corp_acme_widget/  @your-team” to .github/CODEOWNERS"]),
        ("# /acme_corp_acme_widget/ @acme\n", ["add the line “/acme_corp_acme_widget/  @your-team” to .github/CODEOWNERS"]),
        ("/acme_corp_acme_widget/\n", ["write /acme_corp_acme_widget/  @your-team"]),
        ("/acme_corp_acme_widget/  # @acme\n", ["write /acme_corp_acme_widget/  @your-team"]),
        ("/acme_corp_acme_widget/  @acme\n", []),
        ("/acme_corp_acme_widget/  dev@acme.example\n", ["write /acme_corp_acme_widget/  @your-team"]),
        ("acme_corp_acme_widget/** @acme # us\r\n", ["write /acme_corp_acme_widget/  @acme"]),
        ("/acme_corp_acme_widget @acme @other", ["write /acme_corp_acme_widget/  @acme"]),
        ("/acme_corp_acme_widget @acme\n/acme_corp_acme_widget/ @acme\n", []),
        ("/acme_corp_acme_widget/ @acme\n/acme_corp_acme_widget/\n", ["write /acme_corp_acme_widget/  @your-team"]),
    ],
)  # fmt: skip
def test_codeowners_has_a_line_for_the_tile(checkout: Path, lines: str | None, expected: list[str]) -> None:
    owners = checkout / ".github" / "CODEOWNERS"
    owners.unlink(missing_ok=True)
    if lines is not None:
        owners.parent.mkdir(exist_ok=True)
        owners.write_text(lines)
    assert [finding.hint for finding in said("checkout/codeowners", read(checkout / NAME))] == expected


@pytest.mark.parametrize(
    ("other", "pointers"),
    [
        ({"app_uuid": "11111111-2222-4333-8444-555555555555", "app_id": "acme-corp-other"}, []),
        ({"app_uuid": manifest(Target.MARKETPLACE)["app_uuid"], "app_id": "acme-corp-other"}, ["/app_uuid"]),
        ({"app_uuid": "11111111-2222-4333-8444-555555555555", "app_id": "acme-corp-acme-widget"}, ["/app_id"]),
        ({}, []),
    ],
)
def test_no_two_tiles_of_a_checkout_have_one_identity(
    checkout: Path, tmp_path: Path, other: dict[str, str], pointers: list[str]
) -> None:
    root = tmp_path / "marketplace"
    shutil.copytree(checkout, root)
    (root / "another").mkdir()
    (root / "another" / MANIFEST).write_text(json.dumps(other, indent=2))
    assert [(each.pointer, each.line) for each in said("checkout/identity", read(root / NAME))] == [
        (pointer, 3 if pointer == "/app_uuid" else 4) for pointer in pointers
    ]
