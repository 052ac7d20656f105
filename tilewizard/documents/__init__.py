"""Texts that keep their bytes: JSON, CSV, README, changelog, a package's map of metrics.

Each parses what is there, tells its faults with their places, and changes one value without touching the rest.

May import: language, errors.
"""
