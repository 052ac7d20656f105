"""A listing on the Developer Platform: its files lie apart from the package, no answer is lost whichever way a tile goes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tilewizard.answers.conditions import on_marketplace
from tilewizard.answers.paths import replaced
from tilewizard.checking.check import check
from tilewizard.checking.check_many import Order
from tilewizard.field.vocabulary import Target, TileType
from tilewizard.publishing.ready import readiness_of
from tilewizard.rules.findings import Finding
from tilewizard.rules.manifest.around import wanted_overrides
from tilewizard.session.next_steps import next_steps
from tilewizard.session.session import Session
from tilewizard.tile.gathering import tiles_in
from tilewizard.tile.tile import read

from tests.core.test_variants import variant


def written(folder: Path, target: Target = Target.PLATFORM, kind: TileType = TileType.OPENMETRICS) -> Path:
    """A tile's directory as the wizard writes it."""
    root, _ = Session(variant(target, kind), into=folder).write()
    return root


def files(root: Path) -> dict[str, bytes]:
    """All that a directory holds, by path."""
    return {each.relative_to(root).as_posix(): each.read_bytes() for each in root.rglob("*") if each.is_file()}


def going(root: Path, target: Target) -> None:
    """Open the tile, let it go another way, write it."""
    session = Session.open(root)
    session.replace(replaced(session.answers, ("target",), target), ("target",))
    session.write()


def test_beside_a_package_the_listing_lies_apart(tmp_path: Path) -> None:
    held = set(files(written(tmp_path)))
    beside = {path for path in held if not path.startswith("listing/")}
    assert {"README.md", "CHANGELOG.md", "metadata.csv", "pyproject.toml", "assets/configuration/spec.yaml"} <= beside
    assert not any(
        path.startswith(("manifest", "images/", "assets/dash", "assets/logos", "assets/monit")) for path in beside
    )
    assert {"listing/manifest.json", "listing/.gitignore", "listing/assets/eula.pdf"} <= held


def test_git_sees_the_package_alone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    root = written(tmp_path)
    told = ["git", "-C", str(tmp_path), "ls-files", "--others", "--exclude-standard"]
    seen = subprocess.run(told, check=True, capture_output=True, text=True).stdout.splitlines()
    assert f"{root.name}/pyproject.toml" in seen and not [path for path in seen if "/listing/" in path]


def test_without_a_package_all_that_is_for_the_form_lies_in_the_folder(tmp_path: Path) -> None:
    held = files(written(tmp_path, kind=TileType.TILE_ONLY))
    assert all(path.startswith("listing/") for path in held) and "listing/.gitignore" not in held


@pytest.mark.parametrize("kind", [TileType.OPENMETRICS, TileType.REST_API, TileType.TILE_ONLY])
@pytest.mark.parametrize("target", [Target.MARKETPLACE, Target.EXTRAS])
def test_there_and_back_is_as_it_was(tmp_path: Path, target: Target, kind: TileType) -> None:
    root = written(tmp_path / target.value, target, kind)
    before = files(root)
    going(root, Target.PLATFORM)
    apart = files(root)
    assert "manifest.json" not in apart and "listing/manifest.json" in apart
    assert Session.open(root).answers.target == Target.PLATFORM
    going(root, target)
    assert files(root) == before


def test_a_choice_that_is_taken_back_shows_all_again(tmp_path: Path) -> None:
    session = Session(variant(Target.MARKETPLACE, TileType.REST_API), into=tmp_path)
    before = session.answers
    for target in (Target.EXTRAS, Target.PLATFORM):
        session.replace(replaced(session.answers, ("target",), target), ("target",))
    assert on_marketplace(session.answers), "plans and an agreement say that it is sold"
    session.replace(replaced(session.answers, ("target",), Target.MARKETPLACE), ("target",))
    assert session.answers == before


def test_what_is_sold_stays_sold_before_it_has_a_plan(tmp_path: Path) -> None:
    answers = variant(Target.PLATFORM, TileType.REST_API).model_copy(update={"sold": True, "pricing": [], "eula": ""})
    root, _ = Session(answers, into=tmp_path).write()
    assert read(root).sold and Session.open(root).answers.sold is True
    free = answers.model_copy(update={"sold": False})
    root, _ = Session(free, into=tmp_path / "free").write()
    assert not read(root).sold and Session.open(root).answers.sold is False


