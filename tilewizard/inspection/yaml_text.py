"""What a small YAML file of a tile says: read by tree-sitter's grammar, doubted by ruamel.yaml's safe loader.

Pipelines of logs run to thousands of lines. tree-sitter tells in a millisecond whether one is well formed and where a key
stands; ruamel.yaml is asked only about what looks wrong, or uses what a grammar can't judge: tags, anchors, aliases.
Nothing is ever constructed but texts, lists and dictionaries.
"""

from __future__ import annotations

import json
import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from tilewizard.documents.positions import character_offsets
from tilewizard.errors import Fault
from tilewizard.language import _

from .yaml_hazards import UNSAFE, alias_fault, nesting_fault, tag_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Language, Node, Query

SIZE_MAX = 2 * 1024 * 1024
"""Characters of a YAML file that is read; the longest published pipeline has 140,000."""
DEPTH_MAX = 60
"""Nesting of a YAML file that is read; a pipeline has some ten levels."""
_WRAPPERS = frozenset({"stream", "document", "block_node", "flow_node"})
_BESIDE = frozenset({"comment", "tag", "anchor"})
_MAPPINGS = frozenset({"block_mapping", "flow_mapping"})
_SEQUENCES = frozenset({"block_sequence", "flow_sequence"})
_ITEMS = frozenset({"block_sequence_item", "flow_node"})
_LOADED_MAX = 200_000
"""Characters of a YAML text that ruamel.yaml is given: it reads some 600,000 in a second."""
_JUDGED_BY_LOADER = re.compile("[!&*]")
_UNJUDGED = "(tag) @tag (anchor) @anchor (alias) @alias"
"""What is well formed to a grammar and may be wrong all the same."""


