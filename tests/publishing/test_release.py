"""The next version of a published tile: proposed from what differs, written in every place and nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from tilewizard.cli import cli
from tilewizard.errors import TilewizardError
from tilewizard.publishing.release import _RAISED, _raised, changes_between, proposed_release
from tilewizard.tile.tile import CHANGELOG, METADATA, README, Tile, TileFile, read

from tests.commands.test_check_options import git
from tests.rules.clean_tile import clean_tile, written

DAY = date(2026, 11, 25)
NAME = "acme_corp_acme_widget"
ABOUT = f"datadog_checks/{NAME}/__about__.py"
CHECK = f"datadog_checks/{NAME}/check.py"
DASHBOARD = "assets/dashboards/acme_widget_overview.json"
MONITOR = "assets/monitors/acme_widget_errors.json"
COMMAND = f"datadog-agent integration install -t datadog-{NAME}==1.0.0"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An Agent tile that is published as 1.0.0, in a checkout on a branch of its own."""
    root = written(tmp_path / "integrations-extras" / NAME)
    (root / ABOUT).parent.mkdir(parents=True)
    (root / ABOUT).write_text("# A comment\n__version__ = '1.0.0'\n")
    (root / CHECK).write_text("VALUE = 1\n")
    readme = (root / README).read_text()
    (root / README).write_text(readme.replace("## Support", f"Run `{COMMAND}`.\n\n## Support", 1))
    checkout = root.parent
    git(checkout, "init", "-q", "-b", "main")
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "Publish")
    git(checkout, "switch", "-q", "-c", "work")
    return root


def all_files(root: Path) -> dict[str, bytes]:
    return {path: (root / path).read_bytes() for path in read(root).paths}


def ran(*arguments: object, said: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["release", *map(str, arguments)], input=said, standalone_mode=False)


def lines(root: Path) -> list[str]:
    return (root / METADATA).read_text().splitlines()


def with_metric(root: Path) -> None:
    row = lines(root)[1].replace("acme_widget.requests", "acme_widget.retries")
    (root / METADATA).write_text("\n".join([*lines(root), row, ""]))


def with_less(root: Path) -> None:
    (root / METADATA).write_text("\n".join([*lines(root)[:-1], ""]))


def with_type(root: Path) -> None:
    head, first, *rest = lines(root)
    (root / METADATA).write_text("\n".join([head, first.replace(",count,", ",gauge,", 1), *rest, ""]))


def with_unit(root: Path) -> None:
    head, first, *rest = lines(root)
    (root / METADATA).write_text("\n".join([head, first.replace(",request,", ",operation,", 1), *rest, ""]))


def with_described(root: Path) -> None:
    (root / METADATA).write_text((root / METADATA).read_text().replace("Requests that", "All requests that"))


def with_dashboard(root: Path) -> None:
    (root / "assets/dashboards/another.json").write_bytes((root / DASHBOARD).read_bytes())


def with_other_dashboard(root: Path) -> None:
    value = json.loads((root / DASHBOARD).read_text())
    (root / DASHBOARD).write_text(json.dumps(value | {"description": "Another"}))


def without_monitor(root: Path) -> None:
    (root / MONITOR).unlink()


def with_code(root: Path) -> None:
    (root / CHECK).write_text("VALUE = 2\n")


def with_text(root: Path) -> None:
    (root / README).write_text((root / README).read_text().replace("## Support\n", "## Support\n\nMore.\n"))


def with_picture(root: Path) -> None:
    (root / "images" / "more.png").write_bytes(b"x")


@pytest.mark.parametrize(
    ("change", "version", "kind"),
    [
        (with_metric, "1.1.0", "Added"),
        (with_less, "2.0.0", "Removed"),
        (with_type, "2.0.0", "Changed"),
        (with_unit, "1.0.1", "Fixed"),
        (with_dashboard, "1.1.0", "Added"),
        (with_other_dashboard, "1.0.1", "Fixed"),
        (without_monitor, "2.0.0", "Removed"),
        (with_code, "1.0.1", "Fixed"),
        (with_described, "1.0.0", ""),
        (with_text, "1.0.0", ""),
        (with_picture, "1.0.0", ""),
    ],
)
def test_a_version_is_proposed_from_what_differs(
    root: Path, change: Callable[[Path], None], version: str, kind: str
) -> None:
    before = all_files(root)
    change(root)
    assert all_files(root) != before
    proposal = proposed_release(read(root), DAY)
    assert (proposal.published, proposal.version) == ("1.0.0", version)
    assert [each for each, _ in proposal.why] == ([kind] if kind else [])


