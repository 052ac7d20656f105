"""``tilewizard rules``: every rule that ``check`` knows."""

from __future__ import annotations

import click


@click.command("rules")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(form: str) -> int:
    """List every rule: its name, its severities and what it demands."""
    from tilewizard.rules.registry import all_rules
    from tilewizard.vocabulary import Target

    if form == "json":
        import json

        data = [
            {
                "rule": rule.name,
                "what": rule.what,
                "why": rule.why,
                "source": rule.source,
                "step": rule.step,
                "severity": {target.value: rule.severity_for(target) for target in Target},
                "fixable": rule.mends,
            }
            for rule in all_rules()
        ]
        click.echo(json.dumps(data, indent=2))
        return 0
    for rule in all_rules():
        severities = "/".join((severity.value if (severity := rule.severity_for(target)) else "-") for target in Target)
        click.echo(f"{rule.name:<32} {severities:<18} {rule.what}")
    click.echo(f"\n{len(all_rules())} rules; severities are those on the Marketplace / in integrations-extras")
    return 0
