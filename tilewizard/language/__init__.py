"""The language in which tilewizard speaks: chosen once in a process, before any of its words is made.

A text for people is marked where it stands: ``_("no such file")``, with what varies by name:
``_("{count} of {total} files", count=…, total=…)``. Two forms are ``ngettext``; where one English text has two meanings,
``pgettext`` tells them apart. What is declared (a rule, a question, a step, a command) is translated by what it is declared with.
What is written into a tile is English, and never marked.

May import: nothing of the house.
"""

from .chosen import ENGLISH, PSEUDO, asked_in, known, normal
from .forms import autonym, clock, date_of, month_day, number
from .words import _, form_of, ngettext, paragraphs, pgettext, settle, speak, spoken, translated

__all__ = [
    "ENGLISH",
    "PSEUDO",
    "_",
    "asked_in",
    "autonym",
    "clock",
    "date_of",
    "form_of",
    "known",
    "month_day",
    "ngettext",
    "normal",
    "number",
    "paragraphs",
    "pgettext",
    "settle",
    "speak",
    "spoken",
    "translated",
]
