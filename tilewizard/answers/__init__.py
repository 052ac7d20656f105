"""Everything that a partner is asked for, as one immutable value; each question is declared once, on its attribute.

Drafts, answers files and the JSON Schema are forms of it. It knows no tile: what becomes of an answer is the business
of `authoring`.

May import: language, errors, field.
"""