def test_a_package_that_the_checkout_knows_keeps_its_listing_beside_it(tmp_path: Path) -> None:
    checkout = tmp_path / "integrations-extras"
    root = written(checkout, Target.EXTRAS)
    (root / "manifest.json").unlink()
    (checkout / ".git").mkdir()
    (checkout / ".ddev").mkdir()
    (checkout / ".ddev" / "config.toml").write_text(f'[overrides.display-name]\n{root.name} = "Acme Widget"\n')
    assert read(root).target == Target.PLATFORM
    before = files(root)
    session = Session.open(root)
    assert session.plan().is_empty and session.unwritten() == []
    session.replace(replaced(session.answers, ("listing", "description"), "Watches widgets"), ("listing",))
    session.write()
    after = files(root)
    # What lay in the package stays there: to move it is another's decision.
    assert {path: data for path, data in after.items() if not path.startswith("listing/")} == before
    assert json.loads(after["listing/manifest.json"])["tile"]["description"] == "Watches widgets"
    assert Session.open(root).answers.listing.description == "Watches widgets"
    assert Session.open(root).plan().is_empty


def test_a_package_without_manifest_is_one_when_it_is_said(tmp_path: Path) -> None:
    root = written(tmp_path, Target.EXTRAS)
    (root / "manifest.json").unlink()
    assert "manifest/missing" in {each.rule for each in Order(root).checked().findings}
    assert "manifest/missing" not in {each.rule for each in Order(root, Target.PLATFORM).checked().findings}


def test_a_finding_names_the_file_where_it_lies(tmp_path: Path) -> None:
    root = written(tmp_path)
    place = root / "listing" / "manifest.json"
    place.write_text(
        place.read_text().replace('"title": "', '"title": "A title of more than fifty characters, which no card shows ')
    )
    found = [each for each in Order(root).checked().findings if each.rule == "listing/title-length"]
    assert [each.file for each in found] == ["listing/manifest.json"]


def test_a_file_of_the_listing_belongs_to_the_tile_around_it(tmp_path: Path) -> None:
    root = written(tmp_path)
    for path in (root, root / "listing", root / "listing" / "manifest.json", root / "README.md", tmp_path):
        assert tiles_in(path) == [root]


def test_two_files_of_one_path_are_both_kept(tmp_path: Path) -> None:
    root = written(tmp_path)
    (root / "listing" / "README.md").write_text("Mine.\n")
    session = Session.open(root)
    assert session.plan().is_empty
    session.replace(replaced(session.answers, ("listing", "description"), "Watches widgets"), ("listing",))
    session.write()
    assert (root / "listing" / "README.md").read_text() == "Mine.\n"


def asked_of(root: Path) -> set[str]:
    """What publishing asks of the tile in a directory."""
    tile = read(root)
    return {each.requirement.slug for each in readiness_of(tile, ()).standings}


def test_by_the_form_what_is_sold_asks_for_prices_and_only_code_for_the_repository(tmp_path: Path) -> None:
    sold = {"agreement", "pricing", "eula"}
    by_agent, by_api = (written(tmp_path / kind.value, kind=kind) for kind in (TileType.OPENMETRICS, TileType.REST_API))
    assert sold | {"access"} <= asked_of(by_agent)
    assert sold <= asked_of(by_api) and "access" not in asked_of(by_api)
    answers = variant(Target.PLATFORM, TileType.REST_API).model_copy(update={"sold": False})
    free, _ = Session(answers, into=tmp_path / "free").write()
    assert not (sold | {"access"}) & asked_of(free)


