"""What is remembered between two sessions: unfinished answers, folders, how the screen looks.

Nothing of it stands in a tile.

May import: language, errors, quoting, field, writing.
"""
