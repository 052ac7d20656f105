"""``tilewizard rules``: every rule that ``check`` knows."""

from __future__ import annotations

import click


@click.command("rules")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(form: str) -> int:
    """List every rule: its name, its severities and what it demands."""
    from tilewizard.field.vocabulary import Target
    from tilewizard.reporting.printing import put_out
    from tilewizard.rules.registry import all_rules

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
        put_out(json.dumps(data, indent=2) + "\n")
        return 0
    lines = []
    for rule in all_rules():
        severities = "/".join((severity.value if (severity := rule.severity_for(target)) else "-") for target in Target)
        lines.append(f"{rule.name:<32} {severities:<18} {rule.what}")
    lines += ["", f"{len(all_rules())} rules; severities are those on the Marketplace / in integrations-extras"]
    put_out("\n".join(lines) + "\n")
    return 0
