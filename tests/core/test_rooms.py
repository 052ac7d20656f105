"""The order of the rooms: a room imports what lies below it and nothing above, and no imports run in a circle.

Read from the source, so that imports inside of functions and those for types alone count as any other.
"""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

ORDER = (
    "language",
    "quoting",
    "errors",
    "field",
    "documents",
    "inspection",
    "logs",
    "tile",
    "answers",
    "importing",
    "authoring",
    "writing",
    "drafts",
    "readme",
    "rules",
    "checking",
    "preview",
    "session",
    "reporting",
    "publishing",
    "editors",
    "asking",
    "surroundings",
    "tilewizard",  # The library's names, each imported when it is first used.
    "screens",
    "commands",
    "cli",
    "__main__",
)
"""From the ground up. Why each stands where it does: CONTRIBUTING.md, "The house"."""
LOOSE = {"quoting", "errors", "cli", "__main__"}
FOLDERS = {"tilewizard": ROOT / "tilewizard", "tilewizard.screens": ROOT / "screens"}

Imports = dict[str, set[str]]
"""By module, the modules that it imports; a package is the module of its ``__init__``."""


def imports_in(folders: dict[str, Path]) -> Imports:
    """What every module below some packages' folders imports of them."""
    files: dict[str, Path] = {}
    for name, folder in folders.items():
        for path in folder.rglob("*.py"):
            parts = [name, *path.relative_to(folder).with_suffix("").parts]
            files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {module: set(_imported(module, path, files)) - {module} for module, path in files.items()}


def _imported(module: str, path: Path, files: dict[str, Path]) -> list[str]:
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names = [alias.name for alias in node.names if (base, alias.name) != ("tilewizard", "__version__")]
            found += [f"{base}.{name}" if f"{base}.{name}" in files else base for name in names]
    return [each for each in found if each in files]


def room_of(module: str) -> str:
    """The room that a module stands in: ``tilewizard.rules.media.logo`` in ``rules``."""
    _, _, rest = module.partition(".")
    return rest.partition(".")[0] or module


def upward(imports: Imports, order: tuple[str, ...]) -> list[str]:
    """The imports of what lies above, told as ``module → module``."""
    return sorted(
        f"{module} → {imported}"
        for module, others in imports.items()
        for imported in others
        if order.index(room_of(module)) < order.index(room_of(imported))
    )


def circle(imports: Imports) -> list[str]:
    """The modules of a circle of imports, or nothing."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


@pytest.fixture(scope="module")
def house() -> Imports:
    return imports_in(FOLDERS)


def test_every_room_has_its_place_in_the_order(house: Imports) -> None:
    assert {room_of(module) for module in house} == set(ORDER)


def test_nothing_imports_upwards(house: Imports) -> None:
    assert upward(house, ORDER) == []


def test_no_imports_run_in_a_circle(house: Imports) -> None:
    assert circle(house) == []


def test_few_modules_lie_loose() -> None:
    assert {path.stem for path in (ROOT / "tilewizard").glob("*.py")} - {"__init__"} == LOOSE


@pytest.mark.parametrize("room", [room for room in ORDER if room not in LOOSE | {"tilewizard", "screens"}])
def test_a_room_says_what_it_is_and_imports_no_more_than_it_says(room: str, house: Imports) -> None:
    said = ast.get_docstring(ast.parse((ROOT / "tilewizard" / room / "__init__.py").read_text())) or ""
    what, found, allowed = said.partition("May import: ")
    assert what.strip() and found, f"{room}/__init__.py says what the room is, and “May import: …”"
    named = set(re.findall(r"\w+", allowed)) if "nothing" not in allowed else set()
    assert {each for each in named if ORDER.index(each) >= ORDER.index(room)} == set()
    really = {room_of(other) for module, others in house.items() if room_of(module) == room for other in others}
    assert really - {room} <= named


@pytest.mark.parametrize("folder", sorted(path.parent for path in ROOT.glob("tilewizard/*/*/__init__.py")))
def test_a_folder_in_a_room_says_what_it_is(folder: Path) -> None:
    assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text()))


@pytest.mark.parametrize(
    "upper",
    [
        "from .above.roof import tiles",
        "import house.above.roof",
        "from house.above import roof",
        "def f():\n    from house.above.roof import tiles",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .above.roof import tiles",
    ],
)
def test_an_import_upwards_is_found_however_it_is_written(upper: str, tmp_path: Path) -> None:
    (tmp_path / "above").mkdir()
    (tmp_path / "above" / "roof.py").write_text("from ..ground import stone\n")
    (tmp_path / "ground.py").write_text(upper)
    imports = imports_in({"house": tmp_path})
    assert upward(imports, ("ground", "above")) == ["house.ground → house.above.roof"]
    assert set(circle(imports)) == {"house.ground", "house.above.roof"}
