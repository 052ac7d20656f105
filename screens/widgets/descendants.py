"""Finding widgets within another one, at every key."""

from __future__ import annotations

from typing import TypeVar

from textual.dom import DOMNode
from textual.widget import Widget

Found = TypeVar("Found", bound=Widget)


def descendants_of(node: DOMNode, kind: type[Found]) -> list[Found]:
    """The widgets of a kind within another one, without the price of a query: they are asked for at every key."""
    return node.walk_children(kind, with_self=False)
