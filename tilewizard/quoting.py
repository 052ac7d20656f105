"""Values of users in messages: shortened, with control characters made visible, never interpreted."""

from __future__ import annotations

import json

NO_BREAK = "\u00a0\u202f"
"""The no-break spaces that sentences are written with, French ones before their marks."""


def quoted(value: object, limit: int = 60) -> str:
    """A value in quotes, at most ``limit`` characters of it: ``quoted("Acme") == "“Acme”"``.

    Data that is no text is shown as JSON.
    """
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)[: limit * 4]
    plain = _made_visible(text[: limit + 1], "")
    plain = f"{plain[:limit]}…" if len(text) > limit else plain
    return f"“{plain}”" if isinstance(value, str) else plain


def visible(text: str) -> str:
    """A text with every character that a terminal would act on, or that is no character, made visible."""
    return _made_visible(text, NO_BREAK)


def _made_visible(text: str, kept: str) -> str:
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in kept else _shown(char) for char in text)


def _shown(char: str) -> str:
    code = ord(char)
    return chr(0x2400 + code) if code < 0x20 else f"\\u{code:04x}"
