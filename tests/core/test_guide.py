"""The guide's three questions: what follows from each answer, what it needs and what it writes."""

from __future__ import annotations

from itertools import product

import pytest
from tilewizard.field.vocabulary import Target, TileType
from tilewizard.session.guide import GUIDE, by_folder, files, needs, proposed, starting_from
from tilewizard.session.session import Session

from tests.rules.clean_tile import clean_tile


@pytest.mark.parametrize(
    ("data", "runs", "kind"),
    [
        ("prometheus", "at customers", TileType.OPENMETRICS),
        ("own form", "at customers", TileType.PYTHON),
        ("sends itself", "at customers", TileType.DOGSTATSD),
        ("prometheus", "in our cloud", TileType.REST_API),
        ("no data", "at customers", TileType.TILE_ONLY),
        ("no data", "in our cloud", TileType.TILE_ONLY),
    ],
)
def test_the_type_follows_from_what_there_is_and_where_it_runs(data: str, runs: str, kind: TileType) -> None:
    assert proposed({"data": data, "runs": runs, "offered": "sold"}).type == kind


def test_every_answer_proposes_something_with_two_reasons_and_every_type_can_be_proposed() -> None:
    found = [
        proposed(dict(zip((asked.name for asked in GUIDE), chosen, strict=True)))
        for chosen in product(*(asked.choices for asked in GUIDE))
    ]
    assert {each.type for each in found} == set(TileType)
    assert {each.target for each in found} == set(Target)
    assert all(reason.endswith(".") for each in found for reason in each.reasons)


def test_what_is_needed_and_written_is_that_of_the_kind() -> None:
    agent = proposed({"data": "prometheus", "runs": "at customers", "offered": "sold"})
    assert "Licence agreement (EULA)" in needs(agent) and "Pricing" in needs(agent)
    assert {"pyproject.toml", "tests/test_unit.py", "metadata.csv", "manifest.json"} <= set(files(agent))
    assert not any("//" in path for path in files(agent))
    free = proposed({"data": "no data", "runs": "in our cloud", "offered": "free"})
    assert "Pricing" not in needs(free)
    assert "metadata.csv" not in files(free) and "manifest.json" in files(free)
    assert by_folder(["README.md", "assets/a", "assets/b/c"]) == ["README.md", "assets/ (2)"]


def test_of_an_opened_tile_only_what_is_proposed_changes() -> None:
    session = Session(tile=clean_tile())
    taken = proposed({"data": "sends itself", "runs": "at customers", "offered": "free"}).taken_by(session.answers)
    same = {"target": session.answers.target, "type": session.answers.type}
    assert (taken.target, taken.type) == (Target.EXTRAS, TileType.DOGSTATSD)
    assert taken.listing == session.answers.listing and taken.author == session.answers.author
    assert taken.model_copy(update=same).readme == session.answers.readme


def test_a_new_listing_stands_first() -> None:
    first = {asked.name: next(iter(asked.choices)) for asked in GUIDE}
    assert first["offered"] == "not yet" and proposed(first).target == Target.PLATFORM


@pytest.mark.parametrize("kind", TileType)
@pytest.mark.parametrize("target", Target)
def test_an_opened_tile_starts_with_what_it_is(target: Target, kind: TileType) -> None:
    session = Session(tile=clean_tile())
    session.replace(session.answers.model_copy(update={"target": target, "type": kind}))
    proposal = proposed(starting_from(session))
    assert (proposal.target, proposal.type) == (target, kind)


def test_a_new_tile_starts_with_the_first_choices_until_something_is_chosen() -> None:
    session = Session()
    assert starting_from(session) == {asked.name: next(iter(asked.choices)) for asked in GUIDE}
    session.replace(session.answers.model_copy(update={"target": Target.PLATFORM, "type": TileType.REST_API}))
    proposal = proposed(starting_from(session))
    assert (proposal.target, proposal.type) == (Target.PLATFORM, TileType.REST_API)