def test_the_steps_after_writing_are_those_of_the_form(tmp_path: Path) -> None:
    session = Session(variant(Target.PLATFORM, TileType.REST_API), into=tmp_path)
    told = "\n".join(next_steps(session, "acme_widget"))
    assert "export acme_widget --for developer-platform" in told and "git" not in told.replace("-widget", "")
    session = Session(variant(Target.PLATFORM, TileType.OPENMETRICS), into=tmp_path)
    told = "\n".join(next_steps(session, "acme_widget"))
    assert "in your checkout of marketplace" in told and "New Listing" in told and "F4: the package" in told
    session = Session(variant(Target.EXTRAS, TileType.OPENMETRICS), into=tmp_path)
    told = "\n".join(next_steps(session, "acme_widget"))
    assert "New Listing" not in told and told.index("F6") < told.index("ddev test") < told.index("F2, then F2 again")


def extras(folder: Path) -> Path:
    """A package beside its listing, in a checkout of integrations-extras that says nothing of it."""
    root = folder / "integrations-extras"
    (root / ".git").mkdir(parents=True)
    return written(root)


def found(root: Path, rule: str) -> list[Finding]:
    return [each for each in check(read(root)) if each.rule == rule]


def test_the_overrides_that_a_package_beside_its_listing_lacks_are_told_with_its_own_values(tmp_path: Path) -> None:
    root = extras(tmp_path)
    lines = {}
    for each in found(root, "checkout/overrides"):
        table, line = each.message.partition(" ")[0], each.hint.removeprefix("add the line ").removesuffix(" to it")
        lines[table] = line
    manifest = json.loads((root / "listing" / "manifest.json").read_text())["assets"]["integration"]
    assert set(lines) == {"[overrides.display-name]", "[overrides.metrics-prefix]", "[overrides.manifest.platforms]"}
    assert lines["[overrides.display-name]"] == f'{root.name} = "{manifest["source_type_name"]}"'
    assert lines["[overrides.metrics-prefix]"] == f'{root.name} = "{manifest["metrics"]["prefix"]}"'
    (root.parent / ".ddev").mkdir()
    config = "\n".join(f"{table}\n{line}" for table, line in lines.items())
    (root.parent / ".ddev" / "config.toml").write_text(config)
    assert found(root, "checkout/overrides") == []


def test_of_what_the_listing_does_not_say_an_example_is_given(tmp_path: Path) -> None:
    root = extras(tmp_path)
    place = root / "listing" / "manifest.json"
    manifest = json.loads(place.read_text())
    manifest["assets"]["integration"]["source_type_name"] = ""
    manifest["tile"]["classifier_tags"] = [["Supported OS::Linux"], "Supported OS::macOS", "Supported OS::Amiga"]
    place.write_text(json.dumps(manifest))
    hints = [each.hint for each in found(root, "checkout/overrides")]
    assert f'add the line {root.name} = "Acme Widget" to it' in hints
    assert f'add the line {root.name} = ["mac_os"] to it' in hints
    assert wanted_overrides(read(root)).keys() == {"overrides.metrics-prefix", "overrides.manifest.platforms"}


def test_overrides_are_asked_for_where_ddev_is_and_only_of_a_package_without_a_manifest(tmp_path: Path) -> None:
    assert found(written(tmp_path / "own"), "checkout/overrides") == []
    root = extras(tmp_path)
    (root / "manifest.json").write_bytes((root / "listing" / "manifest.json").read_bytes())
    assert found(root, "checkout/overrides") == []
    tile_only = written(root.parent / "form", kind=TileType.TILE_ONLY)
    assert found(tile_only, "checkout/overrides") == []
    listed_alone = extras(tmp_path / "alone")
    for path in listed_alone.iterdir():
        if path.name != "listing":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert found(listed_alone, "checkout/overrides") == [] and wanted_overrides(read(listed_alone)) == {}


def test_what_is_for_the_form_alone_is_told_where_it_lies_in_the_package(tmp_path: Path) -> None:
    root = extras(tmp_path)
    assert found(root, "package/listing-apart") == []
    (root / "manifest.json").write_bytes((root / "listing" / "manifest.json").read_bytes())
    (root / "assets" / "dashboards").mkdir()
    (root / "assets" / "dashboards" / "overview.json").write_text("{}")
    told = {each.file: each.hint for each in found(root, "package/listing-apart")}
    assert told == {
        "manifest.json": "bring listing/manifest.json up to it where they differ, then remove it from the package",
        "assets/dashboards/overview.json": "move it to listing/assets/dashboards/overview.json",
    }
