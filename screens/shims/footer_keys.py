"""The keys that a footer is made of.

Textual 8.2 exports ``Footer`` alone, not the class of the keys that it composes.
"""

from __future__ import annotations

from textual.widgets._footer import FooterKey

__all__ = ["FooterKey"]
