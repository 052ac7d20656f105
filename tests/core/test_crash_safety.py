"""Writing is all or nothing: broken at every step, killed at every step, killed at any moment."""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tilewizard.drafts.drafts import Draft, DraftStore
from tilewizard.errors import ChangedOnDisk, TilewizardError, WriteRefused
from tilewizard.writing import disk
from tilewizard.writing.changes import ChangeSet, FileChange
from tilewizard.writing.commit import commit, recover

Files = dict[str, bytes]
OLD: Files = {"a.txt": b"old a\n", "sub/b.txt": b"old b\n", "sub/c.txt": b"c\n"}
NEW: Files = {"a.txt": b"new a\n", "sub/b.txt": b"new b\n", "sub/c.txt": b"c\n", "sub/deep/d.txt": b"new d\n"}
ONE: Files = {**OLD, "a.txt": b"new a\n"}
STEPS = ("mkdir", "write", "fsync", "link", "replace", "rename_new", "exchange")


def lay(root: Path, files: Files) -> None:
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def found(root: Path) -> Files | None:
    if not root.exists():
        return None
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def changes(root: Path, before: Files | None, after: Files) -> ChangeSet:
    paths = sorted({*(before or {}), *after})
    return ChangeSet(root, tuple(FileChange(p, (before or {}).get(p), after.get(p)) for p in paths), before is None)


CASES = pytest.mark.parametrize(
    ("before", "after"), [(None, NEW), (OLD, NEW), (OLD, ONE)], ids=["new tile", "several files", "one file"]
)


