"""What is remembered is what a fresh check finds: after a change of any byte that a rule may read."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tilewizard.checking import remembered
from tilewizard.checking.check import check
from tilewizard.checking.check_many import RECALLED, Order, checked_all
from tilewizard.checking.remembered import Memory
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Finding, Problem, Severity
from tilewizard.rules.registry import Rule, all_rules
from tilewizard.tile.tile import Tile, read

from tests.conftest import corpus_tiles, needs_corpus
from tests.rules.clean_tile import clean_files, manifest

NAME = "acme_corp_acme_widget"
OTHER = "acme_corp_other"
AROUND = {
    ".github/CODEOWNERS": f"/{NAME}/ @acme/integrations\n",
    f"{OTHER}/manifest.json": json.dumps({"app_uuid": "another", "app_id": "another"}),
    "tilewizard.toml": 'ignore = ["readme/filler"]\n',
    "README.md": "# The checkout\n",
}


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=Acme", "-c", "user.email=acme@acme.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def checkout_in(folder: Path) -> Path:
    root = folder / "marketplace"
    files = {f"{NAME}/{path}": data for path, data in clean_files(Target.MARKETPLACE).items()}
    for path, data in {**files, **{path: text.encode() for path, text in AROUND.items()}}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    git(root, "init", "-q", "-b", "master")
    git(root, "remote", "add", "origin", "https://github.com/DataDog/marketplace")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Publish the tile")
    return root


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the clean tile, which was checked once, so that it is remembered."""
    root = checkout_in(tmp_path)
    found(root, tmp_path)
    assert memory(tmp_path).recalled(read(root / NAME), ("but",)) == check(read(root / NAME))
    return root


def memory(folder: Path) -> Memory:
    return Memory(folder / "memory")


def found(root: Path, folder: Path) -> list[Finding]:
    checked, faults = checked_all([Order(root / NAME, memory=memory(folder))])
    assert not faults
    return checked[0].findings


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_of_any_file_changes_what_is_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    root = folder / "marketplace"
    shutil.copytree(CHECKOUTS.setdefault("one", checkout_in(tmp_path_factory.mktemp("one"))), root)
    found(root, folder)
    inside = [f"{NAME}/{path}" for path in clean_files(Target.MARKETPLACE)]
    for _ in range(data.draw(st.integers(1, 3))):
        path = root / data.draw(st.sampled_from([*inside, *AROUND, ".git/config"]))
        if not path.is_file():
            continue
        content = bytearray(path.read_bytes())
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        how = data.draw(st.sampled_from(["flip", "cut", "add", "take away"]))
        if how == "take away" and path.name != "config":
            path.unlink()
            continue
        if how == "cut":
            del content[at:]
        elif how == "add" or not content:
            content[at:at] = data.draw(st.binary(min_size=1, max_size=3))
        else:
            content[at] = data.draw(st.integers(0, 255))
        path.write_bytes(bytes(content))
        assert found(root, folder) == check(read(root / NAME))
        assert found(root, folder) == check(read(root / NAME))


CHECKOUTS: dict[str, Path] = {}


def published_otherwise(root: Path) -> None:
    value = manifest(Target.MARKETPLACE) | {"app_uuid": "12345678-1234-1234-1234-123456789012"}
    kept = (root / NAME / "manifest.json").read_bytes()
    (root / NAME / "manifest.json").write_text(json.dumps(value))
    git(root, "commit", "-q", "-a", "-m", "Another identity")
    (root / NAME / "manifest.json").write_bytes(kept)


def one_identity_twice(root: Path) -> None:
    (root / OTHER / "manifest.json").write_bytes((root / NAME / "manifest.json").read_bytes())