class YamlText:
    """A YAML text, and the values in it as texts: ``yes``, ``1`` and ``"1"`` stay what was written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[tuple[str, ...], Any] = {}

    @cached_property
    def root(self) -> Node | None:
        """The grammar's tree; None for a text that is too long or nested too deeply."""
        from tree_sitter import Parser

        unfit = len(self.text) > SIZE_MAX or self._nesting is not None
        return None if unfit else Parser(_language()).parse(self._data).root_node

    @cached_property
    def _data(self) -> bytes:
        return self.text.encode("utf-8", "replace")

    @cached_property
    def _nesting(self) -> Fault | None:
        return nesting_fault(self.text) if len(self.text) <= SIZE_MAX else None

    @property
    def hazard(self) -> Fault | None:
        """What would make loading the text dangerous, or None: kinds ``size``, ``depth``, ``tag``, ``bomb``."""
        return self.fault if self.fault is not None and self.fault.kind in UNSAFE else None

    @cached_property
    def fault(self) -> Fault | None:
        """Why the text can't be read as YAML, or None."""
        if len(self.text) > SIZE_MAX:
            return Fault(0, _("is longer than {limit:,} characters", limit=SIZE_MAX), _("split it up"), "size")
        if not self.text.strip():
            return Fault(0, _("is empty"), _("fill it in or delete it"), "empty")
        root = self.root
        if root is None:
            return self._nesting
        found = unjudged(root) if _JUDGED_BY_LOADER.search(self.text) else {}
        danger = tag_fault(found.get("tag", [])) or alias_fault(found.get("anchor", []), found.get("alias", []))
        if danger is not None:
            return Fault(self.characters(danger.offset), danger.message, danger.hint, danger.kind)
        if not (root.has_error or found):
            return None
        # What a broken text's aliases stand for, the grammar can't tell: then no loader is asked.
        if len(self.text) <= _LOADED_MAX and not (root.has_error and ("&" in self.text and "*" in self.text)):
            return _fault_by_ruamel(self.text)
        return (
            Fault(self.characters(_first_error(root)), _("is no YAML from here on"), _("mend it there"))
            if root.has_error
            else None
        )

    def get(self, *keys: str) -> Any:
        """The value under a path of keys: a text, a list or a dictionary; None when it is missing."""
        if keys not in self._known:
            pair = self._pair(keys)
            self._known[keys] = _plain(pair.child_by_field_name("value"), 0) if pair is not None else None
        return self._known[keys]

    def fills(self, key: str) -> bool:
        """Whether there is anything under a key at the top; its value is not worked out."""
        pair = self._pair((key,))
        inner = inner_of(pair.child_by_field_name("value")) if pair is not None else None
        if inner is not None and inner.type in _MAPPINGS:
            return bool(pairs_of(inner))
        if inner is not None and inner.type in _SEQUENCES:
            return any(each.type in _ITEMS for each in inner.named_children)
        return bool(_plain(inner, 0))

    @cached_property
    def value(self) -> Any:
        """The whole document."""
        return _plain(self.root, 0)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys at the top, in their order, each as often as it stands there."""
        return tuple(key_of(pair) for pair in pairs_of(self.root))

    def offset(self, *keys: str) -> int:
        """Where a key stands, in characters; 0 when it is missing."""
        pair = self._pair(keys)
        return self.characters(pair.start_byte) if pair is not None else 0

    def span(self, *path: str | int) -> tuple[int, int] | None:
        """Where the value at a path of keys and indexes stands, in characters; None when it is missing."""
        inner = node_at(self, *path)
        return (self.characters(inner.start_byte), self.characters(inner.end_byte)) if inner is not None else None

    def characters(self, byte: int) -> int:
        """The offset of a byte of the UTF-8 text, in characters."""
        return self._offsets(byte)

    @cached_property
    def _offsets(self) -> Callable[[int], int]:
        return character_offsets(self.text, self._data)

    def _pair(self, keys: tuple[str, ...]) -> Node | None:
        node, pair = self.root, None
        for key in keys:
            pair = next((each for each in pairs_of(node) if key_of(each) == key), None)
            if pair is None:
                return None
            node = pair.child_by_field_name("value")
        return pair


@cache
def _language() -> Language:
    import tree_sitter_yaml
    from tree_sitter import Language

    return Language(tree_sitter_yaml.language())


@cache
def _query() -> Query:
    from tree_sitter import Query

    return Query(_language(), _UNJUDGED)


def unjudged(root: Node) -> dict[str, list[Node]]:
    """Tags, anchors and aliases, by these names."""
    from tree_sitter import QueryCursor

    return QueryCursor(_query()).captures(root)


def _first_error(root: Node) -> int:
    """The first byte that the grammar has no place for."""
    node = root
    while not (node.is_error or node.is_missing):
        wrong = next((each for each in node.children if each.has_error or each.is_error or each.is_missing), None)
        if wrong is None:
            break
        node = wrong
    return node.start_byte


def inner_of(node: Node | None) -> Node | None:
    """The node itself below the wrappers that the grammar puts around it, without tags and anchors."""
    while node is not None and node.type in _WRAPPERS:
        node = next((each for each in node.named_children if each.type not in _BESIDE), None)
    return node


def pairs_of(node: Node | None) -> list[Node]:
    """The pairs of a mapping; none for any other node."""
    inner = inner_of(node)
    if inner is None or inner.type not in _MAPPINGS:
        return []
    return [each for each in inner.named_children if each.type.endswith("_pair")]


def key_of(pair: Node) -> str:
    """The key of a pair; empty when it is no text."""
    key = _plain(pair.child_by_field_name("key"), DEPTH_MAX - 1)
    return key if isinstance(key, str) else ""


def _plain(node: Node | None, depth: int) -> Any:
    inner = inner_of(node)
    if inner is None or depth >= DEPTH_MAX:
        return None
    if inner.type in _MAPPINGS:
        return {key_of(pair): _plain(pair.child_by_field_name("value"), depth + 1) for pair in pairs_of(inner)}
    if inner.type in _SEQUENCES:
        return [_plain(each, depth + 1) for each in entries_of(inner)]
    return _scalar((inner.text or b"").decode("utf-8", "replace"), inner.type)


def node_at(text: YamlText, *path: str | int) -> Node | None:
    """The node of the value at a path of keys and indexes; None when it is missing."""
    node = text.root
    for part in path:
        node = _child(node, part)
        if node is None:
            return None
    return inner_of(node)


def _child(node: Node | None, part: str | int) -> Node | None:
    if isinstance(part, str):
        pair = next((each for each in pairs_of(node) if key_of(each) == part), None)
        return pair.child_by_field_name("value") if pair is not None else None
    inner = inner_of(node)
    if inner is None or inner.type not in _SEQUENCES:
        return None
    items = entries_of(inner)
    return items[part] if part < len(items) else None


def entries_of(sequence: Node) -> list[Node | None]:
    """The entries of a sequence's node; None for one that is empty."""
    return [_item(each) for each in sequence.named_children if each.type in _ITEMS]


def _item(node: Node) -> Node | None:
    if node.type != "block_sequence_item":
        return node
    return next((each for each in node.named_children if each.type != "comment"), None)


def _scalar(text: str, kind: str) -> str:
    if kind == "single_quote_scalar":
        return text[1:-1].replace("''", "'")
    if kind == "double_quote_scalar":
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    return text


def _fault_by_ruamel(text: str) -> Fault | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        for __ in YAML(typ="safe", pure=True).load_all(text):
            pass
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        tagged = "constructor for the tag" in str(error.problem)
        message = (
            _("has a tag that safe YAML doesn't know")
            if tagged
            else _("is no YAML: {problem}", problem=_first(error.problem))
        )
        hint = _("take the tag away") if tagged else _("mend it there")
        return Fault(min(mark.index, len(text)) if mark is not None else 0, message, hint)
    except RecursionError:
        return Fault(
            0, _("is nested too deeply to be read"), _("keep it below {limit} levels", limit=DEPTH_MAX), "depth"
        )
    except (YAMLError, ValueError, TypeError, AttributeError, KeyError) as error:
        return Fault(0, _("is no YAML: {error}", error=_first(str(error))), _("mend it"))
    return None


def _first(text: object) -> str:
    line = (str(text or "").strip().splitlines() or [""])[0]
    return "".join(char for char in line if char.isprintable())[:80] or _("it can't be read")
