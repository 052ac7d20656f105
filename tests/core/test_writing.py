"""What writing keeps and what it says, beside that it is all or nothing: modes, other places, leftovers, words for failures."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tilewizard.errors import ChangedOnDisk, WriteRefused
from tilewizard.writing import disk
from tilewizard.writing.commit import commit, recover, replace_file

from .test_crash_safety import NEW, OLD, ONE, Breaking, changes, found, lay


@pytest.fixture
def other_process() -> Iterator[int]:
    """A process that is at work."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process.pid
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def gone() -> int:
    """The number of a process that is over."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "make room on the disk and write again"),
        (errno.EDQUOT, "make room in your quota and write again"),
        (errno.EACCES, "allow writing to that folder, or write to another directory"),
        (errno.EPERM, "allow writing to that folder, or write to another directory"),
        (errno.EROFS, "the disk is read-only; write to another directory"),
        (errno.EEXIST, "choose another directory, or open the tile with `tilewizard edit`"),
        (errno.ENOTDIR, "a file stands where a folder is needed; move it, or write to another directory"),
        (errno.ENAMETOOLONG, "choose a shorter name"),
        (errno.EIO, "write to another directory"),
    ],
)
def test_each_failure_of_the_system_has_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, remedy: str
) -> None:
    def refuse() -> None:
        raise OSError(code, os.strerror(code), str(tmp_path / "tile" / "sub" / "b.txt"))

    lay(tmp_path / "tile", OLD)
    monkeypatch.setattr(disk, "DISK", Breaking(1, refuse))
    with pytest.raises(WriteRefused) as caught:
        commit(changes(tmp_path / "tile", OLD, NEW))
    assert caught.value.remedy == remedy
    assert caught.value.file == str(tmp_path / "tile" / "sub" / "b.txt")
    words = os.strerror(code)
    assert caught.value.fault == f"can't be written: {words[0].lower()}{words[1:]}; nothing was changed"


def test_a_failure_without_a_file_names_the_tile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("odd")

    lay(tmp_path / "tile", OLD)
    monkeypatch.setattr(disk, "DISK", Breaking(1, refuse))
    with pytest.raises(WriteRefused, match="can't be written: odd; nothing was changed") as caught:
        commit(changes(tmp_path / "tile", OLD, NEW))
    assert caught.value.file == str(tmp_path / "tile")


def test_what_is_staged_is_named_by_the_place_that_a_user_knows(tmp_path: Path) -> None:
    lay(tmp_path / "tile", OLD)
    long = "x" * 300
    with pytest.raises(WriteRefused) as caught:
        commit(changes(tmp_path / "tile", OLD, {**OLD, f"sub/{long}": b""}))
    assert caught.value.remedy == "choose a shorter name" and caught.value.file.endswith(f"sub/{long}")
    with pytest.raises(WriteRefused) as caught:
        commit(changes(tmp_path / "new", None, {f"sub/{long}": b""}))
    assert caught.value.file == str(tmp_path / "new" / "sub" / long)


@pytest.mark.parametrize("path", ["two words.md", "sub/ümläut.md", "~", "a..b", "-x"])
def test_an_odd_name_inside_the_tile_is_written(tmp_path: Path, path: str) -> None:
    lay(tmp_path / "tile", OLD)
    assert commit(changes(tmp_path / "tile", OLD, {**OLD, path: b"x"})) == [path]
    assert found(tmp_path / "tile") == {**OLD, path: b"x"}


@pytest.mark.parametrize("path", ["a\x1fb", "a\x00b", "../x"])
def test_a_refused_path_is_told_with_the_tile_and_a_remedy(tmp_path: Path, path: str) -> None:
    lay(tmp_path / "tile", OLD)
    with pytest.raises(WriteRefused) as caught:
        commit(changes(tmp_path / "tile", OLD, {**OLD, path: b"x"}))
    assert (caught.value.file, caught.value.remedy) == (str(tmp_path / "tile"), "rename the file")


def test_a_link_anywhere_on_the_way_is_refused_with_its_place(tmp_path: Path) -> None:
    lay(tmp_path / "tile", OLD)
    (tmp_path / "tile" / "sub" / "b.txt").unlink()
    (tmp_path / "tile" / "sub" / "b.txt").symlink_to("c.txt")
    with pytest.raises(WriteRefused, match=r"sub/b\.txt is a symbolic link") as caught:
        commit(changes(tmp_path / "tile", OLD, NEW))
    assert caught.value.file == str(tmp_path / "tile") and caught.value.remedy
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    lay(tmp_path / "real", OLD)
    commit(changes(tmp_path / "linked", OLD, ONE))  # The tile's own directory may be one.
    assert found(tmp_path / "real") == ONE and (tmp_path / "linked").is_symlink()


def test_a_tile_is_written_elsewhere_whole_and_the_first_is_left_alone(tmp_path: Path) -> None:
    lay(tmp_path / "tile", OLD)
    change = changes(tmp_path / "tile", OLD, {"a.txt": b"new a\n", "sub/b.txt": OLD["sub/b.txt"]})
    assert commit(change, to=tmp_path / "other") == ["a.txt", "sub/b.txt"]
    assert found(tmp_path / "other") == {"a.txt": b"new a\n", "sub/b.txt": OLD["sub/b.txt"]}
    assert found(tmp_path / "tile") == OLD
    with pytest.raises(WriteRefused, match="is there already") as caught:
        commit(change, to=tmp_path / "other")
    assert caught.value.file == str(tmp_path / "other")
    assert caught.value.remedy == "choose another directory, or open it with `tilewizard edit`"


def test_nothing_to_change_touches_nothing(tmp_path: Path) -> None:
    lay(tmp_path / "tile", OLD)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert commit(changes(tmp_path / "tile", OLD, OLD)) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert commit(changes(tmp_path / "empty", None, {})) == []
    assert (tmp_path / "empty").is_dir()


def test_folders_that_were_made_on_the_way_go_with_what_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, "DISK", Breaking(4, refuse))  # Three folders, then the first of the tile.
    with pytest.raises(WriteRefused):
        commit(changes(tmp_path / "one" / "two" / "three" / "tile", None, NEW))
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    commit(changes(tmp_path / "one" / "two" / "tile", None, NEW))
    assert found(tmp_path / "one" / "two" / "tile") == NEW


@pytest.mark.parametrize("mode", [0o600, 0o755])
@pytest.mark.parametrize("after", [ONE, NEW], ids=["one file", "several"])
def test_a_file_and_the_directory_keep_their_modes(tmp_path: Path, mode: int, after: dict[str, bytes]) -> None:
    root = tmp_path / "tile"
    lay(root, OLD)
    (root / "a.txt").chmod(mode)
    (root / "sub").chmod(0o750)
    root.chmod(0o711)
    commit(changes(root, OLD, after))
    assert [(root / path).stat().st_mode & 0o777 for path in ("a.txt", "sub", "")] == [mode, 0o750, 0o711]
    assert found(root) == after


def test_without_an_exchange_the_directories_are_renamed_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Plain(disk.Disk):
        def exchange(self, one: Path, other: Path) -> bool:
            return False

    lay(tmp_path / "tile", OLD)
    monkeypatch.setattr(disk, "DISK", Plain())
    monkeypatch.setattr(disk, "_renameat2", lambda: None)
    commit(changes(tmp_path / "tile", OLD, NEW))
    assert found(tmp_path / "tile") == NEW and [each.name for each in tmp_path.iterdir()] == ["tile"]
    with pytest.raises(FileExistsError):
        disk.Disk().rename_new(tmp_path / "tile", tmp_path / "tile")


def test_a_tile_that_is_gone_or_a_file_that_became_a_folder_is_a_change(tmp_path: Path) -> None:
    change = changes(tmp_path / "tile", OLD, NEW)
    with pytest.raises(ChangedOnDisk, match="tile"):
        commit(change)
    lay(tmp_path / "tile", OLD)
    (tmp_path / "tile" / "a.txt").unlink()
    (tmp_path / "tile" / "a.txt").mkdir()
    (tmp_path / "tile" / "sub" / "deep").mkdir()
    (tmp_path / "tile" / "sub" / "deep" / "d.txt").mkdir()
    with pytest.raises(ChangedOnDisk) as caught:
        commit(change)
    assert "a.txt" in str(caught.value) and "sub/deep/d.txt" in str(caught.value)


def test_what_a_process_left_behind_is_cleared_and_what_one_is_making_is_not(
    tmp_path: Path, other_process: int, gone: int
) -> None:
    root = tmp_path / "tile"
    lay(root, OLD)
    name = next(_staged(tmp_path))
    mark = name.removeprefix(".tile").rpartition("-")[0].rstrip("0123456789")
    left, at_work, strange = f".tile{mark}{gone}-1f", f".tile{mark}{other_process}-2f", f".tile{mark}x-3f"
    for each in (left, at_work, strange):
        (tmp_path / each).mkdir()
        (tmp_path / each / "a.txt").write_text("half")
    (root / "sub" / f".b.txt{mark}{gone}-4f").write_text("half")
    (root / "sub" / f".b.txt{mark}{other_process}-5f").write_text("half")
    assert sorted(recover(root)) == sorted([left, f".b.txt{mark}{gone}-4f"])
    assert {each.name for each in tmp_path.iterdir()} == {"tile", at_work, strange}
    assert found(root) == {**OLD, f"sub/.b.txt{mark}{other_process}-5f": b"half"}


def test_a_tile_that_stood_aside_comes_back_before_anything_is_cleared(tmp_path: Path, gone: int) -> None:
    root = tmp_path / "tile"
    lay(root, OLD)
    name = next(_staged(tmp_path))
    mark = name.removeprefix(".tile").rpartition("-")[0].rstrip("0123456789")
    (tmp_path / f".tile{mark}{gone}-0new").mkdir()
    root.rename(tmp_path / f".tile{mark}{gone}-aside")
    recover(root)
    assert found(root) == OLD and [each.name for each in tmp_path.iterdir()] == ["tile"]


def _staged(folder: Path) -> Iterator[str]:
    """The name under which a tile is staged, as a disk that fails sees it."""
    seen: list[str] = []

    class Looking(disk.Disk):
        def write(self, path: Path, data: bytes, mode: int = 0o666) -> None:
            seen.append(path.relative_to(folder / "look").parts[0])
            super().write(path, data, mode)

    before, disk.DISK = disk.DISK, Looking()
    try:
        commit(changes(folder / "look" / "tile", None, {"a": b""}))
    finally:
        disk.DISK = before
        disk.DISK.rmtree(folder / "look")
    yield from seen


def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteRefused, match="is no regular file") as caught:
        replace_file(tmp_path / "pipe", b"x")
    assert (caught.value.file, caught.value.remedy) == (str(tmp_path / "pipe"), "name another file")
    replace_file(tmp_path / "new", b"x")
    replace_file(tmp_path / "new", b"y")
    assert (tmp_path / "new").read_bytes() == b"y"
