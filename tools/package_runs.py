"""Generated tiles put on a disk, their own tests run, and who speaks when one of their files is changed."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tilewizard.checking.check import check
from tilewizard.tile.tile import Tile

Ran = Callable[[Path], tuple[bool, str]]
"""From a tile's directory to whether its own tests pass, and their last lines."""


@dataclass(frozen=True)
class Mutant:
    """One change of one file; ``kinds`` are the types of tile that have the file in that form."""

    name: str
    path: str
    change: Callable[[str], str]
    kinds: tuple[str, ...] = ("openmetrics-check", "python-check")


def replaced(old: str, new: str) -> Callable[[str], str]:
    """Every place of a text replaced."""

    def change(text: str) -> str:
        assert old in text, f"{old} is not in the file any more"
        return text.replace(old, new)

    return change


def written(tile: Tile, folder: Path) -> Path:
    """A tile in memory as a directory."""
    root = folder / tile.name
    for path in tile.paths:
        file = tile.file(path)
        assert file is not None
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(file.data)
    return root


def tested(python: Path | str, root: Path, folder: str) -> tuple[bool, str]:
    """Whether the tests in a folder of a tile's directory pass, run by a Python, and their last lines."""
    pytest = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", folder]
    variables = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(pytest, cwd=root, capture_output=True, text=True, check=False, env=variables, timeout=300)
    return done.returncode == 0, done.stdout.strip()[-1500:]


def said_of(tile: Tile) -> set[tuple[str, str]]:
    """The rules that speak of a tile, each with the file that it speaks of."""
    return {(each.rule, each.file) for each in check(tile)}


def who_speaks(mutant: Mutant, tile: Tile, clean: set[tuple[str, str]], ran: Ran) -> str:
    """The tests and the rules that notice a mutant, for a table; empty when none does.

    Args:
        clean: what is said of the tile without the change.
    """
    path = mutant.path.format(name=tile.name)
    file = tile.file(path)
    assert file is not None, path
    changed = tile.with_files([file.with_text(mutant.change(file.text))])
    rules = sorted({rule for rule, _ in said_of(changed) - clean})
    with tempfile.TemporaryDirectory() as folder:
        green, output = ran(written(changed, Path(folder)))
    names = {line.split("::")[1].split(" ")[0] for line in output.splitlines() if line.startswith("FAILED")}
    names = sorted(names) or ["the tests"]
    return ", ".join(f"`{each}`" for each in (*([] if green else names), *rules))
