"""Working on a README beyond its parsing: starter texts, pasted text, inserted pictures and tables, the section that
is made from the metrics.

May import: answers, authoring, documents, field.
"""
