"""What is handed over, and what is asked for before it is: a pack of a tile, the kit of a form, its next version, the requirements of its way.

May import: errors, quoting, answers, authoring, checking, documents, drafts, field, inspection, preview, reporting, rules, tile, writing.
"""
