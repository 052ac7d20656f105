"""JSON pointers (RFC 6901) on plain data."""

from __future__ import annotations

from typing import Any


def parts_of(pointer: str) -> list[str]:
    """``"/tile/title"`` → ``["tile", "title"]``."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def escaped(key: str) -> str:
    """A key as one part of a pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def at_pointer(value: Any, pointer: str, default: Any = None) -> Any:
    """The value at a pointer, or ``default``."""
    for part in parts_of(pointer):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return default
    return value


def put(value: dict[str, Any], pointer: str, given: Any) -> None:
    """Set a value in place; objects that are missing on the way are made, what stands in the way gives room."""
    *way, last = parts_of(pointer)
    holder: Any = value
    for part in way:
        if isinstance(holder, list):
            if not part.isdigit() or int(part) >= len(holder):
                return
            holder = holder[int(part)]
            continue
        if not isinstance(holder.get(part), dict | list):
            holder[part] = {}
        holder = holder[part]
    if isinstance(holder, dict):
        holder[last] = given
    elif isinstance(holder, list) and last.isdigit() and int(last) < len(holder):
        holder[int(last)] = given


def remove(value: dict[str, Any], pointer: str) -> None:
    """Take a value away in place; nothing happens when it is not there."""
    *way, last = parts_of(pointer)
    holder: Any = value
    for part in way:
        holder = at_pointer(holder, "/" + escaped(part))
    if isinstance(holder, dict):
        holder.pop(last, None)
    elif isinstance(holder, list) and last.isdigit() and int(last) < len(holder):
        del holder[int(last)]
