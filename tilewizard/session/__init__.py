"""One tile at work: answers, history, findings, draft, export.

The screens show a session and change it; scripts can too.

May import: language, errors, quoting, answers, authoring, checking, documents, drafts, field, importing, inspection, logs, rules, tile, writing.
"""
