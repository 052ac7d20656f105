"""To the disk, all or nothing: what would change, the commit that survives a crash, locks between two sessions, the
folder of our own state.

May import: language, errors, tile.
"""
