"""A tile as what the form of the Developer Platform asks for: every value, every file, nothing lost and no secret."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import mistune
import pytest
from click.testing import CliRunner, Result
from tilewizard.checking.check_many import Order
from tilewizard.cli import cli
from tilewizard.errors import TilewizardError
from tilewizard.field.vocabulary import Target
from tilewizard.publishing.form import EACH_MAX
from tilewizard.publishing.kit import Field, Kit, kit_of
from tilewizard.publishing.kit_pages import files_of_kit
from tilewizard.tile.overrides import overrides_in
from tilewizard.tile.tile import MANIFEST, Tile, TileFile, read

from tests.conftest import corpus_tiles, needs_corpus
from tests.publishing.test_pack import laid
from tests.rules.clean_tile import METADATA, OAUTH, README, clean_tile

CLIENTS = "assets/oauth_clients.json"
DASHBOARD = "assets/dashboards/acme_widget_overview.json"
MONITOR = "assets/monitors/acme_widget_errors.json"


def of(tile: Tile) -> Kit:
    return kit_of(tile, Order(Path(tile.name)).checked_as(tile).findings)


def field(tile: Tile, name: str) -> Field:
    return next(each for each in of(tile).fields if each.name == name)


def with_value(pointer: str, value: Any, target: Target = Target.MARKETPLACE) -> Tile:
    tile = clean_tile(target)
    return tile.with_text(MANIFEST, tile.manifest.with_value(pointer, value).text)


def agent_tile() -> Tile:
    package = {"pyproject.toml": b"[project]\n", "datadog_checks/x/__init__.py": b"", "tests/test_unit.py": b""}
    return clean_tile(Target.EXTRAS).with_files([TileFile(path, data) for path, data in package.items()])


def ran(*arguments: object) -> Result:
    words = ["export", *map(str, arguments), "--for", "developer-platform"]
    return CliRunner().invoke(cli, words, standalone_mode=False)


def raised(*arguments: object) -> str:
    error = ran(*arguments).exception
    assert isinstance(error, TilewizardError)
    return str(error)


def test_the_form_is_filled_in_its_order() -> None:
    kit = of(clean_tile())
    titles = [title for title, _ in kit.pages]
    assert titles == ["New Listing", "Overview", "Configuration Method", "Setup", "Data", "Content", "Images", "Support",
                      "Marketplace", "Release notes", "Preview and submit"]  # fmt: skip
    values = {each.name: [text for _, text in each.values] for each in kit.fields}
    assert values["Name"] == ["Acme Widget"] and values["Vendor name"] == ["Acme Corp"]
    assert values["Integration ID"] == ["acme-corp-acme-widget"] and values["Type"] == ["Integration"]
    assert [upload.place.split("-")[0] for upload in kit.uploads] == [
        f"files/{number:02}" for number in range(1, len(kit.uploads) + 1)
    ]
    assert [upload.path.rpartition("/")[0] for upload in kit.uploads][:2] == ["assets/logos", ""]
    assert kit.uploads[-1].path.endswith(".pdf")


@pytest.mark.parametrize(
    ("name", "pointer", "value"),
    [
        ("Name", "/tile/title", "x" * 51),
        ("Name", "/tile/title", ""),
        ("Short description", "/tile/description", "x" * 71),
        ("Vendor URL", "/author/homepage", ""),
        ("Tags", "/tile/classifier_tags", []),
        ("Pricing", "/pricing", []),
        ("Images", "/tile/media", []),
        ("Metric check", "/assets/integration/metrics/check", ""),
        ("Support contact", "/author/support_email", ""),
    ],
)
def test_a_limit_that_is_not_met_is_told_at_its_field(name: str, pointer: str, value: Any) -> None:
    assert field(clean_tile(), name).met
    assert not field(with_value(pointer, value), name).met


def test_the_description_may_be_longer_where_nothing_is_sold() -> None:
    assert field(with_value("/tile/description", "x" * 80, Target.EXTRAS), "Short description").met
    assert not field(with_value("/tile/description", "x" * 81, Target.EXTRAS), "Short description").met


@pytest.mark.parametrize(("name", "path"), [("Dashboards", DASHBOARD), ("Monitors", MONITOR)])
def test_of_content_there_are_not_more_than_the_form_takes(name: str, path: str) -> None:
    tile = clean_tile()
    first = tile.file(path)
    assert first is not None

    def with_more(count: int) -> Tile:
        copies = [TileFile(path.replace(".json", f"_{at}.json"), first.data) for at in range(count)]
        return tile.with_files(copies)

    words = {words: met for words, met in field(with_more(EACH_MAX), name).demands if str(EACH_MAX) in words}
    assert list(words.values()) == [False]
    words = {words: met for words, met in field(with_more(EACH_MAX - 1), name).demands if str(EACH_MAX) in words}
    assert list(words.values()) == [True]


def test_setup_wants_a_numbered_list() -> None:
    tile = clean_tile()
    plain = tile.with_text("README.md", README.replace("1. ", "").replace("2. ", ""))
    assert plain.file("README.md").data != tile.file("README.md").data  # type: ignore[union-attr]
    assert field(tile, "Setup").met and not field(plain, "Setup").met


def test_a_section_brings_the_links_that_it_names_and_no_others() -> None:
    text = "# A\n\n## Setup\n\n1. See [the page][1].\n\n## Support\n\nWrite to [us][2].\n\n[1]: https://a.example\n[2]: mailto:b@c.example\n"
    ((_, setup),) = field(clean_tile().with_text("README.md", text), "Setup").values
    assert setup == "1. See [the page][1].\n\n[1]: https://a.example"


def test_only_a_listing_that_is_sold_has_prices_and_an_agreement() -> None:
    assert "Marketplace" in dict(of(clean_tile()).pages)
    assert "Marketplace" not in dict(of(clean_tile(Target.EXTRAS)).pages)


def test_of_an_oauth_client_no_secret_is_written() -> None:
    clients = json.loads(OAUTH if isinstance(OAUTH, str) else json.dumps(OAUTH))
    next(iter(clients.values()))["client_secret"] = "never-to-be-seen"
    tile = clean_tile().with_text(CLIENTS, json.dumps(clients))
    kit = of(tile)
    assert CLIENTS in kit.in_fields
    written = files_of_kit(kit, tile)
    assert written and not any(b"never-to-be-seen" in data for data in written.values())


def test_an_agent_tile_is_parted_into_form_and_package() -> None:
    tile = agent_tile()
    kit = of(tile)
    assert {"pyproject.toml", "datadog_checks/x/__init__.py", "tests/test_unit.py", "README.md"} <= set(kit.package)
    beside = ("manifest.json", "images/", "assets/dashboards", "assets/monitors", "assets/saved_views", "assets/logs")
    assert not [path for path in kit.package if path.startswith(beside)]
    said = overrides_in(kit.overrides)[tile.name]
    assert (said.display_name, said.metrics_prefix) == ("Acme Widget", "acme_widget.") and not said.missing
    written = files_of_kit(kit, tile)
    for path in kit.package:
        assert written[f"package/{tile.name}/{path}"] == tile.file(path).data  # type: ignore[union-attr]


def test_a_tile_without_a_package_leaves_nothing_to_a_repository() -> None:
    kit = of(clean_tile())
    assert kit.package == () and kit.overrides == ""


def test_no_file_of_a_tile_is_forgotten() -> None:
    for tile in (clean_tile(), clean_tile(Target.EXTRAS), agent_tile()):
        kit = of(tile)
        assert {*(each.path for each in kit.uploads), *kit.package, *kit.in_fields, *kit.left} == set(tile.paths)


@needs_corpus
@pytest.mark.slow
def test_of_published_tiles_every_file_is_uploaded_kept_written_or_named() -> None:
    tiles = corpus_tiles()
    for path in tiles:
        tile = read(path)
        kit = of(tile)
        parts = [{each.path for each in kit.uploads} | set(kit.package), set(kit.in_fields), set(kit.left)]
        assert set.union(*parts) == set(tile.paths) and sum(map(len, parts)) == len(tile.paths), path.name
        written = files_of_kit(kit, tile)
        for upload in kit.uploads:
            assert written[upload.place] == tile.file(upload.path).data, (path.name, upload.path)  # type: ignore[union-attr]
    assert tiles


class Read(HTMLParser):
    """The texts of a page's blocks, and the names of its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.names: set[str] = set()
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag == "pre":
            self._within = True
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self._within:
            self.blocks[-1] += data


