"""What is wrong with a JSON text, in words for people who edit it by hand."""

from __future__ import annotations

import json
import re

from tilewizard.errors import Fault


def syntax_fault(text: str, error: json.JSONDecodeError) -> Fault:
    """The fault that a parser stumbled over, at the place where the hand slipped."""
    at = error.pos
    if not text.strip():
        return Fault(0, "is empty", "write a JSON value")
    rest = text[at:].lstrip()
    before = text[:at].rstrip()
    if error.msg == "Extra data":
        return Fault(at, "goes on after the end of the JSON value", "take the rest away")
    if before.endswith(",") and rest[:1] in ("}", "]"):
        return Fault(len(before) - 1, f"has a comma before the closing {rest[0]}", "take the comma away")
    if rest.startswith(("//", "/*", "#")):
        return Fault(at, "has a comment, and JSON has none", "take the comment away")
    if rest.startswith("'"):
        return Fault(at, "has single quotes", 'JSON texts stand in double quotes: "…"')
    if "',' delimiter" in error.msg and rest:
        return Fault(len(before), "lacks a comma here", "put a comma between the two values")
    if "':' delimiter" in error.msg:
        return Fault(at, "lacks a colon after the key", 'a member is "key": value')
    if not rest:
        return Fault(len(text), f"ends before it is closed{_unclosed(text)}", "close what was opened")
    if error.msg.startswith("Unterminated string"):
        return Fault(at, "has a text without its closing quote", 'end the text with "')
    if error.msg.startswith("Invalid control character"):
        return Fault(at, "has a line break or control character inside a text", "write it as \\n")
    if error.msg.startswith("Invalid \\escape"):
        return Fault(at, "has a backslash that starts no escape", "write a backslash as \\\\")
    if "property name" in error.msg:
        return Fault(at, "lacks a key in double quotes here", 'a member is "key": value')
    word = re.match(r"[A-Za-z]+", rest)
    if word:
        return Fault(
            at,
            f"has the bare word {word.group()[:20]}",
            "a word is true, false, null or stands in double quotes",
        )
    return Fault(at, "is no JSON here", "mend it at this place")


def _unclosed(text: str) -> str:
    stack: list[tuple[str, int]] = []
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', text):
        token = match.group()
        if token in "{[":
            stack.append((token, match.start()))
        elif token in "}]" and stack:
            stack.pop()
    if not stack:
        return ""
    bracket, at = stack[-1]
    return f": the {bracket} of line {text.count(chr(10), 0, at) + 1} is open"
