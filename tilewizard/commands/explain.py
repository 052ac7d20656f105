"""``tilewizard explain``: one rule in full."""

from __future__ import annotations

import click

from tilewizard.errors import Exit, TilewizardError
from tilewizard.language import _
from tilewizard.surroundings.completing import RuleName


@click.command("explain")
@click.argument("rule", type=RuleName())
def command(rule: str) -> int:
    """Explain a RULE: what it demands, why, where that is written, an example, how to mend it."""
    from tilewizard.field.vocabulary import nearest
    from tilewizard.reporting.printing import put_out
    from tilewizard.reporting.rules_page import explained
    from tilewizard.rules.registry import rules_by_name

    known = rules_by_name()
    if rule not in known:
        of_subject = [name for name, each in known.items() if each.subject == rule.strip("/")]
        if of_subject:
            remedy = _("its rules are {of_subject}", of_subject=", ".join(of_subject))
            raise TilewizardError(_("{rule!r} is a subject, and no rule", rule=rule.strip("/")), remedy=remedy)
        near = nearest(rule, tuple(known))
        remedy = _("did you mean {near}?", near=near) if near else _("`tilewizard rules` lists them")
        raise TilewizardError(_("there is no rule {rule!r}", rule=rule), remedy=remedy)
    put_out(explained(known[rule]))
    return Exit.DONE