EVIL = "<script>alert(1)</script> ````` [x](javascript:1) {{ 7 * 7 }} \"'&amp;"


def test_what_stands_in_a_tile_is_text_on_both_pages() -> None:
    tile = with_value("/tile/title", EVIL)
    files = files_of_kit(of(tile), tile)
    page = Read()
    page.feed(files["form.html"].decode())
    assert EVIL in page.blocks and "script" not in page.names
    html = str(mistune.html(files["form.md"].decode()))
    assert "<script" not in html and "49" not in html.split("Vendor name")[0]
    shown = Read()
    shown.feed(html)
    assert EVIL in [block.strip("\n") for block in shown.blocks]


def test_both_pages_hold_every_value_and_every_file() -> None:
    tile = clean_tile()
    kit = of(tile)
    files = files_of_kit(kit, tile)
    page, shown = Read(), Read()
    page.feed(files["form.html"].decode())
    shown.feed(str(mistune.html(files["form.md"].decode())))
    values = [text for each in kit.fields for _, text in each.values]
    assert page.blocks == [text.rstrip("\n") for text in page.blocks]
    for text in values:
        assert text in page.blocks and text in [block.rstrip("\n") for block in shown.blocks]
    for upload in kit.uploads:
        assert upload.place in files["form.html"].decode() and upload.place in files["form.md"].decode()