class Breaking(disk.Disk):
    """A disk on which the n-th step does something else."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self.left, self.act = at, act

    def __getattribute__(self, name: str):  # type: ignore[no-untyped-def]
        found = super().__getattribute__(name)
        if name not in STEPS:
            return found

        def step(*words: object, **more: object) -> object:
            self.left -= 1
            if self.left == 0:
                self.act()
            return found(*words, **more)

        return step


def fail() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def steps_of(monkeypatch: pytest.MonkeyPatch, run: Callable[[], object]) -> int:
    counting = Breaking(-1, fail)
    monkeypatch.setattr(disk, "DISK", counting)
    run()
    return -1 - counting.left


@CASES
def test_a_disk_that_fails_at_any_step_leaves_the_old_state_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: Files | None, after: Files
) -> None:
    count = steps_of(monkeypatch, lambda: _fresh_commit(tmp_path / "count", before, after))
    assert count >= 3
    for at in range(1, count + 1):
        place = tmp_path / f"at{at}"
        if before is not None:
            lay(place / "tile", before)
        else:
            place.mkdir()
        monkeypatch.setattr(disk, "DISK", Breaking(at, fail))
        try:
            commit(changes(place / "tile", before, after))
        except WriteRefused as error:
            assert "no space left" in str(error).lower() and "make room" in str(error)
            assert found(place / "tile") == before
        else:
            # Only the last step comes after the change itself: bringing the directory's entry to the disk.
            assert found(place / "tile") == after and at == count
        assert [each.name for each in place.iterdir() if each.name != "tile"] == []


def _fresh_commit(place: Path, before: Files | None, after: Files) -> None:
    place.mkdir(parents=True, exist_ok=True)
    if before is not None:
        lay(place / "tile", before)
    commit(changes(place / "tile", before, after))


def _in_child(run: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        try:
            run()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


@pytest.mark.slow
@CASES
def test_killed_at_any_step_the_tile_is_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: Files | None, after: Files
) -> None:
    count = steps_of(monkeypatch, lambda: _fresh_commit(tmp_path / "count", before, after))
    seen = set()
    for at in range(1, count + 1):
        place = tmp_path / f"at{at}"
        if before is not None:
            lay(place / "tile", before)
        else:
            place.mkdir()

        def run(at: int = at, place: Path = place) -> None:
            disk.DISK = Breaking(at, lambda: os.kill(os.getpid(), signal.SIGKILL))
            commit(changes(place / "tile", before, after))

        _in_child(run)
        recover(place / "tile")
        state = found(place / "tile")
        assert state in (before, after), at
        seen.add(state == after)
        assert [each.name for each in place.rglob("*") if ".tilewizard-" in each.name] == []
    assert False in seen


def test_a_draft_killed_at_any_step_is_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = DraftStore(tmp_path)
    old, new = Draft("d", "Old", "title: old\n"), Draft("d", "New", "title: new\n")
    count = steps_of(monkeypatch, lambda: store.save(old))
    for at in range(1, count + 1):
        monkeypatch.setattr(disk, "DISK", disk.Disk())
        store.save(old)

        def run(at: int = at) -> None:
            disk.DISK = Breaking(at, lambda: os.kill(os.getpid(), signal.SIGKILL))
            store.save(new)

        _in_child(run)
        assert store.load("d").text in (old.text, new.text)
        assert [draft.id for draft in store.all()] == ["d"]


@pytest.mark.slow
def test_killed_at_two_hundred_random_moments_the_tile_is_whole_each_time(tmp_path: Path) -> None:
    root = tmp_path / "tile"
    lay(root, OLD)
    luck = random.Random(7)
    states = set()
    for _ in range(200):
        now = found(root)
        child = os.fork()
        if child == 0:
            try:
                while True:
                    here = found(root)
                    commit(changes(root, here, NEW if here == OLD else OLD))
            finally:
                os._exit(0)
        time.sleep(luck.uniform(0.001, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        recover(root)
        now = found(root)
        assert now in (OLD, NEW)
        states.add(now == NEW)
        assert [each.name for each in tmp_path.iterdir()] == ["tile"]
    assert states == {True, False}


def test_a_new_tile_never_takes_the_place_of_anything(tmp_path: Path) -> None:
    (tmp_path / "tile").mkdir()
    with pytest.raises(WriteRefused, match="is there already"):
        commit(changes(tmp_path / "tile", None, NEW))
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteRefused):
        commit(changes(tmp_path / "file", None, NEW))
    with pytest.raises(WriteRefused):
        commit(changes(tmp_path / "file" / "tile", None, NEW))
    assert (tmp_path / "file").read_text() == "x"


def test_a_file_that_changed_meanwhile_is_never_overwritten(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    (tmp_path / "a.txt").write_text("somebody else's")
    with pytest.raises(ChangedOnDisk, match=r"a\.txt"):
        commit(changes(tmp_path, OLD, NEW))
    assert (tmp_path / "a.txt").read_text() == "somebody else's"
    assert (tmp_path / "sub/b.txt").read_bytes() == OLD["sub/b.txt"]


@pytest.mark.parametrize("path", ["../out", "/etc/x", "a/../../b", "a\\b", "a\nb", "sub//x"])
def test_no_path_leads_out_of_the_tile(tmp_path: Path, path: str) -> None:
    lay(tmp_path / "tile", OLD)
    with pytest.raises(WriteRefused, match="no path inside a tile"):
        commit(changes(tmp_path / "tile", OLD, {**OLD, path: b"x"}))


def test_nothing_is_written_through_a_symbolic_link(tmp_path: Path) -> None:
    lay(tmp_path / "tile", OLD)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "tile" / "linked").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteRefused, match="symbolic link"):
        commit(changes(tmp_path / "tile", OLD, {**OLD, "linked/x": b"x"}))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_links_modes_and_unknown_files_survive_a_change_of_several_files(tmp_path: Path) -> None:
    root = tmp_path / "tile"
    lay(root, OLD)
    (root / "script.sh").write_text("#!/bin/sh\n")
    (root / "script.sh").chmod(0o755)
    (root / "a.txt").chmod(0o600)
    (root / "empty").mkdir()
    (root / "link").symlink_to("a.txt")
    commit(changes(root, OLD, NEW))
    assert (root / "script.sh").stat().st_mode & 0o777 == 0o755
    assert (root / "a.txt").stat().st_mode & 0o777 == 0o600
    assert (root / "empty").is_dir() and (root / "link").is_symlink()


def test_two_wizards_on_one_tile_are_told_apart(tmp_path: Path) -> None:
    from tilewizard.writing.locks import tile_lock

    lay(tmp_path / "tile", OLD)
    ready, done = os.pipe()
    child = os.fork()
    if child == 0:
        with tile_lock(tmp_path / "tile"):
            os.write(done, b"x")
            time.sleep(5)
        os._exit(0)
    os.read(ready, 1)
    try:
        with pytest.raises(WriteRefused, match=f"process {child}"):
            commit(changes(tmp_path / "tile", OLD, NEW))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    commit(changes(tmp_path / "tile", OLD, NEW))


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EACCES, "allow writing"),
        (errno.EROFS, "read-only"),
        (errno.ENAMETOOLONG, "shorter name"),
    ],
    ids=["disk full", "no permission", "read-only disk", "long name"],
)
def test_a_refusal_names_its_file_its_fault_and_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, remedy: str
) -> None:
    def refuse() -> None:
        raise OSError(code, os.strerror(code), str(tmp_path / "tile" / "a.txt"))

    lay(tmp_path / "tile", OLD)
    for after in (ONE, NEW):
        monkeypatch.setattr(disk, "DISK", Breaking(1, refuse))
        with pytest.raises(WriteRefused) as caught:
            commit(changes(tmp_path / "tile", OLD, after))
        text = str(caught.value)
        assert (
            "a.txt" in text
            and os.strerror(code).lower() in text.lower()
            and remedy in text
            and "nothing was changed" in text
        )
        assert found(tmp_path / "tile") == OLD and [each.name for each in tmp_path.iterdir()] == ["tile"]


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    lay(tmp_path / "in" / "tile", OLD)
    (tmp_path / "in").chmod(0o555)
    yield tmp_path / "in"
    (tmp_path / "in").chmod(0o755)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(read_only: Path) -> None:
    with pytest.raises(TilewizardError, match="permission denied"):
        commit(changes(read_only / "new", None, NEW))
    assert found(read_only / "tile") == OLD
