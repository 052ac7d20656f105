"""The wizard's questions asked line by line, on standard input and output: for screen readers, and for pipes.

The same declarations, the same findings, the same drafts as on the screens; no terminal library but click's prompts.

May import: language, answers, checking, drafts, errors, field, importing, preview, quoting, readme, reporting, rules,
session, tile, writing.
"""
