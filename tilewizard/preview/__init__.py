"""A tile as a customer will see it: card, tabs, carousel, price, all of it as a page; and what a file holds before it is picked.

As plain values and HTML, without a terminal.

May import: language, quoting, answers, authoring, documents, field, inspection, readme, rules, tile.
"""
