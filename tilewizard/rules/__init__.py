"""What can be wrong with a tile: a function a rule, in a folder for its subject.

A rule is declared with its name, severities, source, reason and a bad example. It reads a tile and yields findings; it
changes and prints nothing.

May import: language, logs, errors, quoting, documents, field, importing, inspection, readme, tile.
"""
