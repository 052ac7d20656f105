"""A map of metrics as it stands in a package's code or YAML: entries come and go, all other text keeps its bytes.

Three forms are known: a dictionary and a list of tuples at the top of a Python module, and a YAML mapping. Each entry stands on
lines of its own; what is written otherwise is told to be unknown.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapEntry:
    """An entry: its key, and the lines that it stands on (the first, and the one behind the last)."""

    key: str
    first: int
    behind: int


@dataclass(frozen=True)
class MapText:
    """A map with its text.

    Attributes:
        lines: of the whole text, with their ends.
        entries: in their order.
        at: the line that new entries go before when no entry has a greater key.
        indent: blanks before an entry.
        comma: what ends an entry, a comma in Python, nothing in YAML.
        open_at: where the comma of the last entry would stand, its line and the characters before it; None where it has one.
    """

    lines: tuple[str, ...]
    entries: tuple[MapEntry, ...]
    at: int
    indent: str
    comma: str
    open_at: tuple[int, int] | None = None

    @property
    def keys(self) -> list[str]:
        """The keys, in their order."""
        return [each.key for each in self.entries]

    def without(self, keys: Iterable[str]) -> str:
        """The text without the entries of some keys."""
        gone = set(keys)
        lost = {line for each in self.entries if each.key in gone for line in range(each.first, each.behind)}
        return "".join(line for index, line in enumerate(self.lines) if index not in lost)

    def having(self, added: Iterable[tuple[str, str]]) -> str:
        """The text with more entries, each a key and the entry as it is written; in order where the map is in order."""
        end = "\r\n" if self.lines and self.lines[0].endswith("\r\n") else "\n"
        lines = list(self.lines)
        if self.open_at is not None:
            line, column = self.open_at
            lines[line] = f"{lines[line][:column]}{self.comma}{lines[line][column:]}"
        if self.at and not lines[self.at - 1].endswith("\n"):
            lines[self.at - 1] += end
        in_order = self.keys == sorted(self.keys)
        for key, text in sorted(added, reverse=True):
            greater = (each.first for each in self.entries if each.key > key) if in_order else iter(())
            lines.insert(next(greater, self.at), f"{self.indent}{text}{self.comma}{end}")
        return "".join(lines)


def python_map(code: str, name: str) -> MapText | None:
    """The dictionary or list of a name at the top of a module; None where there is none of the known forms."""
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = [each.value for each in body if isinstance(each, ast.Assign) and _named(each, name)]
    if len(found) != 1 or not isinstance(found[0], ast.Dict | ast.List):
        return None
    holder, lines = found[0], tuple(code.splitlines(keepends=True))
    entries = tuple(_python_entries(holder))
    if len(entries) != len(holder.keys if isinstance(holder, ast.Dict) else holder.elts):
        return None
    opened, closed = holder.lineno - 1, (holder.end_lineno or holder.lineno) - 1
    if not entries and opened == closed:
        return _opened(lines, holder)
    bounds = [opened, *(each.behind - 1 for each in entries)]
    alone = all(each.first > before for each, before in zip(entries, bounds, strict=False))
    if not alone or (entries and entries[-1].behind > closed):
        return None
    first = lines[entries[0].first] if entries else "    "
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return MapText(lines, entries, closed, indent, ",", _without_comma(holder, lines))


def _without_comma(holder: ast.Dict | ast.List, lines: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the last entry ends, if no comma follows it."""
    values = holder.values if isinstance(holder, ast.Dict) else holder.elts
    if not values:
        return None
    line = (values[-1].end_lineno or 1) - 1
    column = len(lines[line].encode()[: values[-1].end_col_offset or 0].decode())
    behind = [lines[line][column:], *lines[line + 1 : holder.end_lineno]]
    code = next((each.strip() for each in behind if each.strip() and not each.lstrip().startswith("#")), "")
    return None if code.startswith(",") else (line, column)


def _named(statement: ast.Assign, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in statement.targets)


def _python_entries(holder: ast.Dict | ast.List) -> Iterator[MapEntry]:
    if isinstance(holder, ast.Dict):
        for key, value in zip(holder.keys, holder.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield MapEntry(key.value, key.lineno - 1, value.end_lineno or value.lineno)
        return
    for each in holder.elts:
        first = each.elts[0] if isinstance(each, ast.Tuple) and each.elts else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield MapEntry(first.value, each.lineno - 1, each.end_lineno or each.lineno)


def _opened(lines: tuple[str, ...], holder: ast.Dict | ast.List) -> MapText | None:
    """An empty ``{}`` or ``[]`` with room for entries between its brackets."""
    at, column = holder.lineno - 1, len(lines[holder.lineno - 1].encode()[: holder.col_offset].decode()) + 1
    line = lines[at]
    end = "\r\n" if line.endswith("\r\n") else "\n"
    split = (*lines[:at], f"{line[:column]}{end}", line[column:].lstrip(" "), *lines[at + 1 :])
    return MapText(split, (), at + 1, "    ", ",")


def yaml_map(text: str) -> MapText | None:
    """The mapping that a YAML file is; None for anything else, and for one in braces."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode

    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(node, MappingNode) or node.flow_style or node.start_mark.column:
        return None
    lines = tuple(text.splitlines(keepends=True))
    starts = [(key.value, key.start_mark.line) for key, _ in node.value if isinstance(key, ScalarNode)]
    if len(starts) != len(node.value) or not starts:
        return None
    ends = [*(line for _, line in starts[1:]), node.end_mark.line if node.end_mark.line > starts[-1][1] else len(lines)]
    entries = tuple(
        MapEntry(key, first, _without_tail(lines, first, end)) for (key, first), end in zip(starts, ends, strict=True)
    )
    return MapText(lines, entries, entries[-1].behind, "", "")


def _without_tail(lines: tuple[str, ...], first: int, end: int) -> int:
    """The end of an entry, without the comments and blank lines behind it."""
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip()[:1] == "#"):
        end -= 1
    return end
