"""The commands, a module each: a new module is a new command.

A command reads options, calls the core and prints; it opens the screens only when it runs.

May import: language, errors, quoting, answers, asking, authoring, checking, documents, drafts, field, importing, logs, preview,
editors, publishing, reporting, rules, session, surroundings, tile, writing, screens.
"""
