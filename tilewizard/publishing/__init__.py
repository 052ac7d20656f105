"""What is handed over, and what is asked for before it is: a pack of a tile, the kit of a form, the requirements of its way.

May import: errors, quoting, answers, authoring, checking, drafts, field, inspection, preview, reporting, rules, tile, writing.
"""
