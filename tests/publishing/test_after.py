"""What comes after a tile is handed in: by its way, with texts that say plainly what is left to fill in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tilewizard.cli import cli
from tilewizard.field.vocabulary import Target
from tilewizard.publishing.after import After, Section, after_of
from tilewizard.publishing.after_forms import WIDTH
from tilewizard.publishing.after_texts import Passage
from tilewizard.rules import sources
from tilewizard.tile.tile import MANIFEST, Tile

from tests.rules.clean_tile import clean_tile, written

REPOSITORY = ["review", "approval", "preview", "release", "missing"]
FORM = ["submission", "review", "release", "missing"]
END = ["update", "contacts"]
LAUNCH = ["meeting", "quote", "blog", "webinar", "social"]


def on_platform(*, sold: bool) -> Tile:
    return clean_tile(Target.MARKETPLACE if sold else Target.EXTRAS).for_target(Target.PLATFORM)


def section(after: After, slug: str) -> Section:
    found = [each for each in after.sections if each.slug == slug]
    assert len(found) == 1, slug
    return found[0]


def texts(after: After) -> dict[str, Passage]:
    found = [text for each in after.sections for text in each.texts]
    assert len({each.slug for each in found}) == len(found)
    return {each.slug: each for each in found}


def with_value(tile: Tile, pointer: str, value: object) -> Tile:
    return tile.with_text(MANIFEST, tile.manifest.with_value(pointer, value).text)


def ran(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["ready", *map(str, arguments)], standalone_mode=False)


@pytest.mark.parametrize(
    ("tile", "sections", "to_copy"),
    [
        (clean_tile(), [*REPOSITORY, "launch", *END], ["review", "seen", "missing", *LAUNCH]),
        (clean_tile(Target.EXTRAS), [*REPOSITORY, *END], ["review", "seen", "missing"]),
        (on_platform(sold=True), [*FORM, "launch", *END], ["review", "missing", *LAUNCH]),
        (on_platform(sold=False), [*FORM, *END], ["review", "missing"]),
    ],
)
def test_each_way_has_its_sections_in_order(tile: Tile, sections: list[str], to_copy: list[str]) -> None:
    after = after_of(tile)
    assert [each.slug for each in after.sections] == sections
    assert list(texts(after)) == to_copy
    assert after.sold == ("launch" in sections)
    known = [value for name, value in vars(sources).items() if name.isupper()]
    for each in after.sections:
        assert each.happens and each.todo and each.who and each.title
        assert each.source.partition(";")[0] in known


@pytest.mark.parametrize(
    ("slug", "word", "told"),
    [
        ("review", "Azure DevOps", {"marketplace"}),
        ("review", "tilewizard pull-request", {"marketplace", "extras"}),
        ("submission", "credentials for production are shown once", {"sold form", "free form"}),
        ("release", "Marketplace page", {"marketplace", "sold form"}),
        ("release", "Integrations page", {"extras", "free form"}),
        ("missing", "pull request merged", {"marketplace", "extras"}),
        ("missing", "techpartners@datadoghq.com", {"marketplace", "extras", "sold form", "free form"}),
        ("preview", "1 to 2 working days", {"marketplace", "extras"}),
        ("update", "new pull request", {"marketplace", "extras"}),
        ("contacts", "marketplace@datadoghq.com", {"marketplace", "sold form"}),
    ],
)
def test_what_is_told_is_true_of_the_way(slug: str, word: str, told: set[str]) -> None:
    ways = {
        "marketplace": clean_tile(),
        "extras": clean_tile(Target.EXTRAS),
        "sold form": on_platform(sold=True),
        "free form": on_platform(sold=False),
    }
    for name, tile in ways.items():
        said = [(*each.happens, *each.todo, each.wait) for each in after_of(tile).sections if each.slug == slug]
        assert any(word in sentence for each in said for sentence in each) == (name in told), name


def test_without_an_oauth_client_nothing_is_said_of_its_secrets_and_with_a_package_its_command_is_told() -> None:
    tile = on_platform(sold=False)
    bare = tile.with_files([], without=["assets/oauth_clients.json"])
    assert not any("OAuth" in each for each in section(after_of(bare), "submission").todo)
    assert not any("install" in each for each in section(after_of(tile), "release").happens)
    agent = tile.with_text("pyproject.toml", "[project]\n").with_text("hatch.toml", "")
    found = after_of(agent)
    assert any(
        f"install -t datadog-{tile.name.replace('_', '-')}==VERSION" in each
        for each in section(found, "release").happens
    )
    assert any("pull request of its own" in each for each in section(found, "review").happens)
    assert "2356" in section(found, "review").wait and "2356" not in section(after_of(tile), "review").wait


def test_what_keeps_a_tile_from_being_seen_is_told_of_the_tile_that_has_it() -> None:
    sound = section(after_of(clean_tile()), "missing").todo
    text = section(after_of(with_value(clean_tile(), "/author", "Acme")), "missing").todo
    hidden = section(after_of(with_value(clean_tile(), "/display_on_public_website", False)), "missing").todo
    assert len(text) == len(hidden) == len(sound) + 1
    assert "author" in text[0] and "public website" in hidden[0]


def test_texts_have_what_the_tile_says_and_gaps_for_the_rest() -> None:
    full = texts(after_of(clean_tile()))
    for each in full.values():
        assert "Acme Widget" in each.text and each.gaps
        assert not re.search(r"[{}]", each.text) and each.text.count("«") == each.text.count("»")
        assert not {"«product name»", "«company name»"} & set(each.gaps)
    assert "acme-corp-acme-widget" in full["missing"].text
    tile = with_value(with_value(clean_tile(), "/tile/title", "A {b} «name»"), "/author", {})
    gaps = texts(after_of(tile))["quote"].gaps
    assert {"«product name»", "«company name»"} <= set(gaps) and len(gaps) == len(set(gaps))
    assert "{company} & Sons" in texts(after_of(with_value(clean_tile(), "/tile/title", "{company} & Sons")))["quote"].text  # fmt: skip


def test_the_command_tells_it_for_people_and_for_programs(tmp_path: Path) -> None:
    tile = written(tmp_path / "marketplace" / "acme_widget")
    found = ran(tile, "--after")
    assert found.return_value == 0
    after = after_of(clean_tile())
    lines = found.stdout.splitlines()
    assert [each for each in lines if re.match(r"\d+\. ", each)] == [
        f"{at}. {each.title}" for at, each in enumerate(after.sections, 1)
    ]
    assert all(len(each) <= WIDTH for each in lines if not each.startswith("   | "))
    read = json.loads(ran(tile, "--after", "--format", "json").stdout)
    assert (read["version"], read["target"], read["sold"]) == (1, "marketplace", True)
    assert [each["name"] for each in read["sections"]] == [each.slug for each in after.sections]
    copied = {text["name"]: text["text"] for each in read["sections"] for text in each["texts"]}
    assert copied == {slug: each.text for slug, each in texts(after).items()}


def test_it_only_tells(tmp_path: Path) -> None:
    tile = written(tmp_path / "marketplace" / "acme_widget")
    for option in (["--ask"], ["--tick", "sandbox"], ["--untick", "sandbox"]):
        assert "--after only tells" in str(ran(tile, "--after", *option).exception)
