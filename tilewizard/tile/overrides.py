"""What a checkout's ``.ddev/config.toml`` says of a directory that has no manifest, and is to have none.

Integrations that are published by the Developer Platform keep only their Agent code in the repository; what ddev needs to
know of them stands in three tables: ``[overrides.display-name]``, ``[overrides.metrics-prefix]`` and
``[overrides.manifest.platforms]`` (integrations-core, pull request 24874).
"""

from __future__ import annotations

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


def _table(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
