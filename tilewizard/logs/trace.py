"""What each processor did to a log: a step a processor, in the order in which they ran."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tilewizard.language import _

Place = tuple[str | int, ...]
"""Where a processor stands in its file: ``("pipeline", "processors", 0, "processors", 2)``."""
_RESERVED = ("message", "timestamp", "status", "service", "trace_id", "span_id")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the result, as a tests file names it (``custom.http.url``), before and after; None: it was not there."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Step:
    """One processor that was reached, or a nested pipeline whose filter was asked.

    ``did`` says whether it had anything to do; ``rule`` is the grok rule that matched, ``lost`` a
    status that means nothing and became ``info``.
    """

    place: Place
    kind: str
    name: str
    did: bool
    rule: str
    changes: tuple[Change, ...]
    lost: str = ""

    def line(self) -> str:
        """The step for people: its type and name, then what changed."""
        title = f"{self.kind} {self.name!r}" if self.name else self.kind
        if not self.did:
            return _("{title}: nothing to do", title=title)
        through = _(" by the rule {rule}", rule=self.rule) if self.rule else ""
        told = ", ".join(
            f"{each.path} = {each.after!r}" if each.after is not None else f"{each.path} goes" for each in self.changes
        )
        return (
            f"{title}{through}: {told}"
            if told
            else _("{title}{through}: changes nothing", title=title, through=through)
        )


def fields(event: Any) -> dict[str, Any]:
    """Every field that an event has by now, lists and texts as they are, objects by their leaves."""
    found = {name: getattr(event, name) for name in _RESERVED if getattr(event, name) is not None}
    found["tags"] = list(event.tags)
    pending: list[tuple[str, Any]] = [("custom", event.custom)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict) and value:
            pending.extend((f"{path}.{key}", below) for key, below in value.items())
        elif path != "custom":
            found[path] = list(value) if isinstance(value, list) else value
    return found


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    """What differs between two answers of :func:`fields`, sorted by path."""
    paths = sorted({path for path in (*before, *after) if before.get(path) != after.get(path)})
    return tuple(Change(path, before.get(path), after.get(path)) for path in paths)
