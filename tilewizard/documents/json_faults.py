"""What is wrong with a JSON text, in words for people who edit it by hand."""

from __future__ import annotations

import json
import re

from tilewizard.errors import Fault
from tilewizard.language import _


def syntax_fault(text: str, error: json.JSONDecodeError) -> Fault:
    """The fault that a parser stumbled over, at the place where the hand slipped."""
    at = error.pos
    if not text.strip():
        return Fault(0, _("is empty"), _("write a JSON value"))
    rest = text[at:].lstrip()
    before = text[:at].rstrip()
    if error.msg == "Extra data":
        return Fault(at, _("goes on after the end of the JSON value"), _("take the rest away"))
    if before.endswith(",") and rest[:1] in ("}", "]"):
        return Fault(
            len(before) - 1, _("has a comma before the closing {rest}", rest=rest[0]), _("take the comma away")
        )
    if rest.startswith(("//", "/*", "#")):
        return Fault(at, _("has a comment, and JSON has none"), _("take the comment away"))
    if rest.startswith("'"):
        return Fault(at, _("has single quotes"), _('JSON texts stand in double quotes: "…"'))
    if "',' delimiter" in error.msg and rest:
        return Fault(len(before), _("lacks a comma here"), _("put a comma between the two values"))
    if "':' delimiter" in error.msg:
        return Fault(at, _("lacks a colon after the key"), _('a member is "key": value'))
    if not rest:
        return Fault(len(text), _("ends before it is closed{text}", text=_unclosed(text)), _("close what was opened"))
    if error.msg.startswith("Unterminated string"):
        return Fault(at, _("has a text without its closing quote"), _('end the text with "'))
    if error.msg.startswith("Invalid control character"):
        return Fault(at, _("has a line break or control character inside a text"), _("write it as \\n"))
    if error.msg.startswith("Invalid \\escape"):
        return Fault(at, _("has a backslash that starts no escape"), _("write a backslash as \\\\"))
    if "property name" in error.msg:
        return Fault(at, _("lacks a key in double quotes here"), _('a member is "key": value'))
    word = re.match(r"[A-Za-z]+", rest)
    if word:
        return Fault(
            at,
            _("has the bare word {word}", word=word.group()[:20]),
            _("a word is true, false, null or stands in double quotes"),
        )
    return Fault(at, _("is no JSON here"), _("mend it at this place"))


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
    return _(": the {bracket} of line {line} is open", bracket=bracket, line=text.count(chr(10), 0, at) + 1)
