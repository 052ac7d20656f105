"""A checker that remembers says of each tile what a fresh check says, whatever was checked before, and runs few rules for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tilewizard.checking.check import Checker, check
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Finding, Problem
from tilewizard.rules.registry import Example, Rule, all_rules
from tilewizard.tile.tile import MANIFEST, Tile, TileFile

from tests.rules.applying import with_content
from tests.rules.clean_tile import clean_tile

RULES = [each for each in all_rules() if not each.checkout]
EXAMPLES = [each for rule in RULES for each in (rule.bad, rule.good) if each is not None]


def told(found: list[Finding]) -> list[Finding]:
    """Without the mends, which are made anew by each run."""
    return [replace(each, fix=None) for each in found]


def laid_over(tile: Tile, example: Example) -> Tile:
    """The tile with an example's changes, its other files the very same ones."""
    for file, content in {**(example.also or {}), example.file: example.content}.items():
        tile = with_content(tile, file, content)
    return tile


@pytest.mark.slow
@pytest.mark.parametrize("target", list(Target))
def test_each_example_after_the_one_before(target: Target) -> None:
    clean, again = clean_tile(target), Checker(RULES)
    for example in EXAMPLES:
        tile = laid_over(clean, example)
        assert told(again.check(tile)) == told(check(tile, rules=RULES)), example.file


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(EXAMPLES) | st.sampled_from(list(Target)) | st.none(), min_size=1, max_size=4))
def test_changes_on_changes(changes: list[Example | Target | None]) -> None:
    """Each on top of those before; none of them: back to the clean tile."""
    tile, again = clean_tile(), Checker(RULES)
    again.check(tile)
    for change in changes:
        if isinstance(change, Target):
            tile = tile.for_target(change)
        else:
            tile = laid_over(tile, change) if change is not None else clean_tile()
        assert told(again.check(tile)) == told(check(tile, rules=RULES))


@pytest.mark.parametrize("path", [MANIFEST, "metadata.csv", "README.md", "CHANGELOG.md"])
def test_a_file_that_goes_and_comes_back(path: str) -> None:
    whole, again = clean_tile(), Checker(RULES)
    without = whole.with_files([], without=[path])
    for tile in (whole, without, whole, without.with_file(TileFile(path, b"")), whole):
        assert told(again.check(tile)) == told(check(tile, rules=RULES))


def test_a_directory_that_is_named_anew_is_held_against_the_app_id() -> None:
    """A new tile's directory can be named by hand: it is held against the app_id at each change."""
    tile, again = clean_tile(), Checker(RULES)
    assert again.check(tile) == []
    files = {path: file for path in tile.paths if (file := tile.file(path))}
    other = Tile(files, name="acme_other", target=Target.MARKETPLACE)
    assert [finding.rule for finding in again.check(other)] == ["listing/directory"]
    assert told(again.check(other)) == told(check(other, rules=RULES))
    assert again.check(tile) == []


def test_what_stands_on_another_line_by_now_is_told_of_there() -> None:
    """The rule reads nothing new, and what it found has moved."""
    first = with_content(clean_tile(), MANIFEST, {"author": {"support_email": "support at acme"}})
    then = with_content(first, MANIFEST, {"tile": {"classifier_tags": ["Category::Cloud"]}})
    again = Checker(RULES)
    lines = [
        next(finding.line for finding in again.check(tile) if finding.rule == "author/address")
        for tile in (first, then, first)
    ]
    assert lines[0] == lines[2] != lines[1]
    assert told(again.check(then)) == told(check(then, rules=RULES))


def test_what_failed_is_run_anew() -> None:
    """One rule fails on a tile: what those before it read of that tile is not taken for what was read of the last one."""
    fails = [False]

    def of_title(tile: Tile) -> Iterator[Problem]:
        yield Problem(tile.text_at("/tile/title"), MANIFEST, hint="one")

    def failing(tile: Tile) -> Iterator[Problem]:
        if tile.text_at("/tile/title") and fails[0]:
            raise RuntimeError
        yield from ()

    first, second = (replace(RULES[0], name=f"a/{each.__name__}", check=each) for each in (of_title, failing))
    again, tile = Checker([first, second]), clean_tile()
    other = with_content(tile, MANIFEST, {"tile": {"title": "Another"}})
    again.check(tile)
    fails[0] = True
    with pytest.raises(RuntimeError):
        again.check(other)
    fails[0] = False
    assert [each.message for each in again.check(tile)] == [tile.text_at("/tile/title")]
    assert [each.message for each in again.check(other)] == ["Another"]


def test_a_title_of_a_tile_with_hundreds_of_dashboards_runs_few_rules() -> None:
    ran: list[str] = []

    def counted(rule: Rule) -> Rule:
        def run(tile: Tile) -> Iterator[Problem]:
            ran.append(rule.name)
            yield from rule.check(tile)

        return replace(rule, check=run)

    board = clean_tile().file("assets/dashboards/overview.json") or next(
        file for path in clean_tile().under("assets/dashboards") if (file := clean_tile().file(path))
    )
    paths = {f"board_{number}": f"assets/dashboards/board_{number}.json" for number in range(300)}
    tile = clean_tile().with_files(TileFile(path, board.data) for path in paths.values())
    tile = with_content(tile, MANIFEST, {"assets": {"dashboards": paths}})
    again = Checker([counted(each) for each in RULES])
    again.check(tile)
    everything = len(ran)
    ran.clear()
    again.check(with_content(tile, MANIFEST, {"tile": {"title": "Another"}}))
    assert everything > 250
    assert len(ran) < 30, ran
    assert sum(name.startswith("dashboards/") for name in ran) <= 4, ran
