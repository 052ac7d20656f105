"""The links and pictures of a Markdown text, by tree-sitter's Markdown grammars."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from .markdown_code import fences_of
from .positions import character_offsets

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Query

INLINE_MAX = 200_000
"""Characters of one paragraph that is looked into for links; published ones have at most some 11,000."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture and its span.

    Attributes:
        text: what one reads, or a picture's description.
        url: of an inline link or an autolink; of a reference, that of its definition, empty when it dangles.
        label: of a reference; empty for the others.
        image: whether it is a picture.
        kind: how it is written.
        defined: whether a reference has a definition; True for the others.
    """

    text: str
    url: str
    label: str
    image: bool
    start: int
    end: int
    kind: Literal["inline", "reference", "autolink"]
    defined: bool


_AUTOLINK = re.compile(rb"<[A-Za-z][A-Za-z0-9+.-]+:")
BRACKETS_MAX = 2_000
"""Opening brackets of one paragraph beyond which no links are looked for; published ones have at most 22."""
_STARTS_BLOCK = re.compile(r"\s*(?:[|*+-]|\[[^\]\n]{1,1000}\]:|$)")
"""A line that starts a block of its own: a row of a table, an item, a definition; or one that is blank."""


_KINDS = frozenset(
    {
        "inline_link",
        "full_reference_link",
        "collapsed_reference_link",
        "shortcut_link",
        "image",
        "uri_autolink",
    }
)


def links_of(text: str, definitions: dict[str, str]) -> tuple[Link, ...]:
    """Every link and picture outside code, in order.

    Of a long text each piece is remembered: who types in one is not kept waiting for the others.

    Args:
        text: the Markdown.
        definitions: addresses by folded label. A shortcut such as ``[1]`` counts as a link only when it is defined:
            else it is text in brackets.
    """
    if len(text) <= PIECE:
        return _links(text, definitions)
    known = frozenset(definitions.items())
    found: list[Link] = []
    for start, end in pieces(text):
        within = _remembered(text[start:end], known)
        found += [replace(each, start=start + each.start, end=start + each.end) for each in within]
    return tuple(found)


PIECE = 16_000
"""Characters of a text that are read at once, if there is a place to cut: 3 ms, in which no other thread does anything."""
_CUT = re.compile(r"\n\n(?=[A-Za-z])")
_SPANS_BLANKS = re.compile(r"<(?:!|\?|script|pre|style|textarea)", re.I)
"""HTML that a blank line doesn't end."""


def pieces(text: str) -> list[tuple[int, int]]:
    """A text cut between paragraphs of the outermost level, where what is before means nothing to what follows; spans."""
    if _SPANS_BLANKS.search(text) or text.startswith(("---", "+++")) or _html_hides_a_fence(text):
        return [(0, len(text))]
    fences, at, cuts = fences_of(text)[0], 0, [0]
    if not all(_is_plain(text[start:end]) for start, end in fences):
        return [(0, len(text))]
    for match in _CUT.finditer(text):
        while at < len(fences) and fences[at][1] <= match.start():
            at += 1
        in_code = at < len(fences) and fences[at][0] <= match.start()
        if match.end() - cuts[-1] >= PIECE and not in_code:
            cuts.append(match.end())
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _is_plain(fenced: str) -> bool:
    """Whether a fence and all that it holds are indented alike, so that it ends where it seems to and not with an item around it."""
    first, *inner = fenced.rstrip().split("\n")
    lead = len(first) - len(first.lstrip(" \t>*+-0123456789.)"))
    indents = [len(line) - len(line.lstrip(" ")) for line in inner if line.strip()]
    closed = not inner or (indents[-1] <= lead + 3 and inner[-1].lstrip(" ")[0] in "`~")
    return "\t" not in first[:lead] and all(each >= lead for each in indents) and closed


