"""Running the rules: over one tile or many, chosen and configured, remembered; finding where in a file a finding
stands; mending what can be mended.

May import: language, errors, quoting, answers, authoring, documents, field, rules, tile, writing.
"""
