"""A YAML text's typed values: numbers, true and null as YAML 1.2 has them, from tree-sitter's tree.

Some twenty times as fast as ruamel.yaml on pipelines of thousands of lines. What is rare (tags, anchors, folded texts, keys that
stand twice, dates) ruamel.yaml decides, for a scalar or for the whole text.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tilewizard.language import _

from .yaml_text import DEPTH_MAX, YamlText, entries_of, inner_of, pairs_of, unjudged

if TYPE_CHECKING:
    from tree_sitter import Node

_INTEGER = re.compile(r"0|-?[1-9]\d{0,17}")
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NOTHING = frozenset({"null", "Null", "NULL", "~", ""})
_PLAIN_TEXT = re.compile(r"[A-Za-z_/$(][^\n]*")
_MAY_DIFFER = re.compile("[!&*]|<<")
_OTHER_LINE_ENDS = re.compile("[\r\x85\u2028\u2029\ufeff]")


class _Rare(Exception):
    """The text has what this reader leaves to ruamel.yaml."""


def values_of(text: YamlText) -> Any:
    """The document's value: dictionaries, lists, texts, numbers, booleans, None; a date is a ``datetime.date``.

    Raises:
        ruamel.yaml.error.YAMLError, ValueError, RecursionError: it is no YAML.
    """
    root = text.root
    rare = root is None or root.has_error or _OTHER_LINE_ENDS.search(text.text)
    if root is not None and not rare and not (_MAY_DIFFER.search(text.text) and unjudged(root)) and not _cut(text):
        try:
            return _value(root, 0)
        except _Rare:
            pass
    return _loaded(text.text)


def _cut(text: YamlText) -> bool:
    """Whether the text ends in a block without a line's end: its value has none either."""
    node = None if text.text.endswith("\n") else text.root
    while node is not None and node.named_children:
        node = node.named_children[-1]
    return node is not None and node.type == "block_scalar"


def _loaded(text: str) -> Any:
    from ruamel.yaml import YAML

    try:
        return YAML(typ="safe", pure=True).load(text)
    except TypeError:  # Python's dictionaries take no such key.
        raise ValueError(_("a key is a list or a mapping")) from None


def _value(node: Node | None, depth: int) -> Any:
    inner = inner_of(node)
    if inner is None:
        return None
    if depth >= DEPTH_MAX or inner.type == "ERROR":
        raise _Rare
    if inner.type.endswith("_mapping"):
        found: dict[Any, Any] = {}
        for pair in pairs_of(inner):
            key = _value(pair.child_by_field_name("key"), depth + 1)
            if not isinstance(key, str) or key in found or key == "<<":
                raise _Rare
            found[key] = _value(pair.child_by_field_name("value"), depth + 1)
        return found
    if inner.type.endswith("_sequence"):
        if any(each.type == "flow_pair" for each in inner.named_children):
            raise _Rare
        return [_value(each, depth + 1) for each in entries_of(inner)]
    return _scalar((inner.text or b"").decode("utf-8", "replace"), inner.type)


def _scalar(text: str, kind: str) -> Any:
    if kind == "plain_scalar":
        return _plain(text)
    if kind == "block_scalar":
        return _literal(text)
    if "\n" in text:
        return _plain_rare(text)
    if kind == "single_quote_scalar":
        return text[1:-1].replace("''", "'")
    try:
        return json.loads(text)
    except ValueError:
        return _plain_rare(text)


@lru_cache(maxsize=4000)
def _plain(text: str) -> Any:
    if text in _WORDS or text in _NOTHING:
        return _WORDS.get(text)
    if _INTEGER.fullmatch(text):
        return int(text)
    return text if _PLAIN_TEXT.fullmatch(text) else _plain_rare(text)


def _plain_rare(text: str) -> Any:
    if any(line[:1] not in ("", " ") for line in text.split("\n")[1:]):
        raise _Rare
    return _loaded(f"k: {text}")["k"]


def _literal(text: str) -> str:
    """A literal block (``|``, ``|-``, ``|+``): its lines without the indentation of the first."""
    head, _, body = text.partition("\n")
    mark = head.partition(" #")[0].strip()
    if any(char.isdigit() for char in mark):
        raise _Rare
    if mark not in ("|", "|-"):
        return str(_plain_rare(text))
    lines = body.split("\n")
    first = next((line for line in lines if line.strip(" ")), "")
    indent = len(first) - len(first.lstrip(" "))
    if any(line[:indent].strip(" ") or (not line.strip(" ") and len(line) > indent) for line in lines):
        raise _Rare
    whole = "\n".join(line[indent:] for line in lines).rstrip("\n")
    return whole if mark == "|-" or not whole else f"{whole}\n"
