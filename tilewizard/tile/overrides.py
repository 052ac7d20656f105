"""What a checkout's ``.ddev/config.toml`` says of a directory that has no manifest, and is to have none.

Integrations that are published by the Developer Platform keep only their Agent code in the repository; what ddev needs to
know of them stands in three tables: ``[overrides.display-name]``, ``[overrides.metrics-prefix]`` and
``[overrides.manifest.platforms]`` (integrations-core, pull request 24874).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CONFIG = ".ddev/config.toml"
PLATFORMS = {"linux": "Linux", "windows": "Windows", "mac_os": "macOS"}
"""ddev's names of the platforms, and those of the classifier tags."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """What is said of one directory; what is missing, or of another type, is empty."""

    display_name: str = ""
    metrics_prefix: str = ""
    platforms: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The tables that say nothing of the directory."""
        said = {
            "overrides.display-name": self.display_name,
            "overrides.metrics-prefix": self.metrics_prefix,
            "overrides.manifest.platforms": self.platforms,
        }
        return tuple(table for table, value in said.items() if not value)

    def stated(self, pointer: str) -> str:
        """What stands in for a manifest's text: the display name and the prefix."""
        return {
            "/assets/integration/source_type_name": self.display_name,
            "/assets/integration/metrics/prefix": self.metrics_prefix,
        }.get(pointer, "")


def overrides_in(text: str) -> dict[str, Overrides]:
    """Every directory that a configuration's overrides name; none when it is no TOML."""
    try:
        tables = _table(tomllib.loads(text), "overrides")
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    names, prefixes = _table(tables, "display-name"), _table(tables, "metrics-prefix")
    platforms = _table(_table(tables, "manifest"), "platforms")
    return {
        folder: Overrides(_text(names.get(folder)), _text(prefixes.get(folder)), _texts(platforms.get(folder)))
        for folder in {*names, *prefixes, *platforms}
    }


def literal(value: object) -> str:
    """A text or a list of texts as TOML, and a directory's name as its key: as JSON, but for a character that TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_lines(text: str, folder: str, values: Mapping[str, object]) -> str | None:
    """A configuration in which each table says something more of a directory; nothing else changes.

    Args:
        text: the configuration.
        folder: the directory.
        values: by table (``overrides.display-name``) what it is to say.

    Returns:
        None where it can't be done by adding lines: no TOML, a table of another form, or one that speaks of the directory already.
    """
    new, newline = text, "\r\n" if "\r\n" in text else "\n"
    key = folder if re.fullmatch(r"[\w-]+", folder, re.ASCII) else literal(folder)
    for table, value in values.items():
        line = f"{key} = {literal(value)}{newline}"
        header = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][ \t]*(?:#.*)?(?:\r?\n|\Z)", new, re.MULTILINE)
        if header is None:
            gap = "" if not new or new.endswith(("\n\n", "\n\r\n")) else newline if new.endswith("\n") else newline * 2
            new = f"{new}{gap}[{table}]{newline}{line}"
            continue
        following = re.search(r"^[ \t]*\[", new[header.end() :], re.MULTILINE)
        body = new[header.end() : header.end() + following.start()] if following else new[header.end() :]
        at = header.end()
        if body.strip():  # After its last line, before the gap to the next table.
            at += len(body.rstrip())
            at += len(re.match(r"[^\n]*\n?", new[at:]).group())  # type: ignore[union-attr]  # It matches anything.
        new = f"{new[:at]}{'' if new[:at].endswith(chr(10)) else newline}{line}{new[at:]}"
    return new if _says_more(text, new, folder, values) else None


def _says_more(old: str, new: str, folder: str, values: Mapping[str, object]) -> bool:
    """Whether the new configuration is the old one with these values, and nothing else."""
    try:
        expected, found = tomllib.loads(old), tomllib.loads(new)
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    for table, value in values.items():
        place = expected
        for part in table.split("."):
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                return False
        if folder in place:
            return False
        place[folder] = value
    return found == expected


def _table(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
