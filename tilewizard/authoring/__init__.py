"""From answers to a tile and from a tile to answers: a part for each thing that is written, which reads it too.

It works in memory; the disk is the business of `writing`.

May import: language, errors, answers, documents, field, importing, inspection, tile.
"""
