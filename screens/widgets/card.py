"""The card of a tile as it hangs in Datadog's catalogue, small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static
from tilewizard.language import _

if TYPE_CHECKING:
    from tilewizard.preview.preview import Card, Line


class CatalogueCard(Horizontal):
    """A card: logo, title, author, what it does, its categories, its price. Its place is there before it is filled."""

    DEFAULT_CSS = """
    CatalogueCard { width: 1fr; height: 8; border: round $primary; border-title-color: $text-muted; padding: 0 1; }
    CatalogueCard #card-sign { width: 6; height: 3; margin-right: 2; content-align: center middle; text-style: bold; }
    CatalogueCard #card-sign.-drawn { background: $primary; color: $text; }
    CatalogueCard #card-words { width: 1fr; height: 1fr; }
    """

    def __init__(self, caption: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.border_title = caption
        self._shown: tuple[Card, str] | None = None

    def compose(self) -> ComposeResult:
        """The logo's place and the words beside it."""
        yield Static("", id="card-sign", markup=False)
        yield Static("", id="card-words", markup=False)

    def show(self, card: Card, edited: str = "") -> None:
        """Draw a card.

        Args:
            card: what stands on it; for what is not given yet it says so.
            edited: the line that is pointed at: ``title``, ``by``, ``description``, ``tags``, ``price``, ``sign``.
        """
        if (card, edited) == self._shown:
            return
        self._shown = (card, edited)
        by = " · ".join(
            filter(None, (_("by {author}", author=card.author) if card.author else _("no author yet"), card.offering))
        )
        tags = Content(" ").join([Content.styled(f" {tag} ", "$foreground on $primary-muted") for tag in card.tags[:3]])
        sign = self.query_one("#card-sign", Static)
        sign.update(f"{card.initials or '?'}{POINTER.rstrip() if edited == 'sign' else ''}")
        sign.add_class("-drawn")
        free = _("no price yet") if card.badge == "Marketplace" else card.badge
        lines = {
            "title": _line(card.title, _("no title yet"), "bold"),
            "by": Content.styled(by, "$text-muted"),
            "description": _line(card.description, _("no description yet")),
            "tags": tags if card.tags else Content.styled(_("no categories yet"), "$text-muted italic"),
            "price": Content.styled(card.price, "bold") if card.price else Content.styled(free, "$text-muted italic"),
        }
        pointed = [
            Content.assemble((POINTER, "bold $text-accent"), line) if name == edited else line
            for name, line in lines.items()
        ]
        self.query_one("#card-words", Static).update(Content("\n").join(pointed))


POINTER = "▸ "
"""Stands before the line of a card that is being edited."""


def _line(line: Line, nothing: str, style: str = "") -> Content:
    """A line of the card; what Datadog would cut is struck through."""
    if not line.kept:
        return Content.styled(nothing, "$text-muted italic")
    return Content.assemble((line.kept, style), (line.over, "$text-error strike"))