def test_the_greatest_of_several_changes_counts(root: Path) -> None:
    with_code(root)
    with_metric(root)
    assert proposed_release(read(root), DAY).version == "1.1.0"
    without_monitor(root)
    assert proposed_release(read(root), DAY).version == "2.0.0"


def test_every_place_is_changed_and_nothing_else(root: Path) -> None:
    with_metric(root)
    before = all_files(root)
    done = ran(root, "--yes")
    assert done.return_value == 0, done.stderr
    after = all_files(root)
    assert {path for path in after if after[path] != before.get(path)} == {CHANGELOG, ABOUT, README}
    assert after.keys() == before.keys()
    assert after[ABOUT].decode() == "# A comment\n__version__ = '1.1.0'\n"
    assert after[README].decode() == before[README].decode().replace(COMMAND, COMMAND.replace("1.0.0", "1.1.0"))
    old, new = before[CHANGELOG].decode(), after[CHANGELOG].decode()
    released = new.replace(old[old.index("## 1.0.0") :], "")
    assert re.search(
        r"## 1\.1\.0 / \d{4}-\d\d-\d\d\n\n\*\*\*Added\*\*\*:\n\n\* Metrics: acme_widget\.retries\n", released
    )
    assert old[old.index("## 1.0.0") :] in new and released.startswith(old[: old.index("## 1.0.0")])


def test_a_second_time_nothing_is_left_to_write(root: Path) -> None:
    with_metric(root)
    ran(root, "--yes")
    again = ran(root, "--yes")
    assert again.return_value == 0 and "every place already" in again.stderr


@pytest.mark.parametrize("heading", ["## Unreleased", "## 1.3.0", "## 1.3.0 / 2026-11-01"])
def test_lines_that_the_changelog_has_stay_and_say_what_comes(root: Path, heading: str) -> None:
    text = (root / CHANGELOG).read_text()
    at = text.index("## 1.0.0")
    (root / CHANGELOG).write_text(f"{text[:at]}{heading}\n\n***Added***:\n\n* Alerts, at last\n\n{text[at:]}")
    with_code(root)
    proposal = proposed_release(read(root), DAY)
    assert proposal.version == ("1.3.0" if "1.3.0" in heading else "1.1.0") and proposal.own_lines
    written_ = proposal.tile.file(CHANGELOG).text  # type: ignore[union-attr]
    day = "2026-11-01" if "2026-11-01" in heading else DAY.isoformat()
    assert f"## {proposal.version} / {day}\n\n***Added***:\n\n* Alerts, at last\n\n## 1.0.0" in written_
    assert f"__version__ = '{proposal.version}'" in proposal.tile.file(ABOUT).text  # type: ignore[union-attr]


def test_another_version_may_be_wanted(root: Path) -> None:
    with_code(root)
    assert proposed_release(read(root), DAY, "3.0.0").version == "3.0.0"
    with pytest.raises(TilewizardError, match="doesn't follow"):
        proposed_release(read(root), DAY, "1.0.0")
    with pytest.raises(TilewizardError, match="no version"):
        proposed_release(read(root), DAY, "two")


def test_nothing_is_written_unless_it_is_agreed_to(root: Path) -> None:
    with_metric(root)
    before = all_files(root)
    for done in (ran(root, "--dry-run"), ran(root, said="n\n")):
        assert done.return_value == 0 and "nothing was written" in done.stderr and "+## 1.1.0" in done.stderr
    assert all_files(root) == before
    assert "wrote" in ran(root, said="y\n").stderr


