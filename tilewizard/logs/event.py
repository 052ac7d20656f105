"""The log that runs through a pipeline: attributes by dotted path, and the fields that Datadog reserves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .dates import TESTS_CLOCK
from .trace import Step

MISSING: Any = object()
"""What :func:`get` gives where there is nothing; ``None`` is a value of its own."""


@dataclass
class Event:
    """One log on its way. ``timestamp`` is in milliseconds; ``unknown`` lists result paths that can't be known offline.

    ``clock`` gives the year to dates that state none. ``steps`` is None where nobody asks for a trace, ``told`` its fields
    after the last step; ``rule`` is the grok rule that matched last, ``lost`` the status that meant nothing.
    """

    custom: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    tags: list[str] = field(default_factory=list)
    sources: frozenset[str] = frozenset()
    timestamp: int | None = None
    status: str | None = None
    service: str | None = None
    trace_id: str | None = None
    span_id: str | None = None
    unknown: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    clock: datetime = TESTS_CLOCK
    steps: list[Step] | None = None
    told: dict[str, Any] | None = None
    rule: str = ""
    lost: str = ""

    def result(self) -> dict[str, Any]:
        """The result as a tests file states it, with ``unknown``."""
        whole: dict[str, Any] = {"custom": self.custom, "message": self.message, "tags": self.tags}
        for name in ("timestamp", "status", "service", "trace_id", "span_id"):
            if getattr(self, name) is not None:
                whole[name] = getattr(self, name)
        return {**whole, "unknown": sorted(set(self.unknown))}


def get(tree: Any, path: str) -> Any:
    """The value at a dotted path, or MISSING. A key that holds dots itself is found too; a number picks from a list."""
    if isinstance(tree, list):
        head, _, rest = path.partition(".")
        if not (head.isascii() and head.isdigit() and len(head) < 9 and int(head) < len(tree)):
            return MISSING
        return get(tree[int(head)], rest) if rest else tree[int(head)]
    if not isinstance(tree, dict):
        return MISSING
    if path in tree:
        return tree[path]
    for key, rest in _splits(path):
        if key in tree:
            found = get(tree[key], rest)
            if found is not MISSING:
                return found
    return MISSING


def each_of(tree: Any, path: str) -> Any:
    """The value at a path, or, where it leads through a list of objects, the values in all of them; or MISSING."""
    value = get(tree, path)
    parts = path.split(".")[:32]
    for at in range(1, len(parts)) if value is MISSING else ():
        rows = get(tree, ".".join(parts[:at]))
        if isinstance(rows, list):
            found = [get(row, ".".join(parts[at:])) for row in rows]
            return [each for each in found if each is not MISSING] or MISSING
    return value


def put(tree: dict[str, Any], path: str, value: Any) -> None:
    """Sets a dotted path; what stands in the way and is no object is replaced."""
    *above, last = path.split(".")
    for key in above:
        below = tree.get(key)
        if not isinstance(below, dict):
            below = tree[key] = {}
        tree = below
    tree[last] = value


def drop(tree: Any, path: str) -> bool:
    """Removes a dotted path, and the objects that it leaves empty; True when there was something."""
    if not isinstance(tree, dict):
        return False
    if path in tree:
        del tree[path]
        return True
    for key, rest in _splits(path):
        if key in tree and drop(tree[key], rest):
            if tree[key] == {}:
                del tree[key]
            return True
    return False


def _splits(path: str) -> list[tuple[str, str]]:
    parts = path.split(".")[:32]
    return [(".".join(parts[:at]), ".".join(parts[at:])) for at in range(1, len(parts))]


def as_text(value: Any) -> str:
    """A value as Datadog prints it into a string: lists joined by commas, whole floats without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(as_text(each) for each in value)
    if value is None:
        return "null"
    return str(value)


def as_number(value: Any) -> int | float | None:
    """A number, or a text that is one; None else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value if isinstance(value, int) or abs(value) < float("inf") else None
    if not isinstance(value, str) or len(value) > 400:
        return None
    try:
        return int(value)
    except ValueError:
        pass
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) != float("inf") and number == number else None
