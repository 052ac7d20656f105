"""What is handed over, and what is asked for before it is.

A pack of a tile, the kit of a form, its next version and its pull request, the requirements of its way.

May import: language, errors, quoting, answers, authoring, checking, documents, drafts, field, inspection, preview, readme, reporting, rules,
tile, writing.
"""
