"""A tile as a customer will see it: card, tabs, carousel, price; and what a file holds before it is picked.

As plain values, without a terminal.

May import: quoting, answers, authoring, documents, field, inspection, readme, rules, tile.
"""