def test_an_export_is_written_and_written_anew_the_same(tmp_path: Path) -> None:
    tile, into = laid(tmp_path), tmp_path / "form"
    before = {path: (tile / path).read_bytes() for path in read(tile).paths}
    assert ran(tile, "--into", into).return_value in (0, 1)
    first = {path: (into / path).read_bytes() for path in read(into).paths}
    assert {"form.html", "form.md", "kit.json"} < first.keys()
    ran(tile, "--into", into)
    assert {path: (into / path).read_bytes() for path in read(into).paths} == first
    assert {path: (tile / path).read_bytes() for path in read(tile).paths} == before


def test_a_later_export_takes_away_what_the_tile_no_longer_has(tmp_path: Path) -> None:
    tile, into = laid(tmp_path), tmp_path / "form"
    ran(tile, "--into", into)
    assert any(Path(MONITOR).name in path for path in read(into).paths)
    (tile / MONITOR).unlink()
    ran(tile, "--into", into)
    assert not any(Path(MONITOR).name in path for path in read(into).paths if "saved_views" not in path)


def test_what_others_put_there_is_never_replaced(tmp_path: Path) -> None:
    tile, into = laid(tmp_path), tmp_path / "form"
    ran(tile, "--into", into)
    (into / "form.md").write_text("my notes\n")
    assert "not replaced" in raised(tile, "--into", into)
    assert (into / "form.md").read_text() == "my notes\n"
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    assert "not replaced" in raised(tile, "--into", other)
    assert [each.name for each in other.iterdir()] == ["mine.txt"]


def test_an_empty_directory_does_and_the_tile_itself_does_not(tmp_path: Path) -> None:
    tile = laid(tmp_path)
    (tmp_path / "empty").mkdir()
    ran(tile, "--into", tmp_path / "empty")
    assert (tmp_path / "empty" / "form.html").is_file()
    assert "part of the tile" in raised(tile, "--into", tile / "form")
    assert not (tile / "form").exists()


def test_the_exit_code_says_whether_all_is_met(tmp_path: Path) -> None:
    head, *rows = METADATA.splitlines()
    blank = [row.rpartition(",")[0] + "," for row in rows]
    whole = clean_tile().with_text("metadata.csv", "\n".join([head, *blank, ""]))
    assert ran(laid(tmp_path / "a"), "--into", tmp_path / "0").return_value == 1
    assert ran(laid(tmp_path / "b", whole), "--into", tmp_path / "1").return_value == 0
    short = laid(tmp_path / "c", with_value("/author/support_email", ""))
    done = ran(short, "--into", tmp_path / "2")
    assert done.return_value == 1 and "Support contact" in done.stderr
