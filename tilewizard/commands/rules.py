"""``tilewizard rules``: every rule that ``check`` knows."""

from __future__ import annotations

from datetime import datetime

import click

from tilewizard.errors import Exit
from tilewizard.language import _, ngettext
from tilewizard.surroundings.completing import StepName


@click.command("rules")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help=_("Only rules that Datadog asks for since this day, YYYY-MM-DD, or later; the oldest first."))  # fmt: skip
@click.option(
    "--step", type=StepName(), metavar="STEP", help=_("Only rules whose findings this step of the wizard shows.")
)
def command(form: str, since: datetime | None, step: str | None) -> int:
    """List every rule: its name, its severities and what it demands.

    With --since: what has changed for a tile that waited in review. Rules whose day is not known are left out then.
    """
    from tilewizard.reporting.printing import put_out
    from tilewizard.rules.registry import all_rules

    chosen = [rule for rule in all_rules() if step in (None, rule.step)]
    if since is not None:
        dated = [(rule.since, rule) for rule in chosen if rule.since is not None and rule.since >= since.date()]
        chosen = [rule for __, rule in sorted(dated, key=lambda pair: pair[0])]
    if form == "json":
        import json

        data = [
            {
                "rule": rule.name,
                "what": rule.what,
                "why": rule.why,
                "source": rule.source,
                "step": rule.step,
                "severity": {target.value: rule.severity_for(target) for target in rule.targets},
                "fixable": rule.mends,
                "since": rule.since.isoformat() if rule.since else None,
            }
            for rule in chosen
        ]
        put_out(json.dumps(data, indent=2) + "\n")
        return Exit.DONE
    lines = []
    for rule in chosen:
        severities = "/".join(
            (severity.value if (severity := rule.severity_for(target)) else "-") for target in rule.targets
        )
        day = f"{rule.since}  " if since is not None else ""
        lines.append(f"{day}{rule.name:<32} {severities:<18} {rule.what}")
    lines += [
        "",
        _("{count}; severities are those on the Marketplace / in integrations-extras", count=_told(len(chosen), since)),
    ]
    put_out("\n".join(lines) + "\n")
    return Exit.DONE


def _told(count: int, since: datetime | None) -> str:
    if since is None:
        return ngettext("{count} rule", "{count} rules", count)
    return ngettext(
        "{count} rule that Datadog asks for since {since} or later",
        "{count} rules that Datadog asks for since {since} or later",
        count,
        since=f"{since:%Y-%m-%d}",
    )
