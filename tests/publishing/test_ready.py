"""What is asked for before a tile is published: what can be seen is looked at, what can't is asked once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tilewizard
from click.testing import CliRunner, Result
from tilewizard.checking.check_many import Order
from tilewizard.cli import cli
from tilewizard.drafts import at_hand
from tilewizard.drafts.confirmed import PARTNER, TILES_MAX, confirm, confirmed_of, withdraw
from tilewizard.errors import TilewizardError
from tilewizard.field.vocabulary import Target
from tilewizard.publishing.ready import Readiness, State, readiness_of
from tilewizard.publishing.requirements import REQUIREMENTS
from tilewizard.rules import sources
from tilewizard.tile.tile import MANIFEST, README, Tile

from tests.conftest import corpus_tiles, needs_corpus
from tests.publishing.test_pack import laid
from tests.rules.clean_tile import clean_tile

TODAY = date.today().isoformat()


def of(tile: Tile) -> Readiness:
    return readiness_of(tile, Order(Path(tile.name)).checked_as(tile).findings)


def state(tile: Tile, slug: str) -> State | None:
    """The state of a requirement; None where it isn't asked."""
    return next((each.state for each in of(tile).standings if each.requirement.slug == slug), None)


def ran(*arguments: object, said: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["ready", *map(str, arguments)], input=said, standalone_mode=False)


def as_read(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran(*arguments, "--format", "json").stdout)
    return found


def without(*prefixes: str) -> Tile:
    tile = clean_tile()
    return tile.with_files([], without=[path for path in tile.paths if path.startswith(prefixes)])


def with_value(pointer: str, value: Any) -> Tile:
    tile = clean_tile()
    return tile.with_text(MANIFEST, tile.manifest.with_value(pointer, value).text)


def test_of_a_whole_tile_only_what_nobody_can_see_is_open() -> None:
    readiness = of(clean_tile())
    assert readiness.of(State.UNMET) == []
    assert [each.requirement.slug for each in readiness.of(State.OPEN)] == [
        "partner", "sandbox", "agreement", "access", "available", "hosted", "connected", "widths", "rights",
    ]  # fmt: skip
    assert not readiness.ready


def test_a_free_tile_is_asked_for_no_price_and_no_agreement() -> None:
    asked = {each.requirement.slug for each in of(clean_tile(Target.EXTRAS)).standings}
    assert not asked & {"agreement", "access", "pricing", "eula"}
    assert {"partner", "sandbox", "dashboard", "pictures"} <= asked


@pytest.mark.parametrize(
    ("slug", "tile"),
    [
        ("check", with_value("/tile/title", "x" * 60)),
        ("dashboard", without("assets/dashboards")),
        ("dashboard", clean_tile().with_text("assets/dashboards/acme_widget_overview.json", "{")),
        ("monitor", without("assets/monitors")),
        ("pipeline", without("assets/logs/")),
        ("pipeline", without("assets/logs/acme_widget_tests")),
        ("pictures", without("images/acme_widget_hosts")),
        ("pictures", clean_tile().with_text("images/acme_widget_hosts.png", "no picture")),
        ("logo", without("assets/logos")),
        ("oauth", clean_tile().with_text("assets/oauth_clients.json", "{")),
        ("support", with_value("/author/support_email", "")),
        ("support", clean_tile().with_text(README, "# Acme Widget\n\n## Overview\n\nIt does.\n")),
        ("pricing", with_value("/pricing", [])),
        ("pricing", with_value("/pricing/0/billing_type", "per_moon")),
        ("eula", without("assets/eula")),
        ("eula", clean_tile().with_text("assets/eula.pdf", "no PDF")),
    ],
)
def test_what_is_missing_in_a_tile_is_seen(slug: str, tile: Tile) -> None:
    tile = tile.for_target(Target.MARKETPLACE)
    assert state(clean_tile(), slug) == State.MET
    assert state(tile, slug) == State.UNMET
    missing = next(each for each in of(tile).standings if each.requirement.slug == slug)
    assert missing.words.endswith(".") and missing.remedy


def test_without_a_client_the_exception_from_oauth_is_asked() -> None:
    assert state(clean_tile(), "oauth") == State.MET
    assert state(without("assets/oauth"), "oauth") == State.OPEN
    assert state(without("assets/oauth"), "connected") is None


def test_a_tile_that_exchanges_no_data_is_asked_for_none() -> None:
    tags = ["Category::Cloud", "Offering::Professional Service"]
    tile = with_value("/tile/classifier_tags", tags)
    tile = tile.with_text(MANIFEST, tile.manifest.with_value("/assets", {}).text)
    tile = tile.with_files([], without=[path for path in tile.paths if path.startswith(("assets/", "metadata"))])
    asked = {each.requirement.slug for each in of(tile).standings}
    assert not asked & {"telemetry", "dashboard", "monitor", "pipeline", "oauth", "available", "widths"}


@pytest.mark.slow
@needs_corpus
def test_every_published_tile_stands_somewhere() -> None:
    for path in corpus_tiles():
        assert of(tilewizard.read(path)).standings


