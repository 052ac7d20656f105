"""Markdown of partners on the screen: nothing in it is markup, nothing is opened, everything is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Markdown, Static
from textual.widgets.markdown import MarkdownBlock
from tilewizard.quoting import visible

from ..shims.markdown_blocks import (
    MarkdownBulletList,
    MarkdownList,
    MarkdownListItem,
    MarkdownOrderedList,
    MarkdownParagraph,
    MarkdownTable,
    blocks_in,
    cells_of,
    words_of,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

NAME_MAX = 32
"""Cells of the longest name in a table's first column which are not taken from it for other ones."""
_LINK = Style(underline=True)
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""\b(alt|src)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


class _Whole(Static):
    """A table or a list as one widget: hundreds of rows cost as much as one."""

    def action_link(self, href: str) -> None:
        """A link in it."""
        self.post_message(Markdown.LinkClicked(self.query_ancestor(Markdown), href))


class _Table(MarkdownTable):
    """A table that folds long words. Textual's own gives each cell a tooltip, which it reads as markup."""

    def compose(self) -> ComposeResult:
        """All of its cells at once."""
        headers, rows = cells_of(self)
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, expand=True, pad_edge=False, padding=(0, 1, 0, 0))
        for at, header in enumerate(headers):
            cells = [header, *(row[at] for row in rows if at < len(row))]
            # What a row is known by comes first: names are folded last of all.
            whole = at == 0 and max(len(cell.plain) for cell in cells) <= NAME_MAX
            table.add_column(_rich(header, self), overflow="fold", no_wrap=whole)
        for row in rows:
            table.add_row(*(_rich(cell, self) for cell in row[: len(headers)]))
        yield _Whole(table, markup=False)


class _Bullets(MarkdownBulletList):
    """A list of dots."""

    def compose(self) -> ComposeResult:
        """All of it at once, when it holds nothing but text."""
        yield from (_Whole(_grid(self, self), markup=False),) if _is_plain(self) else super().compose()


class _Numbers(MarkdownOrderedList):
    """A list of numbers."""

    def compose(self) -> ComposeResult:
        """All of it at once, when it holds nothing but text."""
        yield from (_Whole(_grid(self, self), markup=False),) if _is_plain(self) else super().compose()


def _is_plain(block: MarkdownBlock) -> bool:
    """Whether a list holds text and such lists alone."""
    return all(
        type(each) is MarkdownParagraph
        or (isinstance(each, MarkdownListItem | _Bullets | _Numbers) and _is_plain(each))
        for each in blocks_in(block)
    )


def _grid(block: MarkdownBlock, styled: MarkdownBlock) -> Table:
    """A list with its signs beside its items; colours are those of a block that is on the screen."""
    grid = Table.grid(expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    items = [each for each in blocks_in(block) if isinstance(each, MarkdownListItem)]
    numbered = isinstance(block, _Numbers)
    first = int(items[0].bullet) if numbered and items and items[0].bullet.isdigit() else 1
    size = len(str(first + len(items))) + 3
    for number, item in enumerate(items, first):
        sign = f"{number}. ".rjust(size) if numbered else f"{item.bullet.strip()} "
        parts = [
            _grid(part, styled) if isinstance(part, MarkdownList) else _rich(words_of(part), styled)
            for part in blocks_in(item)
        ]
        grid.add_row(sign, Group(*parts))
    return grid


def _rich(content: Content, block: MarkdownBlock) -> Text:
    """A line of a block, in the colours of the theme; its links stay links."""
    text = Text(content.plain)
    for span in content.spans:
        if isinstance(span.style, str):
            known = block.get_visual_style(span.style.removeprefix("."), partial=True)
            # Where a style names no colour, what comes is one that is wholly transparent.
            named = known.foreground
            colour = named.rich_color if named is not None and named.a > 0 else None
            style = known.without_color.rich_style + Style(color=colour)
        else:
            style = span.style.rich_style + _LINK
        text.stylize(style, span.start, span.end)
    return text


class MarkdownPage(Markdown):
    """A text in Markdown. A link says where it leads by a message, and that is all it does."""

    DEFAULT_CSS = """
    MarkdownPage MarkdownFence > Label { width: 1fr; padding: 0 1; }
    MarkdownPage MarkdownBlock, MarkdownPage Static { link-color: $text-accent; link-style: underline; }
    MarkdownPage > MarkdownHeader:first-child { margin: 0 0 1 0; }
    MarkdownPage MarkdownHeader { margin: 1 0; }
    MarkdownPage MarkdownH1, MarkdownPage MarkdownH2 { content-align: left middle; background: transparent;
        text-style: bold; }
    """
    BLOCKS = {**Markdown.BLOCKS, "table_open": _Table, "bullet_list_open": _Bullets, "ordered_list_open": _Numbers}

    def __init__(self) -> None:
        super().__init__(parser_factory=parser, open_links=False)


def parser() -> MarkdownIt:
    """Reads Markdown as GitHub does; HTML is shown as the text that it holds, pictures as words."""
    from markdown_it import MarkdownIt

    found = MarkdownIt("gfm-like")
    found.core.ruler.push("plain", _plainly)
    return found


def _plainly(state: StateCore) -> None:
    from markdown_it.token import Token

    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "html_block":
            text = visible(" ".join(_TAG.sub(_picture_of, token.content).split()))
            if text:
                words = Token("inline", "", 0, content=text, children=[Token("text", "", 0, content=text)])
                tokens += [Token("paragraph_open", "p", 1), words, Token("paragraph_close", "p", -1)]
            continue
        if token.children is not None:
            token.children = [_plain_token(each) for each in token.children]
        tokens.append(token)
    state.tokens = tokens


def _plain_token(token: Token) -> Token:
    """A part of a line: a picture as words, text printable."""
    from markdown_it.token import Token

    if token.type == "image":
        return Token("text", "", 0, content=_picture(token.content, str(token.attrs.get("src", ""))))
    if token.type == "html_inline":
        if re.match(r"<br\b", token.content, re.IGNORECASE):
            return Token("hardbreak", "br", 0)
        return Token("text", "", 0, content=_TAG.sub(_picture_of, token.content))
    if token.type in ("text", "code_inline"):
        token.content = visible(token.content)
    return token


def _picture_of(tag: re.Match[str]) -> str:
    """What is shown for a tag: words for a picture, nothing for another."""
    if not tag[0].lower().startswith("<img"):
        return " " if tag[0].lower().startswith(("<br", "<p", "<li", "<td")) else ""
    found = {name.lower(): one or other for name, one, other in _ATTRIBUTE.findall(tag[0])}
    return _picture(found.get("alt", ""), found.get("src", ""))


def _picture(words: str, path: str) -> str:
    return visible(f"[{': '.join(filter(None, ('picture', words)))}{f' ({path})' if path else ''}]")
