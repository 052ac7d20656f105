"""Where the values of a JSON text stand, by tree-sitter's JSON grammar."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from .positions import character_offsets

if TYPE_CHECKING:
    from tree_sitter import Language, Node

_MANY = 200
"""Members or items from which on a holder is looked through once and for all."""
DEPTH_MAX = 200
"""Nesting of a JSON text that is read; a dashboard has some ten levels."""

_CONTAINERS = ("object", "array")


@dataclass(frozen=True, slots=True)
class Entry:
    """A member of an object or an item of a list: its key, and the spans of the whole, the key and the value."""

    key: str
    start: int
    end: int
    key_start: int
    key_end: int
    value: Place


@dataclass(frozen=True, slots=True)
class Place:
    """A value's span in characters, and the node that it was parsed as."""

    start: int
    end: int
    node: Node


@cache
def _language() -> Language:
    import tree_sitter_json
    from tree_sitter import Language

    return Language(tree_sitter_json.language())


class JsonTree:
    """The syntax tree of a JSON text; offsets in and out are characters."""

    def __init__(self, text: str) -> None:
        from tree_sitter import Parser

        self._text = text
        self._data = text.encode("utf-8", "surrogatepass")
        # The grammar doesn't know the plus of 1e+16; a nought in its place keeps every span.
        readable = re.sub(rb"(?<=[0-9][eE])\+(?=[0-9])", b"0", self._data)
        self.tree = Parser(_language()).parse(readable)
        self._indexes: dict[int, dict[str, Node]] = {}

    @cached_property
    def _offset(self) -> Callable[[int], int]:
        return character_offsets(self._text, self._data)

    def _place(self, node: Node) -> Place:
        return Place(self._offset(node.start_byte), self._offset(node.end_byte), node)

    @property
    def root(self) -> Place | None:
        """The first value of the text."""
        for node in self.tree.root_node.named_children:
            if node.type not in ("ERROR", "comment"):
                return self._place(node)
        return None

    def entries(self, place: Place) -> list[Entry]:
        """The members of an object, or the items of a list under their indexes, in their order."""
        found = []
        if place.node.type == "object":
            for node in place.node.named_children:
                key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
                if node.type == "pair" and key is not None and value is not None and not value.is_missing:
                    at, own, inner = self._place(node), self._place(key), self._place(value)
                    found.append(Entry(self.plain(key), at.start, at.end, own.start, own.end, inner))
        elif place.node.type == "array":
            items = [node for node in place.node.named_children if node.type not in ("ERROR", "comment")]
            for index, node in enumerate(items):
                at = self._place(node)
                found.append(Entry(str(index), at.start, at.end, at.start, at.end, at))
        return found

    def find(self, parts: list[str]) -> tuple[Place | None, Entry | None, int]:
        """The value at a path, the entry that holds it, and how many parts of the path were found."""
        place, entry = self.root, None
        for count, part in enumerate(parts):
            if place is None or place.node.type not in _CONTAINERS:
                return place, entry, count
            found = self._entry(place.node, part)
            if found is None:
                return place, entry, count
            entry = found
            place = entry.value
        return place, entry, len(parts)

    def _entry(self, node: Node, part: str) -> Entry | None:
        """One member or item; the last of several members with one key is the one that a JSON parser keeps."""
        if node.named_child_count > _MANY:
            large = self._large(node).get(part)
            return self._entry_of(large, part) if large is not None else None
        if node.type == "array":
            items = [each for each in node.named_children if each.type not in ("ERROR", "comment")]
            if not part.isdigit() or int(part) >= len(items):
                return None
            return self._entry_of(items[int(part)], part)
        for pair in reversed(node.named_children):
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is None or value is None or pair.type != "pair" or value.is_missing or self.plain(key) != part:
                continue
            return self._entry_of(pair, part)
        return None

    def _entry_of(self, node: Node, part: str) -> Entry:
        """An item, or a member that is whole, as an entry."""
        at = self._place(node)
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        if node.type != "pair" or key is None or value is None:
            return Entry(part, at.start, at.end, at.start, at.end, at)
        own = self._place(key)
        return Entry(part, at.start, at.end, own.start, own.end, self._place(value))

    def _large(self, node: Node) -> dict[str, Node]:
        """The members or items of a large holder by their keys, looked up once for each holder."""
        found = self._indexes.get(node.id)
        if found is None:
            children = [each for each in node.named_children if each.type not in ("ERROR", "comment")]
            if node.type == "array":
                found = {str(index): each for index, each in enumerate(children)}
            else:
                found = {}
                for pair in children:
                    key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
                    if pair.type == "pair" and key is not None and value is not None and not value.is_missing:
                        found[str(self.plain(key))] = pair
            self._indexes[node.id] = found
        return found

    def plain(self, node: Node) -> Any:
        """The value of a scalar node, or None where it is broken."""
        text = self._data[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")
        if node.type == "string" and "\\" not in text and len(text) > 1 and text[-1] == '"':
            return text[1:-1]
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            return text.strip('"') if node.type == "string" else None

    def recovered(self) -> Any:
        """What can be read of a broken text: members and items that are whole."""
        root = self.root
        return self._recovered(root.node, 0) if root is not None else None

    def _recovered(self, node: Node, depth: int) -> Any:
        if depth > DEPTH_MAX:
            return None
        if node.type == "object":
            found = {}
            for pair in node.named_children:
                key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
                if pair.type == "pair" and key is not None and value is not None and not value.is_missing:
                    found[str(self.plain(key))] = self._recovered(value, depth + 1)
            return found
        if node.type == "array":
            return [self._recovered(each, depth + 1) for each in node.named_children if each.type != "ERROR"]
        return self.plain(node)

    def duplicates(self) -> Iterator[tuple[str, int]]:
        """Every key that stands again in its object, with the offset of the later one."""
        pending = [self.tree.root_node]
        while pending:
            node = pending.pop()
            if node.type == "object":
                seen: set[str] = set()
                for pair in node.named_children:
                    key = pair.child_by_field_name("key") if pair.type == "pair" else None
                    if key is not None:
                        name = str(self.plain(key))
                        if name in seen:
                            yield name, self._offset(key.start_byte)
                        seen.add(name)
            pending.extend(node.named_children)
