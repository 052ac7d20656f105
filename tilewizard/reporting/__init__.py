"""How findings are printed: for people, for programs, for services.

May import: language, errors, quoting, checking, field, rules, tile, writing.
"""
