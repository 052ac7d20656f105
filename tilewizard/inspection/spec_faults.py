"""An option of a spec, and what can be wrong at a place of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place of a spec.

    Attributes:
        kind: ``field``, ``option``, ``value``, ``file``, ``template`` or ``description``.
        rename: the key that stands at ``offset`` and the one that belongs there; None when it is not that simple.
    """

    kind: str
    offset: int
    message: str
    hint: str
    rename: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An option that a spec declares or overrides: its section (``init_config``, ``instances``, …), name and mapping."""

    section: str
    name: str
    entry: Mapping[str, Any]
