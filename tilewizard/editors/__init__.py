"""A tile in an editor: what is wrong with it as one types, what a rule means, how it is mended, what may stand at a place.

Only ``server`` speaks the Language Server Protocol; everything else can be tried without an editor.

May import: language, errors, quoting, answers, checking, documents, field, inspection, readme, reporting, rules, tile, writing.
"""
