"""What a checkout asks of ``check``: ``tilewizard.toml``, or ``[tool.tilewizard]`` in ``pyproject.toml``.

It is looked for around the tiles, never in them: a tile is read, not obeyed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from .errors import TilewizardError
from .findings import Severity
from .vocabulary import Target, nearest

NAMES = ("tilewizard.toml", "pyproject.toml")


@dataclass(frozen=True)
class Configuration:
    """The settings; keys are written with ``-`` in the file.

    Attributes:
        target: in place of finding it out; None: find out.
        severity: the least that is reported.
        select: rules to run; empty: all.
        ignore: rules to leave out.
        ignore_in: rules to leave out in some tiles: ``{"acme_*": ["image"]}``, by the directory's name.
        owner: who owns new tiles: written to CODEOWNERS by ``--fix``.
        file: where it was read; None for the defaults.
    """

    target: Target | None = None
    severity: Severity = Severity.INFO
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owner: str = ""
    file: Path | None = None

    def ignored_in(self, tile: str) -> tuple[str, ...]:
        """The rules that are left out in a tile of this name."""
        words = (word for pattern, each in self.ignore_in.items() if fnmatchcase(tile, pattern) for word in each)
        return (*self.ignore, *words)


def configuration_around(folder: Path) -> Configuration:
    """The nearest configuration in ``folder`` or above it, up to the checkout's root; the defaults when there is none.

    Raises:
        TilewizardError: it can't be read, or says something unknown.
    """
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        for name in NAMES:
            found = configuration_in(place / name, demanded=False) if (place / name).is_file() else None
            if found is not None:
                return found
        if (place / ".git").exists():
            break
    return Configuration()


def configuration_in(file: Path, *, demanded: bool = True) -> Configuration | None:
    """The configuration in a file; None when a pyproject.toml holds none and none was ``demanded``.

    Raises:
        TilewizardError: it can't be read, is no TOML, or says something unknown.
    """
    import tomllib

    try:
        text = file.read_text("utf-8")
        data: Any = tomllib.loads(text)
    except OSError as error:
        raise TilewizardError(f"can't be read: {error.strerror}", file=str(file), remedy="check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        if file.name == "pyproject.toml" and not demanded:
            return None  # Somebody else's file: its owner is told by their own tools.
        raise TilewizardError(f"is not valid TOML: {error}", file=str(file), remedy="mend that place") from error
    if file.name == "pyproject.toml":
        data = data.get("tool", {}).get("tilewizard")
        if data is None:
            if demanded:
                raise TilewizardError("has no [tool.tilewizard]", file=str(file), remedy="name another file")
            return None
    return _read(data, file)


def _read(data: Mapping[str, Any], file: Path) -> Configuration:
    known = tuple(each.name.replace("_", "-") for each in fields(Configuration) if each.name != "file")
    values: dict[str, Any] = {"file": file}
    for key, value in data.items():
        if key not in known:
            near = nearest(key, known)
            raise _wrong(file, f"has the unknown key {key!r}", f"did you mean {near!r}?" if near else _among(known))
        values[key.replace("-", "_")] = _value(key, value, file)
    return Configuration(**values)


def _value(key: str, value: Any, file: Path) -> Any:
    if key in ("target", "severity"):
        kind = Target if key == "target" else Severity
        words = tuple(each.value for each in kind)
        if value not in words:
            raise _wrong(file, f"says {key} = {value!r}", _among(words))
        return kind(value)
    if key == "owner":
        if not isinstance(value, str) or not value.startswith("@"):
            raise _wrong(file, f"says owner = {value!r}", 'write a user or team: "@acme/integrations"')
        return value
    if key == "ignore-in":
        if not isinstance(value, Mapping):
            raise _wrong(file, f"says {key} = {value!r}", 'write a table: "acme_*" = ["image"]')
        return {pattern: _words(f"{key}.{pattern}", words, file) for pattern, words in value.items()}
    return _words(key, value, file)


def _words(key: str, value: Any, file: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise _wrong(file, f"says {key} = {value!r}", 'write a list of rules: ["readme/image", "media"]')
    return tuple(value)


def _among(words: Iterable[str]) -> str:
    return f"one of {', '.join(words)}"


def _wrong(file: Path, fault: str, remedy: str) -> TilewizardError:
    return TilewizardError(fault, file=str(file), remedy=remedy)
