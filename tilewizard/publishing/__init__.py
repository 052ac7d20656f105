"""What is handed over, and what is asked for before it is: a pack of a tile, the requirements of the way that it goes.

May import: errors, quoting, answers, authoring, checking, drafts, field, preview, reporting, rules, tile, writing.
"""
