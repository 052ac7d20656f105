"""The files that the first step promises are those that are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.authoring.author import author
from tilewizard.field.vocabulary import Target, TileType
from tilewizard.session.promised import Promised, added, in_folders, promised
from tilewizard.session.session import starting_answers

from tests.rules.clean_tile import clean_tile

METRICS = {"assets/dataflows.yaml", "assets/service_checks.json", "metadata.csv"}
REST = {f"examples/rest_api/{name}.py" for name in ("connect", "submit", "test_connect", "test_submit")}
DOGSTATSD = {f"examples/dogstatsd/{name}" for name in ("send.py", "send.sh", "test_send.py")}


def chosen(kind: TileType, *submits: str, target: Target = Target.MARKETPLACE) -> Answers:
    return starting_answers().model_copy(update={"target": target, "type": kind, "submits": list(submits)})


@pytest.mark.parametrize(
    ("kind", "submits", "there", "missing"),
    [
        (TileType.TILE_ONLY, (), {"manifest.json", "README.md", "CHANGELOG.md"}, METRICS),
        (TileType.REST_API, (), {"manifest.json"}, METRICS | REST),
        (TileType.REST_API, ("metrics",), METRICS | REST, DOGSTATSD),
        (TileType.REST_API, ("service_checks",), REST, {"metadata.csv"}),
        (TileType.REST_API, ("traces",), {"assets/dataflows.yaml"}, REST),
        (TileType.DOGSTATSD, ("service_checks",), DOGSTATSD, REST | {"metadata.csv"}),
        (TileType.DOGSTATSD, ("logs",), {"assets/dataflows.yaml"}, DOGSTATSD),
        (TileType.OPENMETRICS, ("metrics",), METRICS | {"pyproject.toml", "tests/fixtures/metrics.txt"}, REST | DOGSTATSD),
        (TileType.PYTHON, ("logs",), {"tests/fixtures/answer.json"}, {"metadata.csv", "tests/fixtures/metrics.txt"}),
    ],
)  # fmt: skip
def test_the_files_follow_from_type_and_data(
    kind: TileType, submits: tuple[str, ...], there: set[str], missing: set[str]
) -> None:
    files = set(promised(chosen(kind, *submits)).files)
    assert there <= files and not missing & files


def test_answers_that_are_there_are_told_under_their_own_name_and_nothing_stands_in() -> None:
    answers = replaced(chosen(TileType.OPENMETRICS, "metrics"), ("listing", "title"), "Harbour Crane")
    assert "datadog_checks/your_product/check.py" in promised(chosen(TileType.OPENMETRICS, "metrics")).files
    named = next(path for path in promised(answers).files if path.endswith("/check.py"))
    assert "harbour_crane" in named and named in author(answers).paths


def test_what_later_steps_bring_depends_on_the_target_and_goes_once_it_is_there() -> None:
    sold, free, new = (promised(chosen(TileType.REST_API, "metrics", target=target)).later for target in Target)
    assert "Licence agreement (EULA)" in sold and "Licence agreement (EULA)" not in free
    assert new == free
    assert "Logo" in free and "Carousel" in free
    assert "Logo" not in promised(replaced(chosen(TileType.REST_API), ("logo",), "logo.svg")).later


def test_of_a_tile_that_is_edited_only_what_comes_is_told() -> None:
    tile = clean_tile()
    assert added(tile, tile) == Promised((), ())
    new = tile.with_text("assets/more.json", "{}")
    assert added(new, tile).files == ("assets/more.json",)


def test_paths_are_told_a_line_a_folder() -> None:
    assert in_folders(("README.md", "a/b/c.py", "a/b/d.py", "a/e", "manifest.json")) == [
        ("./", "README.md, manifest.json"),
        ("a/", "e"),
        ("a/b/", "c.py, d.py"),
    ]


@pytest.mark.parametrize(
    ("folder", "target"),
    [("marketplace", Target.MARKETPLACE), ("integrations-extras", Target.EXTRAS), ("x", Target.MARKETPLACE)],
)
def test_a_new_tile_starts_with_the_target_of_its_checkout(folder: str, target: Target, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    assert starting_answers(tmp_path / folder).target == target


def test_that_files_follow_once_something_is_sent_is_told_until_it_is() -> None:
    assert promised(chosen(TileType.REST_API)).wants_data
    assert (
        not promised(chosen(TileType.REST_API, "events")).wants_data
        and not promised(chosen(TileType.TILE_ONLY)).wants_data
    )
