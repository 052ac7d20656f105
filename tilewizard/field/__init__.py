"""The words of the field: targets, types, closed lists, forms of names, marks of unfinished text.

No tile and no file is known here.

May import: language.
"""