def test_each_requirement_has_a_name_a_source_and_a_way_to_know() -> None:
    known = {value for name, value in vars(sources).items() if name.isupper()}
    assert len({each.slug for each in REQUIREMENTS}) == len(REQUIREMENTS)
    for each in REQUIREMENTS:
        assert each.source in known
        assert each.asks or each.see
        assert each.asks.endswith("?") or not each.asks
        assert not (each.of_partner and each.see)


# -- what is confirmed


def test_what_is_confirmed_is_asked_once_and_keeps_its_day(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    confirm(PARTNER, {"sandbox"}, date(2026, 3, 1))
    done = ran(tile, "--tick", "sandbox,rights")
    assert done.return_value == 1
    days = {each["name"]: each["confirmed"] for each in as_read(tile)["requirements"] if each["confirmed"]}
    assert days == {"sandbox": "2026-03-01", "rights": TODAY}
    assert "confirmed on 2026-03-01" in ran(tile).stdout


def test_of_the_partner_it_holds_for_every_tile_of_a_tile_for_that_alone(tmp_path: Path) -> None:
    tile, other = laid(tmp_path / "a"), laid(tmp_path / "b")
    uuid = "00000000-3d0e-4b7a-9c58-6d1f0a2b3c4d"
    (other / MANIFEST).write_text(clean_tile().manifest.with_value("/app_uuid", uuid).text)
    ran(tile, "--tick", "sandbox", "--tick", "rights")
    states = {each["name"]: each["state"] for each in as_read(other)["requirements"]}
    assert (states["sandbox"], states["rights"]) == ("confirmed", "to confirm")


def test_a_tile_keeps_its_confirmations_where_it_is_moved(tmp_path: Path) -> None:
    ran(laid(tmp_path / "a"), "--tick", "rights")
    states = {each["name"]: each["state"] for each in as_read(laid(tmp_path / "b"))["requirements"]}
    assert states["rights"] == "confirmed"


def test_what_is_ticked_at_the_start_counts(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    at_hand.tick("sandbox")
    states = {each["name"]: each for each in as_read(tile)["requirements"]}
    assert (states["sandbox"]["state"], states["sandbox"]["confirmed"]) == ("confirmed", None)
    ran(tile, "--untick", "sandbox")
    assert "sandbox" not in at_hand.ticked()
    assert as_read(tile)["requirements"][1]["state"] == "to confirm"


def test_a_confirmation_can_be_taken_back(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    ran(tile, "--tick", "rights,partner")
    ran(tile, "--untick", "rights,partner")
    assert not [each for each in as_read(tile)["requirements"] if each["state"] == "confirmed"]


def test_all_that_is_open_can_be_asked_and_then_the_tile_is_ready(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    assert ran(tile, "--ask", said="y\n" * 8 + "n\n").return_value == 1
    asked = ran(tile, "--ask", said="y\n")
    assert asked.return_value == 0 and "Ready: all" in asked.stdout
    assert "sandbox account?" not in asked.stderr and "rights to the logo?" in asked.stderr
    assert as_read(tile)["ready"] is True


def test_who_leaves_the_questions_keeps_nothing(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    assert ran(tile, "--ask", said="y\ny\n").exception is not None
    assert not [each for each in as_read(tile)["requirements"] if each["state"] == "confirmed"]


@pytest.mark.parametrize(
    ("slug", "said"),
    [("sandbux", "did you mean sandbox"), ("pictures", "seen in the tile"), ("", ""), ("zzz", "what can be confirmed")],
)
def test_what_cannot_be_confirmed_is_told(tmp_path: Path, slug: str, said: str) -> None:
    done = ran(laid(tmp_path), "--tick", slug)
    assert bool(said) == isinstance(done.exception, TilewizardError)
    assert not said or said in done.exception.render()  # type: ignore[union-attr]
    assert confirmed_of(PARTNER) == {}


def test_a_state_that_cannot_be_kept_is_told(tmp_path: Path, state: Path) -> None:
    (state / "confirmed.json").mkdir()
    done = ran(laid(tmp_path), "--tick", "sandbox")
    assert isinstance(done.exception, TilewizardError) and "TILEWIZARD_STATE" in done.exception.render()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"partner": 3}', '{"partner": {"sandbox": 3, "access": "soon"}}'])
def test_a_state_that_is_broken_holds_no_confirmation(state: Path, text: str) -> None:
    state.joinpath("confirmed.json").write_text(text)
    assert confirmed_of(PARTNER) == {}
    confirm(PARTNER, {"sandbox"}, date(2026, 3, 1))
    assert confirmed_of(PARTNER) == {"sandbox": "2026-03-01"}


@pytest.mark.slow
def test_confirmations_of_many_tiles_leave_those_of_the_partner() -> None:
    confirm(PARTNER, {"sandbox"}, date(2026, 3, 1))
    confirm("tile 0", {"rights"}, date(2026, 3, 1))
    for number in range(1, TILES_MAX + 5):
        confirm(f"tile {number}", {"rights"}, date(2026, 3, 1))
    assert confirmed_of(PARTNER) and not confirmed_of("tile 0") and confirmed_of(f"tile {TILES_MAX}")
    withdraw(PARTNER, {"sandbox"})
    assert confirmed_of(PARTNER) == {}


def test_a_folder_that_is_no_tile_is_refused(tmp_path: Path) -> None:
    assert isinstance(ran(tmp_path).exception, TilewizardError)
