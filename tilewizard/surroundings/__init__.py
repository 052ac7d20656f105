"""What tilewizard runs in: the shell, the terminal, the machine, its own packages; looked at, never changed.

May import: language, errors, quoting, field, answers, tile, rules, writing, checking.
"""
