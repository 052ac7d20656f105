"""The card of a tile as it hangs in Datadog's catalogue, small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from tilewizard.preview.preview import Card


class CatalogueCard(Horizontal):
    """A card: logo, title, author, what it does, its categories, its price. Its place is there before it is filled."""

    DEFAULT_CSS = """
    CatalogueCard { width: 1fr; height: 8; border: round $primary; border-title-color: $text-muted; padding: 0 1; }
    CatalogueCard #card-sign { width: 6; height: 3; margin-right: 2; content-align: center middle; text-style: bold; }
    CatalogueCard #card-sign.-drawn { background: $primary; color: $text; }
    CatalogueCard #card-words { width: 1fr; height: 6; }
    """

    def __init__(self, caption: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.border_title = caption

    def compose(self) -> ComposeResult:
        """The logo's place and the words beside it."""
        yield Static("", id="card-sign", markup=False)
        yield Static("", id="card-words", markup=False)

    def show(self, card: Card) -> None:
        """Draw a card."""
        by = " · ".join(filter(None, (f"by {card.author}" if card.author else "", card.offering)))
        tags = Content(" ").join([Content.styled(f" {tag} ", "$foreground on $primary-muted") for tag in card.tags[:3]])
        sign = self.query_one("#card-sign", Static)
        sign.update(card.initials or "?")
        sign.add_class("-drawn")
        lines = [
            Content.styled(card.title.kept, "bold"),
            Content.styled(by, "dim"),
            Content(card.description.kept),
            tags,
            Content.styled(card.price, "bold"),
        ]
        self.query_one("#card-words", Static).update(Content("\n").join(lines))
