"""A text in Markdown as HTML that can do nothing: raw HTML is shown as text, links lead to the web or nowhere, nothing is loaded.

Read by markdown-it-py, as the wizard's own pages are, so that both show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup

from tilewizard.language import _

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

APP = "https://app.datadoghq.com"
"""Where addresses without a host lead in a tile (Datadog, integrations-extras 2648)."""

Pictures = Callable[[str], str]
"""A picture's address in a text to its ``data:`` address; empty where the tile does not hold it."""


def html_of(markdown: str, pictures: Pictures, below: int = 2) -> Markup:
    """The HTML of a text, safe whatever stands in it.

    Args:
        markdown: a text; raw HTML in it is shown as it was written.
        pictures: what gives the ``data:`` address of a picture.
        below: the level of the heading that the text stands below: 1 to 5.
    """
    rendered: str = _parser().render(markdown, {"pictures": pictures, "above": below, "level": below})
    return Markup(rendered)  # Made here from escaped pieces alone.


def address_of(url: str) -> str:
    """Where a link may lead: the web, an address for mail, a page of Datadog's; empty for anything else."""
    if url.startswith("/") and not url.startswith("//"):
        return f"{APP}{url}"
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    known = (parts.scheme in ("http", "https") and parts.netloc) or (parts.scheme == "mailto" and parts.path)
    return url.strip() if known else ""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    found = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    for kind, rule in _RULES.items():
        found.add_render_rule(kind, rule)
    return found


def _link(___: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    href = address_of(str(tokens[at].attrGet("href") or ""))
    return f'<a href="{escape(href)}" rel="noopener noreferrer">' if href else "<a>"


def _image(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    url = str(tokens[at].attrGet("src") or "")
    words = renderer.renderInlineAsText(tokens[at].children, options, env)
    data = env["pictures"](url)
    if data:
        return f'<img src="{escape(data)}" alt="{escape(words)}">'
    said = _("Picture that is not part of the tile: {words} ({url})", words=words or _("no words"), url=url)
    return f'<span class="away">{escape(said)}</span>'


def _heading(___: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    # Whoever listens goes from heading to heading: none may skip a level (WCAG 1.3.1).
    level = env["level"]
    if tokens[at].nesting == 1:
        level = env["level"] = min(max(int(tokens[at].tag[1:]), env["above"] + 1), level + 1)
    return f"<h{level}>" if tokens[at].nesting == 1 else f"</h{level}>\n"


def _table(___: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    opens = tokens[at].nesting == 1
    return '<div class="scroll" tabindex="0"><table>\n' if opens else "</table></div>\n"


def _code(___: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[at].content)}</code></pre>\n'


_RULES: dict[str, Callable[..., str]] = {
    "link_open": _link,
    "image": _image,
    "heading_open": _heading,
    "heading_close": _heading,
    "table_open": _table,
    "table_close": _table,
    "fence": _code,
    "code_block": _code,
}
