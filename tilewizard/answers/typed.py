"""What a typed text stands for as an answer, and how an answer is shown as a text."""

from __future__ import annotations

from typing import Any

NUMBERS = frozenset(
    {
        *("unit_price", "source_type_id", "vimeo_id", "interval", "orientation"),
        *("critical", "warning", "critical_recovery", "warning_recovery"),
    }
)
"""Answers that are numbers; what is typed stays a text while it is none."""


def items_of(text: str) -> list[str]:
    """The items of a list that is shown a line each; an indented line goes on with the item above."""
    items: list[str] = []
    for line in text.split("\n"):
        if line[:1].isspace() and items and line.strip():
            items[-1] += f"\n{line.strip()}"
        elif line.strip():
            items.append(line.strip())
    return items


def number(text: str) -> int | float | str | None:
    """A typed number; None for nothing, the text itself when it is no number."""
    plain = text.strip().replace("$", "") if text.strip() else ""
    if not plain:
        return None
    for kind in (int, float):
        try:
            value = kind(plain)
        except ValueError:
            continue
        return value if abs(value) < 1e15 and value == value else text
    return text


def as_text(value: Any) -> str:
    """An answer as an input shows it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(getattr(value, "value", value))
