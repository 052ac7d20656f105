"""One tile at work: answers, history, findings, draft, export.

The screens show a session and change it; scripts can too.

May import: answers, authoring, checking, drafts, errors, quoting, rules, tile, writing.
"""
