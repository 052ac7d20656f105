"""The lines of a package without a manifest, put into a checkout's configuration of ddev: nothing else of it changes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tilewizard.checking.check import check
from tilewizard.checking.mend import mended
from tilewizard.cli import cli
from tilewizard.field.vocabulary import Target, TileType
from tilewizard.session.offers import offers, take
from tilewizard.session.session import Session
from tilewizard.tile.overrides import with_lines
from tilewizard.tile.tile import read

from tests.core.test_variants import variant
from tests.rows import rows

NAME = {"overrides.display-name": "Acme Widget"}
SYSTEMS = {"overrides.manifest.platforms": ["linux", "mac_os"]}
LINE, LIST = 'acme = "Acme Widget"', 'acme = ["linux", "mac_os"]'
OLDER = '# ours\n[overrides.display-name]\nolder = "Older"  # kept\n\n[orgs]\ndefault = "x"\n'

ADDED = {
    "in its table, after the last line": (
        OLDER,
        NAME,
        OLDER.replace("# kept\n", f"# kept\n{LINE}\n"),
    ),
    "a table that is missing, at the end": (OLDER, SYSTEMS, f"{OLDER}\n[overrides.manifest.platforms]\n{LIST}\n"),
    "several at once": (
        OLDER,
        {**NAME, **SYSTEMS},
        OLDER.replace("# kept\n", f"# kept\n{LINE}\n") + f"\n[overrides.manifest.platforms]\n{LIST}\n",
    ),
    "without a line end at the end": ("[overrides.display-name]", NAME, f"[overrides.display-name]\n{LINE}\n"),
    "a value without a line end": ("[a]\nb = 1", NAME, f"[a]\nb = 1\n\n[overrides.display-name]\n{LINE}\n"),
    "nothing yet": ("", NAME, f"[overrides.display-name]\n{LINE}\n"),
    "other line ends": (
        OLDER.replace("\n", "\r\n"),
        NAME,
        OLDER.replace("# kept\n", f"# kept\n{LINE}\n").replace("\n", "\r\n"),
    ),
    "an empty table": ("[ overrides.display-name ] # x\n[b]\n", NAME, f"[ overrides.display-name ] # x\n{LINE}\n[b]\n"),
}
REFUSED = {
    "no TOML": "[overrides",
    "an inline table": 'overrides = {display-name = {older = "x"}}\n',
    "keys with dots": '[overrides]\ndisplay-name.older = "x"\n',
    "named already": '[overrides.display-name]\nacme = "Other"\n',
    "in a text of several lines": 'a = """\n[overrides.display-name]\n"""\n',
    "no table": "[overrides]\ndisplay-name = 3\n",
}


@rows("words", list(ADDED), str)
def test_a_line_is_added_where_it_belongs(words: str) -> None:
    text, values, expected = ADDED[words]
    assert with_lines(text, "acme", values) == expected


@rows("words", list(REFUSED), str)
def test_what_cannot_be_done_by_adding_a_line_is_left(words: str) -> None:
    assert with_lines(REFUSED[words], "acme", NAME) is None


@given(st.text(), st.lists(st.sampled_from(["linux", "windows"]), min_size=1))
def test_what_is_said_is_read_back(name: str, systems: list[str]) -> None:
    values = {"overrides.display-name": name, "overrides.manifest.platforms": systems}
    made = with_lines(OLDER, "acme", values)
    assert made is not None
    found = tomllib.loads(made)["overrides"]
    assert found["display-name"] == {"older": "Older", "acme": name}
    assert found["manifest"]["platforms"] == {"acme": systems}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package beside its listing, in a checkout of integrations-extras whose configuration names another one."""
    root = tmp_path / "integrations-extras"
    (root / ".git").mkdir(parents=True)
    (root / ".ddev").mkdir()
    (root / ".ddev" / "config.toml").write_text(OLDER)
    tile, __ = Session(variant(Target.PLATFORM, TileType.OPENMETRICS), into=root).write()
    return tile


def lacking(tile: Path) -> list[str]:
    return [each.message.partition(" ")[0] for each in check(read(tile)) if each.rule == "checkout/overrides"]


def test_the_lines_that_are_missing_are_offered_as_one_change(package: Path) -> None:
    assert len(lacking(package)) == 3
    (offer,) = [each for each in offers(package) if each.path == ".ddev/config.toml"]
    assert "config.toml" in offer.title and offer.changes is not None
    assert all(line.startswith("+") for line in offer.changes.diff().splitlines()[2:] if line[0] not in " @")
    assert take(offer) == [".ddev/config.toml"] and lacking(package) == []
    assert mended(read(package)).around is None


@pytest.mark.slow
def test_check_fix_writes_them(package: Path) -> None:
    done = CliRunner().invoke(cli, ["check", "--fix", "--yes", str(package)])
    assert "config.toml" in done.output and lacking(package) == []