def test_windows_line_ends_stay(root: Path) -> None:
    for path in (CHANGELOG, README, ABOUT):
        (root / path).write_bytes((root / path).read_bytes().replace(b"\n", b"\r\n"))
    git(root.parent, "commit", "-q", "-a", "-m", "Line ends")
    git(root.parent, "branch", "-q", "-f", "main", "work")
    with_metric(root)
    ran(root, "--yes")
    for path in (CHANGELOG, README, ABOUT):
        data = (root / path).read_bytes()
        assert b"1.1.0" in data and data.count(b"\n") == data.count(b"\r\n"), path


def test_where_nothing_is_published_there_is_nothing_to_compare(root: Path, tmp_path: Path) -> None:
    other = written(root.parent / "acme_other")
    with pytest.raises(TilewizardError, match="not on the default branch"):
        proposed_release(read(other), DAY)
    alone = written(tmp_path / "alone" / NAME)
    with pytest.raises(TilewizardError, match="no git checkout"):
        proposed_release(read(alone), DAY)


def gone_on(root: Path, change: Callable[[Path], None]) -> None:
    """The default branch goes on while the work's own branch stays where it is."""
    git(root.parent, "switch", "-q", "main")
    change(root)
    git(root.parent, "add", ".")
    git(root.parent, "commit", "-q", "-m", "By others")
    git(root.parent, "switch", "-q", "work")


def with_tile(root: Path) -> None:
    written(root)


def released(root: Path) -> None:
    with_metric(root)
    ran(root, "--yes")


def test_what_others_changed_on_the_default_branch_asks_for_no_version(root: Path) -> None:
    gone_on(root, without_monitor)
    assert proposed_release(read(root), DAY).version == "1.0.0"
    with_metric(root)
    proposal = proposed_release(read(root), DAY)
    assert (proposal.published, proposal.version) == ("1.0.0", "1.1.0")
    assert proposal.why == (("Added", ("Metrics: acme_widget.retries",)),)


def test_a_version_that_others_released_meanwhile_is_not_given_twice(root: Path) -> None:
    gone_on(root, released)
    with_dashboard(root)
    before = all_files(root)
    done = ran(root, "--yes")
    assert isinstance(done.exception, TilewizardError) and "released as 1.1.0 on the default branch" in str(
        done.exception
    )
    assert "git rebase main" in done.exception.render() and all_files(root) == before
    git(root.parent, "add", ".")
    git(root.parent, "commit", "-q", "-m", "A dashboard")
    git(root.parent, "rebase", "-q", "main")
    assert proposed_release(read(root), DAY).version == "1.2.0"


def test_a_tile_that_was_published_meanwhile_is_not_new(root: Path) -> None:
    other = root.parent / "acme_other"
    gone_on(other, with_tile)
    written(other)
    with pytest.raises(TilewizardError, match=r"released as 1\.0\.0 on the default branch"):
        proposed_release(read(other), DAY)


def test_names_of_users_are_text_in_the_changelog(root: Path) -> None:
    (root / "assets/dashboards/a\x1b[31m.json").write_text("{}")
    added = dict(proposed_release(read(root), DAY).why)["Added"]
    assert added and all(line.isprintable() for line in added)


@given(st.lists(st.sampled_from(sorted(_RAISED)), max_size=6), st.tuples(*[st.integers(0, 99)] * 3))
@settings(max_examples=50)
def test_what_follows_is_greater_and_raises_one_number(kinds: list[str], known: tuple[int, int, int]) -> None:
    following = _raised(known, kinds)
    if not kinds:
        assert following == known
        return
    at = min(_RAISED[kind] for kind in kinds)
    assert following > known and following[:at] == known[:at]
    assert following[at] == known[at] + 1 and not any(following[at + 1 :])


def test_a_tile_does_not_differ_from_itself() -> None:
    tile = clean_tile()
    assert changes_between(tile, tile) == ()
    more: Tile = tile.with_file(TileFile("assets/monitors/b.json", b"{}"))
    assert changes_between(tile, more) == (("Added", ("Monitor: b",)),)
    assert changes_between(more, tile) == (("Removed", ("Monitor: b",)),)
