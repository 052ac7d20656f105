"""A tile as an immutable set of files, and where it stands: read from a directory, found in a checkout.

Nothing is judged and nothing is written here.

May import: language, errors, quoting, field, documents, inspection.
"""
