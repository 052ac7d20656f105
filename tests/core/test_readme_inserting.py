"""Links and pictures put into README sections."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.answers.listing import Listing
from tilewizard.answers.material import Medium
from tilewizard.answers.model import Answers
from tilewizard.authoring.author import author
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target
from tilewizard.readme.insert import address, name_taken, picture_address, with_link, with_picture

from tests.conftest import ROOT

PICTURE = ROOT / "tests" / "material" / "overview.png"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" https://acme.example/a?b=c#d ", "https://acme.example/a?b=c#d"),
        ("<https://acme.example>", "https://acme.example"),
        ("HTTP://acme.example", "HTTP://acme.example"),
        ("docs.acme.example/x", "https://docs.acme.example/x"),
        ("support@acme.example", "mailto:support@acme.example"),
        ("mailto:support@acme.example", "mailto:support@acme.example"),
        ("https://en.example/wiki/A_(b)", "https://en.example/wiki/A_(b)"),
        ("", ""),
        ("no address", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("word", ""),
    ],
)
def test_what_is_typed_is_an_address_or_none(typed: str, meant: str) -> None:
    assert address(typed) == meant


def test_a_link_takes_a_free_number_or_the_one_that_its_address_has() -> None:
    one = Answers(readme_links={"1": "https://a.example"}, readme={"Overview": "x\n\n[4]: https://d.example\n\ny"})
    link, after = with_link(one, "b [c]\nd", "https://b.example")
    assert link == "[b \\[c\\] d][5]" and after.readme_links == {"1": "https://a.example", "5": "https://b.example"}
    link, same = with_link(after, "a", "https://a.example")
    assert link == "[a][1]" and same == after
    assert with_link(one, "", "https://a.example")[0] == "[https://a.example][1]"


@pytest.mark.parametrize("target", list(Target))
def test_a_picture_is_shown_as_the_target_asks_and_its_file_copied(target: Target) -> None:
    one = Answers(target=target, listing=Listing(title="Acme Widget"), readme={"Overview": "x", "Setup": "1. y"})
    picture, after = with_picture(one, PICTURE, "The overview")
    directory = author(one).name
    raw = f"https://raw.githubusercontent.com/DataDog/integrations-extras/master/{directory}/"
    place = f"{'' if target == Target.MARKETPLACE else raw}images/overview.png"
    assert picture == f"![The overview]({place})" and after.readme_images == [str(PICTURE)]
    assert with_picture(after, PICTURE, "Again")[1] == after
    shown = after.model_copy(update={"readme": {**after.readme, "Overview": picture}})
    tile = author(shown)
    assert tile.file("images/overview.png") is not None
    assert not [each for each in check(tile) if each.rule in ("readme/image", "image/unused", "files/unused")]


def test_a_picture_of_the_tile_itself_is_shown_from_where_it_is(tmp_path: Path) -> None:
    root = tmp_path / "acme"
    (root / "images").mkdir(parents=True)
    inside = root / "images" / "own_one.png"
    inside.write_bytes(b"x")
    one = Answers(target=Target.EXTRAS)
    picture, after = with_picture(one, inside, "x", root)
    assert "/master/acme/images/own_one.png" in picture and after == one
    odd = root / "images" / "Own one.png"
    odd.write_bytes(b"y")
    picture, after = with_picture(one, odd, "x", root)
    assert "/Own_one.png)" in picture and after.readme_images == [str(odd)]
    assert picture_address(one, "a.png", root).endswith("/master/acme/images/a.png")


def test_a_name_that_another_picture_has_is_known(tmp_path: Path) -> None:
    one = Answers(media=[Medium(image="/a/overview.png")], readme_images=["/b/host map.png"])
    assert name_taken(one, Path("/c/overview.png")) and not name_taken(one, Path("/a/overview.png"))
    assert name_taken(one, Path("/c/host_map.png")) and not name_taken(one, Path("/c/other.png"))
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "other.png").write_bytes(b"x")
    assert name_taken(one, Path("/c/other.png"), tmp_path)
