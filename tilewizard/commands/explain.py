"""``tilewizard explain``: one rule in full."""

from __future__ import annotations

import click

from tilewizard.errors import Exit, TilewizardError
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
            remedy = f"its rules are {', '.join(of_subject)}"
            raise TilewizardError(f"{rule.strip('/')!r} is a subject, and no rule", remedy=remedy)
        near = nearest(rule, tuple(known))
        remedy = f"did you mean {near}?" if near else "`tilewizard rules` lists them"
        raise TilewizardError(f"there is no rule {rule!r}", remedy=remedy)
    put_out(explained(known[rule]))
    return Exit.DONE
