"""Choosing rules by name, subject or pattern: ``readme/image``, ``readme``, ``*/required``."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from tilewizard.language import _

from ..errors import TilewizardError
from ..field.vocabulary import nearest
from ..rules.registry import Rule, all_rules


def selected(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules to run.

    Args:
        select: names, subjects or patterns; nothing means all rules.
        ignore: the same; wins over ``select``, unless ``select`` names the rule in full and ``ignore`` doesn't.

    Raises:
        TilewizardError: a word that no rule answers to; names the nearest that one does.
    """
    select, ignore = tuple(select), tuple(ignore)
    for word in (*select, *ignore):
        demand_known(word)

    def chosen(rule: Rule) -> bool:
        if select and not any(answers_to(rule, word) for word in select):
            return False
        if rule.name in ignore:
            return False
        return rule.name in select or not any(answers_to(rule, word) for word in ignore)

    return tuple(rule for rule in all_rules() if chosen(rule))


def answers_to(rule: Rule, word: str) -> bool:
    """Whether a word means a rule: its name, its subject, or a pattern that fits its name."""
    return word in (rule.name, rule.subject) or fnmatchcase(rule.name, word)


def demand_known(word: str) -> None:
    """See to it that a word means a rule.

    Raises:
        TilewizardError: none answers to it; names the nearest that does.
    """
    rules = all_rules()
    if any(answers_to(rule, word) for rule in rules):
        return
    near = nearest(word, tuple(dict.fromkeys([*(rule.name for rule in rules), *(rule.subject for rule in rules)])))
    raise TilewizardError(
        _("no rule answers to {word!r}", word=word),
        remedy=_("did you mean {near}?", near=near) if near else _("`tilewizard rules` lists them"),
    )
