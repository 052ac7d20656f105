"""A finding's fingerprint in SARIF: what a code scanning service tells old findings from new ones by."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tilewizard.checking.check_many import Order
from tilewizard.reporting.fingerprint import fingerprints

from tests.rules.clean_tile import written

DASHBOARD = Path("assets/dashboards/acme_widget_overview.json")
FLOWS = Path("assets/dataflows.yaml")


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    """A tile with a fault in each kind of file, none in the first line."""
    root = written(tmp_path / "extras" / "acme_widget")
    changed(root / "manifest.json", lambda top: top["tile"]["media"].append(medium("images/none.png")))
    changed(root / DASHBOARD, lambda top: top["widgets"].append(widget("", 7)))
    rows = (root / "metadata.csv").read_text().splitlines()
    cells = rows[1].split(",")
    (root / "metadata.csv").write_text(
        "\n".join([*rows, ",".join(["acme_widget.odd", *cells[1:4], "furlong", *cells[5:]]), ""])
    )
    (root / "README.md").write_text(
        (root / "README.md").read_text() + "\nSee [the page](docs/page.md), it tells more.\n"
    )
    flow = "  - id: other-metrics\n    always_on: true\n    granular: false\n    data_type: metrics\n    direction: inbound\n"
    (root / FLOWS).write_text(f"provides:\n{flow}")
    return root


def changed(path: Path, change: Callable[[Any], object]) -> None:
    value = json.loads(path.read_text())
    change(value)
    path.write_text(json.dumps(value, indent=2))


def medium(path: str) -> dict[str, str]:
    return {"media_type": "image", "caption": f"{path} of the tile", "image_url": path}


def widget(title: str, number: int) -> dict[str, Any]:
    return {"id": number, "definition": {"type": "timeseries", "title": title, "requests": []}}


def prints(path: Path) -> dict[str, list[str]]:
    """The fingerprints of a tile's findings, by rule and file."""
    found: dict[str, list[str]] = {}
    for finding, mark in fingerprints(Order(path).checked()):
        found.setdefault(f"{finding.rule} {finding.file}", []).append(mark)
    return found


def test_the_tile_has_a_fault_in_each_kind_of_file(tile: Path) -> None:
    files = {each.partition(" ")[2] for each in prints(tile)}
    assert files >= {"manifest.json", str(DASHBOARD), "metadata.csv", "README.md", str(FLOWS)}


def test_a_path_may_be_written_in_any_way(tile: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    whole = prints(tile)
    link = tmp_path / "link"
    link.symlink_to(tile)
    for folder, path in ((tile, "."), (tile / "assets", ".."), (tile.parent, tile.name), (tile, f"../{tile.name}")):
        monkeypatch.chdir(folder)
        assert prints(Path(path)) == whole
    assert prints(link) == whole


def test_tiles_of_other_names_have_other_prints(tile: Path, tmp_path: Path) -> None:
    before = {mark for marks in prints(tile).values() for mark in marks}
    other = tile.rename(tmp_path / "acme_other")
    assert before and not before & {mark for marks in prints(other).values() for mark in marks}


def add_medium(tile: Path) -> None:
    changed(
        tile / "manifest.json", lambda top: top["tile"]["media"].insert(0, medium(top["tile"]["media"][0]["image_url"]))
    )


def add_widget(tile: Path) -> None:
    changed(tile / DASHBOARD, lambda top: top["widgets"].insert(0, widget("Requests", 9)))


def add_row(tile: Path) -> None:
    header, *rows = (tile / "metadata.csv").read_text().splitlines()
    row = rows[0].replace(rows[0].partition(",")[0], "acme_widget.aaa", 1)
    (tile / "metadata.csv").write_text("\n".join([header, row, *rows, ""]))


def add_lines(tile: Path) -> None:
    text = (tile / "README.md").read_text()
    (tile / "README.md").write_text(text.replace("## Overview\n", "## Overview\n\nOne line more. It is a short one.\n"))


def add_flow(tile: Path) -> None:
    text = (tile / FLOWS).read_text()
    more = (
        text.partition("\n")[2]
        .replace("metrics", "events")
        .replace("other", json.loads((tile / "manifest.json").read_text())["app_id"])
    )
    (tile / FLOWS).write_text(text.replace("provides:\n", f"provides:\n{more}"))


def spell_anew(tile: Path) -> None:
    value = json.loads((tile / DASHBOARD).read_text())
    (tile / DASHBOARD).write_text(json.dumps(value))


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("manifest.json", add_medium),
        (str(DASHBOARD), add_widget),
        (str(DASHBOARD), spell_anew),
        ("metadata.csv", add_row),
        ("README.md", add_lines),
        (str(FLOWS), add_flow),
    ],
)
def test_a_print_stays_when_something_is_added_above(tile: Path, file: str, change: Callable[[Path], None]) -> None:
    before = {rule: marks for rule, marks in prints(tile).items() if rule.endswith(f" {file}")}
    change(tile)
    after = prints(tile)
    gone = {rule for rule, marks in before.items() if set(marks) - set(after.get(rule, ()))}
    assert before and not gone


def test_no_two_findings_of_a_tile_share_a_print(tile: Path) -> None:
    changed(
        tile / DASHBOARD,
        lambda top: top["widgets"].extend([widget("", 7), widget("", 7), {"definition": {"type": "x"}}] * 2),
    )
    marks = [mark for each in prints(tile).values() for mark in each]
    assert len(set(marks)) == len(marks)


def test_another_value_is_another_finding(tile: Path) -> None:
    before = prints(tile)["metadata/unit metadata.csv"]
    (tile / "metadata.csv").write_text((tile / "metadata.csv").read_text().replace("furlong", "fathom"))
    assert not set(before) & set(prints(tile)["metadata/unit metadata.csv"])


def test_a_file_that_is_gone_meanwhile_keeps_the_rest(tile: Path) -> None:
    report = Order(tile).checked()
    (tile / "README.md").unlink()
    assert len(list(fingerprints(report))) == len(report.findings) + len(report.allowed)
