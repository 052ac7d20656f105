"""Which sections of a README are asked for, and in which order."""

from __future__ import annotations

from tilewizard.answers.conditions import on_marketplace

from ..answers.model import Answers
from ..rules.readme.readme import required_sections


def sections_asked(answers: Answers) -> list[str]:
    """The titles in the order in which they stand, or will: required ones are there from the start."""
    titles = list(answers.readme)
    required = required_sections(sold=on_marketplace(answers))
    for at, title in enumerate(required):
        if title not in titles:
            before = [titles.index(each) + 1 for each in required[:at] if each in titles]
            titles.insert(max(before, default=0), title)
    return titles