CHANGES: dict[str, Callable[[Path], object]] = {
    "the owners": lambda root: (root / ".github/CODEOWNERS").write_text("# nobody\n"),
    "no owners": lambda root: (root / ".github/CODEOWNERS").unlink(),
    "the default branch": published_otherwise,
    "another tile": one_identity_twice,
    "the remote": lambda root: git(
        root, "remote", "set-url", "origin", "https://github.com/DataDog/integrations-extras"
    ),
    "no history": lambda root: shutil.rmtree(root / ".git"),
    "a file more": lambda root: (root / NAME / "images" / "more.png").write_bytes(b"no picture"),
    "a link": lambda root: (root / NAME / "link").symlink_to("README.md"),
    "a file renamed": lambda root: (root / NAME / "CHANGELOG.md").rename(root / NAME / "CHANGES.md"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_around_the_tile_is_seen(name: str, checkout: Path, tmp_path: Path) -> None:
    before = check(read(checkout / NAME))
    CHANGES[name](checkout)
    after = check(read(checkout / NAME))
    assert found(checkout, tmp_path) == after
    assert after != before or name in ("no history", "no owners", "the remote")


def test_what_is_remembered_runs_no_rule_that_looks_at_the_tile_alone(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(
        "tilewizard.checking.check.by_rule", lambda _, rules: [ran.append(each.name) for each in rules] and []
    )
    found(checkout, tmp_path)
    assert {"checkout/codeowners", "checkout/identity", "manifest/immutable"} <= set(ran)
    assert len(ran) < len(all_rules()) / 10


def test_rules_of_another_edition_are_asked(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "edition", lambda: "another")
    assert memory(tmp_path).recalled(read(checkout / NAME), ("but",)) is None


@pytest.mark.parametrize("chosen", [("readme", "but"), ("but", "readme")])
def test_other_rules_are_another_question(chosen: tuple[str, ...], checkout: Path, tmp_path: Path) -> None:
    assert memory(tmp_path).recalled(read(checkout / NAME), chosen) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b'{"key": 1}', b"[" * 100_000, b'{"key":"x","fresh":[],"findings":[]}']
)
def test_a_broken_memory_is_none(content: bytes, checkout: Path, tmp_path: Path) -> None:
    for file in memory(tmp_path).folder.rglob("*.json"):
        file.write_bytes(content)
    assert found(checkout, tmp_path) == check(read(checkout / NAME))


def test_a_memory_that_can_not_be_written_is_none(tmp_path: Path) -> None:
    root = checkout_in(tmp_path)
    (tmp_path / "memory").write_text("a file where the folder would be")
    assert found(root, tmp_path) == check(read(root / NAME))


def test_what_would_come_back_changed_is_not_kept(tmp_path: Path) -> None:
    root = checkout_in(tmp_path)
    first = all_rules()[0]

    def odd(_: Tile) -> list[Problem]:
        return [Problem("a place that is no text", "nowhere.txt", ("a", "b"))]  # type: ignore[arg-type]

    rule = Rule("a/b", "what", "why", "source", "review", Severity.INFO, odd, first.bad, None)
    memory(tmp_path).found(read(root / NAME), [rule], ())
    assert memory(tmp_path).recalled(read(root / NAME), ()) is None


def test_editions_and_tiles_are_forgotten_in_time(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        monkeypatch.setattr(remembered, "edition", lambda number=number: f"edition{number}")
        found(checkout, tmp_path)
    assert len(list(memory(tmp_path).folder.iterdir())) <= remembered.EDITIONS_MAX
    monkeypatch.setattr(remembered, "KEPT_MAX", 4)
    held = memory(tmp_path)._edition
    for number in range(9):
        (held / f"{number}.json").write_text("{}")
    memory(tmp_path).tidied()
    assert len(list(held.iterdir())) <= 4


class Noted(Tile):
    @cached_property
    def place(self) -> str:
        """Something that is worked out once, from what lies around."""
        return str(self.root)


def test_each_rule_that_looks_around_is_noticed_though_another_did_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = checkout_in(tmp_path)
    monkeypatch.setattr(Tile, "place", Noted.__dict__["place"], raising=False)

    def rule(name: str) -> Rule:
        def told(tile: Tile) -> list[Problem]:
            return [Problem(f"it is {tile.place}")]  # type: ignore[attr-defined]

        return Rule(name, "what", "why", "source", "review", Severity.INFO, told, all_rules()[0].bad, None)

    memory(tmp_path).found(read(root / NAME), [rule("a/one"), rule("a/two")], ())
    (kept,) = memory(tmp_path).folder.rglob("*.json")
    held = json.loads(kept.read_text())
    assert [name for _, name in held["fresh"]] == ["a/one", "a/two"] and held["findings"] == []


@needs_corpus
@pytest.mark.slow
def test_published_tiles_are_remembered_as_they_were_found(tmp_path: Path) -> None:
    orders = [Order(path, memory=memory(tmp_path)) for path in corpus_tiles()]
    first, again = checked_all(orders), checked_all(orders)
    assert len(orders) < RECALLED and not memory(tmp_path).blank
    assert again == first == checked_all([Order(path) for path in corpus_tiles()])