def _html_hides_a_fence(text: str) -> bool:
    """Whether a fence stands in HTML, which goes on to the next blank line: it is none."""
    html = False
    for line in text.split("\n"):
        bare = line.strip()
        html = bool(bare) and (html or bare.startswith("<"))
        if html and ("```" in bare or "~~~" in bare):
            return True
    return False


@lru_cache(64)
def _remembered(text: str, definitions: frozenset[tuple[str, str]]) -> tuple[Link, ...]:
    return _links(text, dict(definitions))


def _links(text: str, definitions: dict[str, str]) -> tuple[Link, ...]:
    from tree_sitter import Parser, QueryCursor

    data = text.encode("utf-8", "surrogatepass")
    (blocks, texts), (inlines, links) = _grammars()
    inline = Parser(inlines)
    found: list[Link] = []
    characters = character_offsets(text, data)
    for node in QueryCursor(texts).captures(Parser(blocks).parse(data).root_node).get("text", ()):
        piece = data[node.start_byte : node.end_byte]
        if b"[" not in piece and not _AUTOLINK.search(piece):
            continue
        for each in QueryCursor(links).captures(inline.parse(piece).root_node).get("link", ()):
            link = _link(each, piece, definitions)
            if link is not None:
                shift = node.start_byte
                start, end = characters(shift + each.start_byte), characters(shift + each.end_byte)
                found.append(Link(*link[:4], start, end, link[4], link[5]))
    return tuple(sorted(found, key=lambda link: link.start))


def entangled_at(text: str) -> int | None:
    """Where a paragraph starts to be longer than links can be told from in bounded time; None: nowhere."""
    if len(text) <= INLINE_MAX and text.count("[") <= BRACKETS_MAX:
        return None
    brackets = size = position = 0
    for line in text.splitlines(keepends=True):
        starts = _STARTS_BLOCK.match(line) is not None
        brackets = line.count("[") + (0 if starts else brackets)
        size = len(line) + (0 if starts else size)
        if brackets > BRACKETS_MAX or size > INLINE_MAX:
            return position
        position += len(line)
    return None


@cache
def _grammars() -> tuple[tuple[Language, Query], tuple[Language, Query]]:
    """The grammar of blocks with a query for their texts, that of texts with a query for the links in them."""
    import tree_sitter_markdown
    from tree_sitter import Language, Query

    blocks, inlines = Language(tree_sitter_markdown.language()), Language(tree_sitter_markdown.inline_language())
    texts = "[(inline) (pipe_table_cell)] @text"
    return (blocks, Query(blocks, texts)), (inlines, Query(inlines, f"[{' '.join(f'({k})' for k in _KINDS)}] @link"))


def folded(label: str) -> str:
    """A label as Markdown compares it: case and white space aside."""
    return " ".join(label.split()).casefold()


def _link(
    node: Node, piece: bytes, definitions: dict[str, str]
) -> tuple[str, str, str, bool, Literal["inline", "reference", "autolink"], bool] | None:
    if node.type not in _KINDS:
        return None
    if node.type == "uri_autolink":
        url = piece[node.start_byte + 1 : node.end_byte - 1].decode("utf-8", "replace")
        return url, url, "", False, "autolink", True
    parts: dict[str, str] = {}
    for child in node.named_children:
        parts.setdefault(child.type, piece[child.start_byte : child.end_byte].decode("utf-8", "replace"))
    image = node.type == "image"
    text = parts.get("link_text") or parts.get("image_description") or ""
    if "link_destination" in parts:
        return text, parts["link_destination"].strip("<>"), "", image, "inline", True
    raw = piece[node.start_byte : node.end_byte]
    if node.type == "inline_link" or (image and raw.rstrip().endswith(b"()")):
        return text, "", "", image, "inline", True
    label = parts.get("link_label", "").strip("[]") or text
    defined = folded(label) in definitions
    if node.type == "shortcut_link" and not defined:
        return None
    return text, definitions.get(folded(label), ""), label, image, "reference", defined
