"""A JSON text that keeps its bytes: an edit of one value changes the bytes of that value and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from tilewizard.errors import Fault, TilewizardError
from tilewizard.language import _

from .json_faults import syntax_fault
from .json_places import JsonPlaces
from .json_tree import DEPTH_MAX, Entry, JsonTree, Place

_MISSING = object()
_REPEATED_MAX = 100
"""Repeated keys that are reported."""
_LONE = re.compile("[\ud800-\udfff]")


@lru_cache(4096)
def _split(pointer: str) -> tuple[str, ...]:
    parts = pointer.split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts) if "~" in pointer else tuple(parts)


def _parts(pointer: str) -> list[str]:
    return list(_split(pointer))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


class JsonDocument:
    """An immutable JSON text and what it says. Pointers are RFC 6901, offsets are characters.

    Values come from the standard library's parser, and so do places of a sound text; spans for edits, and places of a broken
    text, come from tree-sitter. Each only when it is asked for.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._repeats = False
        """Whether a key stands twice in an object; known once the text was read."""

    @classmethod
    def parse(cls, text: str) -> JsonDocument:
        """The document of a text; a broken one has :attr:`faults`. Never raises."""
        return cls(text)

    @classmethod
    def of(cls, value: Any, indent: int = 2) -> JsonDocument:
        """A new text for a value, indented, with a last newline."""
        return cls(json.dumps(value, indent=indent, ensure_ascii=False) + "\n")

    # -- reading

    @cached_property
    def _read(self) -> tuple[Any, tuple[Fault, ...]]:
        constants: list[str] = []

        def constant(name: str) -> float:
            constants.append(name)
            return float(name.replace("Infinity", "inf"))

        def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            found = dict(pairs)
            if len(found) != len(pairs):
                self._repeats = True
            return found

        try:
            value = json.loads(self.text, parse_constant=constant, object_pairs_hook=members)
        except json.JSONDecodeError as error:
            return self._recovered(), (syntax_fault(self.text, error),)
        except RecursionError:
            fault = Fault(
                0, _("is nested too deeply to be read"), _("keep it below {limit} levels", limit=DEPTH_MAX), "depth"
            )
            return None, (fault,)
        except ValueError:  # int() refuses thousands of digits.
            return self._recovered(), (
                Fault(self._long_number(), _("has a number of thousands of digits"), _("shorten it"), "constant"),
            )
        found = [
            Fault(
                max(0, self.text.find(name)),
                _("has {name}, which JSON does not know", name=name),
                _("write a number or null"),
                "constant",
            )
            for name in constants[:1]
        ]
        return value, tuple(found)

    def _recovered(self) -> Any:
        if self.text.count("[") + self.text.count("{") > 100_000:
            return None
        return self._tree.recovered()

    def _long_number(self) -> int:
        match = re.search(r"\d{1000,}", self.text)
        return match.start() if match else 0

    @property
    def value(self) -> Any:
        """The data; of a broken text what could be read, else None."""
        return self._read[0]

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the text: kinds ``syntax``, ``depth``, ``constant``, ``encoding``, ``duplicate-key``."""
        found = list(self._read[1])
        if not self.text.isascii():
            lone = _LONE.search(self.text)
            if lone is not None:
                found.append(Fault(lone.start(), _("is not UTF-8 here"), _("save the file as UTF-8"), "encoding"))
        if not self.broken and self._repeats:
            found += [
                Fault(
                    at,
                    _("has the key {key!r} twice in one object; the first is lost", key=key),
                    _("take one away"),
                    "duplicate-key",
                )
                for key, at in islice(self._tree.duplicates(), _REPEATED_MAX)
            ]
        return tuple(found)

    @property
    def broken(self) -> bool:
        """Whether the text is no JSON at all."""
        return any(fault.kind in ("syntax", "depth") for fault in self._read[1])

    def get(self, pointer: str, default: Any = None) -> Any:
        """The value at a pointer, or ``default``."""
        value = self._read[0]
        for part in _split(pointer):
            if isinstance(value, dict):
                if part not in value:
                    return default
                value = value[part]
            elif isinstance(value, list) and part.isdigit() and part.isascii() and int(part) < len(value):
                value = value[int(part)]
            else:
                return default
        return value

    def has(self, pointer: str) -> bool:
        """Whether there is a value at a pointer."""
        return self.get(pointer, _MISSING) is not _MISSING

    # -- places

    @cached_property
    def _tree(self) -> JsonTree:
        return JsonTree(self.text)

    @cached_property
    def _places(self) -> JsonPlaces | None:
        """The places of a text that the standard library could read, else None: then the tree tells them."""
        return None if self._read[1] else JsonPlaces(self.text)

    def offset(self, pointer: str, *, key: bool = False) -> int | None:
        """The offset of a value, or of its key; None when it is missing."""
        if self._places is not None:
            parts = _split(pointer)
            span, found = self._places.find(parts)
            if found < len(parts):
                return None
            return self._places.root if span is None else span[0] if key else span[2]
        place, entry, found = self._tree.find(_parts(pointer))
        if place is None or found < len(_parts(pointer)):
            return None
        return entry.key_start if key and entry is not None else place.start

    def span(self, pointer: str) -> tuple[int, int] | None:
        """The span of a value, or None when it is missing."""
        parts = _parts(pointer)
        place, __, found = self._tree.find(parts)
        return (place.start, place.end) if place is not None and found == len(parts) else None

    def nearest_offset(self, pointer: str) -> int:
        """The offset of a value, or of the nearest holder that exists."""
        if self._places is not None:
            parts = _split(pointer)
            span, found = self._places.find(parts)
            return self._places.root if span is None else span[2] if found == len(parts) else span[0]
        if self.text.count("[") + self.text.count("{") > 100_000 and self.broken:
            return 0
        place, entry, found = self._tree.find(_parts(pointer))
        if place is None:
            return 0
        return place.start if found == len(_parts(pointer)) or entry is None else entry.key_start

    # -- edits

    def with_value(self, pointer: str, value: Any, *, key_order: Sequence[str] = ()) -> JsonDocument:
        """The document with a value set; of objects and lists only what differs is touched.

        Args:
            pointer: where; objects that are missing on the way are made; ``-`` appends to a list.
            value: plain data.
            key_order: where a key that is added goes among its siblings; a key not named goes last.

        Raises:
            TilewizardError: the text is no JSON, so nothing can be set in it.
        """
        old = self.get(pointer, _MISSING)
        if old is not _MISSING and alike(old, value):
            return self
        if self.broken:
            raise TilewizardError(
                _("is not valid JSON, so nothing can be changed in it"), remedy=_("mend its syntax first")
            )
        if old is _MISSING:
            return self._added(_parts(pointer), value, key_order)
        if isinstance(old, dict) and isinstance(value, dict) and old:
            return self._with_object(pointer, old, value, key_order)
        if isinstance(old, list) and isinstance(value, list) and old and value:
            return self._with_list(pointer, old, value, key_order)
        place = self._place(pointer)
        return self._spliced(place.start, place.end, self._dumped(value, self._indent_at(place.start)))

    def _with_object(
        self, pointer: str, old: dict[str, Any], new: dict[str, Any], order: Sequence[str]
    ) -> JsonDocument:
        document = self
        for key, value in new.items():
            document = document.with_value(f"{pointer}/{_escaped(key)}", value, key_order=order)
        for key in old:
            if key not in new:
                document = document.without(f"{pointer}/{_escaped(key)}")
        return document

    def _with_list(self, pointer: str, old: list[Any], new: list[Any], order: Sequence[str]) -> JsonDocument:
        document = self
        matcher = SequenceMatcher(None, [_canonical(item) for item in old], [_canonical(item) for item in new], False)
        for kind, i1, i2, j1, j2 in reversed(matcher.get_opcodes()):
            if kind == "equal":
                continue
            paired = min(i2 - i1, j2 - j1)
            for item in range(i2 - 1, i1 + paired - 1, -1):
                document = document.without(f"{pointer}/{item}")
            for item in range(j2 - 1, j1 + paired - 1, -1):
                document = document._inserted(pointer, i1 + paired, new[item])
            for step in range(paired):
                document = document.with_value(f"{pointer}/{i1 + step}", new[j1 + step], key_order=order)
        return document

    def _added(self, parts: list[str], value: Any, order: Sequence[str]) -> JsonDocument:
        place, __, found = self._tree.find(parts)
        if place is None:
            return JsonDocument(self.text[: len(self.text) - len(self.text.lstrip())] + self._dumped(value, ""))
        for part in reversed(parts[found + 1 :]):
            value = {part: value}
        holder, key = "".join(f"/{_escaped(part)}" for part in parts[:found]), parts[found]
        if place.node.type == "array":
            return self._inserted(holder, len(self.get(holder, [])), value)
        if place.node.type == "object":
            return self._with_member(place, key, value, order)
        return self._spliced(place.start, place.end, self._dumped({key: value}, self._indent_at(place.start)))

    def _with_member(self, place: Place, key: str, value: Any, order: Sequence[str]) -> JsonDocument:
        entries = self._tree.entries(place)
        if not entries:
            return self._filled(place, f"{self._text_of(key)}: ", value, "{}")
        last = entries[-1]
        colon = self.text[last.key_end : last.value.start]
        after = _predecessor([entry.key for entry in entries], key, order)
        return self._beside(place, entries, after, f"{self._text_of(key)}{colon}", value)

    def _inserted(self, pointer: str, index: int, value: Any) -> JsonDocument:
        place = self._place(pointer)
        entries = self._tree.entries(place)
        if not entries:
            return self._filled(place, "", value, "[]")
        return self._beside(place, entries, index - 1, "", value)

    def _beside(self, place: Place, entries: list[Entry], after: int, head: str, value: Any) -> JsonDocument:
        """The document with an entry more, after the one of that index (-1: before the first)."""
        if "\n" in self.text[place.start : entries[0].start]:
            indent = self._indent_at(entries[0].start)
            gap, entry = f"{self._newline}{indent}", head + self._dumped(value, indent)
        else:
            second = entries[1] if len(entries) > 1 else None
            gap = self.text[entries[0].end : second.start].replace(",", "", 1) if second else " "
            entry = head + self._dumped(value, None)
        if after < 0:
            return self._spliced(entries[0].start, entries[0].start, f"{entry},{gap}")
        return self._spliced(entries[after].end, entries[after].end, f",{gap}{entry}")

    def _filled(self, place: Place, head: str, value: Any, brackets: str) -> JsonDocument:
        indent = self._indent_at(place.start)
        if "\n" not in self.text.strip():
            return self._spliced(place.start, place.end, brackets[0] + head + self._dumped(value, None) + brackets[1])
        inner = indent + self._unit
        entry = (
            f"{brackets[0]}{self._newline}{inner}{head}{self._dumped(value, inner)}{self._newline}{indent}{brackets[1]}"
        )
        return self._spliced(place.start, place.end, entry)

    def without(self, pointer: str) -> JsonDocument:
        """The document without a member or an item, its comma and its line; this very one when it is missing."""
        parts = _parts(pointer)
        if not parts or not self.has(pointer) or self.broken:
            return self
        holder = self._place("".join(f"/{_escaped(part)}" for part in parts[:-1]))
        entries = self._tree.entries(holder)
        index = max(i for i, entry in enumerate(entries) if entry.key == parts[-1])
        if len(entries) == 1:
            return self._spliced(holder.start + 1, holder.end - 1, "")
        if index + 1 < len(entries):
            return self._spliced(entries[index].start, entries[index + 1].start, "")
        return self._spliced(entries[index - 1].end, entries[index].end, "")

    def renamed_key(self, pointer: str, new_key: str) -> JsonDocument:
        """The document with another key for a member; only the bytes of the key change."""
        __, entry, found = self._tree.find(_parts(pointer))
        if entry is None or found < len(_parts(pointer)) or self.broken or not pointer:
            return self
        return self._spliced(entry.key_start, entry.key_end, self._text_of(new_key))

    def _place(self, pointer: str) -> Place:
        place, *__ = self._tree.find(_parts(pointer))
        assert place is not None
        return place

    def _spliced(self, start: int, end: int, text: str) -> JsonDocument:
        return JsonDocument(self.text[:start] + text + self.text[end:])

    # -- the file's own style

    @cached_property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    @cached_property
    def _unit(self) -> str:
        """What one level is indented by: as the first entry of the text is, else two spaces."""
        match = re.match(r"\s*[{\[][ \t]*\r?\n([ \t]+)\S", self.text)
        return match.group(1) if match else "  "

    @cached_property
    def _escapes(self) -> bool:
        return self.text.isascii() and re.search(r"\\u[0-9a-fA-F]{4}", self.text) is not None

    def _indent_at(self, offset: int) -> str:
        start = self.text.rfind("\n", 0, offset) + 1
        return self.text[start : start + len(self.text[start:]) - len(self.text[start:].lstrip(" \t"))]

    def _text_of(self, value: Any) -> str:
        raw = json.dumps(value, ensure_ascii=self._escapes)
        return raw if raw.isascii() or _encodable(raw) else json.dumps(value)

    def _dumped(self, value: Any, indent: str | None) -> str:
        """A value as the file would write it, at an indentation; None: on one line."""
        if not isinstance(value, dict | list) or not value:
            return self._text_of(value)
        one_line = indent is None or ("\n" not in self.text.strip() and bool(self.text.strip()))
        raw = json.dumps(value, indent=None if one_line else self._unit, ensure_ascii=self._escapes)
        if not _encodable(raw):
            raw = json.dumps(value, indent=None if one_line else self._unit)
        return raw if one_line else raw.replace("\n", f"{self._newline}{indent}")


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _predecessor(keys: list[str], key: str, order: Sequence[str]) -> int:
    """The index of the sibling that a new key goes after: the nearest one before it in the order, else the last."""
    if key not in order:
        return len(keys) - 1
    place = order.index(key)
    before = [index for index, each in enumerate(keys) if each in order[:place]]
    return before[-1] if before else -1


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: ``1``, ``1.0`` and ``true`` are three values."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(alike(a, b) for a, b in zip(one, other, strict=True))
    # NaN, which Python's parser takes, is itself here.
    return bool(one == other or (one != one and other != other))
