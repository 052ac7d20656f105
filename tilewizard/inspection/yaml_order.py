"""The order of keys in a YAML text: where it is not sorted, and the same text with its keys sorted, byte for byte else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from .yaml_text import YamlText, key_of, node_at, pairs_of

if TYPE_CHECKING:
    from tree_sitter import Node


def unsorted_mappings(text: YamlText, *path: str | int) -> Iterator[tuple[int, str, str]]:
    """Every mapping at or below a path whose keys don't stand in the order of their characters.

    Yields the offset of the first key that stands too late, in characters, that key, and the one that it belongs before.
    """
    start = node_at(text, *path)
    pending = [start] if start is not None else []
    while pending:
        node = pending.pop()
        if node.type in ("block_mapping", "flow_mapping"):
            pairs = pairs_of(node)
            for before, after in pairwise(pairs):
                if key_of(after) < key_of(before):
                    yield text.characters(after.start_byte), key_of(after), key_of(before)
                    break
        pending += reversed(node.named_children)


def sorted_text(text: YamlText, *path: str | int) -> str | None:
    """The text with the block mappings at and below a path sorted; None where that would say something else.

    Pairs change places, whatever stands between them stays where it is. Comments there, or a change of the values,
    give None.
    """
    node = node_at(text, *path)
    if node is None:
        return None
    data = text.text.encode("utf-8", "replace")
    found = data[: node.start_byte] + _sorted(node, data) + data[node.end_byte :]
    after = YamlText(found.decode("utf-8", "replace"))
    return after.text if after.fault is None and after.value == text.value else None


def _sorted(node: Node, data: bytes) -> bytes:
    parts: list[tuple[str, int, int, bytes]] = []
    children = node.named_children
    sort = node.type == "block_mapping" and all(each.type == "block_mapping_pair" for each in children)
    for each in children:
        key = key_of(each) if sort else ""
        parts.append((key, each.start_byte, each.end_byte, _sorted(each, data)))
    if not parts:
        return data[node.start_byte : node.end_byte]
    bodies = [part[3] for part in (sorted(parts, key=lambda part: part[0]) if sort else parts)]
    found = data[node.start_byte : parts[0][1]]
    for index, (_, _, end, _) in enumerate(parts):
        following = parts[index + 1][1] if index + 1 < len(parts) else node.end_byte
        found += bodies[index] + data[end:following]
    return found
