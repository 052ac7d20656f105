"""The blocks that a Markdown widget is made of, and what is in them.

Textual 8.2 exports ``Markdown``, ``MarkdownBlock`` and ``MarkdownFence`` alone, though ``Markdown.BLOCKS`` is there to put others
in their place; a block's text and the blocks within it are ``_content`` and ``_blocks``.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets._markdown import (
    MarkdownBulletList,
    MarkdownList,
    MarkdownListItem,
    MarkdownOrderedList,
    MarkdownParagraph,
    MarkdownTable,
)
from textual.widgets.markdown import MarkdownBlock

__all__ = [
    "MarkdownBulletList",
    "MarkdownList",
    "MarkdownListItem",
    "MarkdownOrderedList",
    "MarkdownParagraph",
    "MarkdownTable",
    "blocks_in",
    "cells_of",
    "words_of",
]


def blocks_in(block: MarkdownBlock) -> Sequence[MarkdownBlock]:
    """The blocks within a block, as they were read; none once it has composed them."""
    return block._blocks


def words_of(block: MarkdownBlock) -> Content:
    """The text of a block that has no others in it."""
    return block._content


def cells_of(table: MarkdownTable) -> tuple[list[Content], list[list[Content]]]:
    """A table's headers, and its rows."""
    return table._get_headers_and_rows()
