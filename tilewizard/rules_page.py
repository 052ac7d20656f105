"""Rules in words: for ``explain`` and for docs/rules.md, from the same declarations."""

from __future__ import annotations

import json

from .rules.registry import Example, Rule, all_rules
from .vocabulary import Target


def explained(rule: Rule) -> str:
    """A rule as Markdown: what, why, source, severities, an example that it speaks on."""
    lines = [f"## {rule.name}", "", rule.what, "", f"**Why:** {rule.why}", "", f"**Source:** {rule.source}", ""]
    for target in Target:
        severity = rule.severity_for(target)
        lines.append(f"- {target.value}: {severity.value if severity else 'does not apply'}")
    lines += ["", "**Speaks on:**", "", *_shown(rule.bad)]
    if rule.good is not None:
        lines += ["", "**Keeps silent on:**", "", *_shown(rule.good)]
    lines += [
        "",
        "**Mended by** `tilewizard check --fix`, and by F4 on the finding in the wizard, where there is one right answer."
        if rule.mends
        else "**Mended by** you: the hint says how.",
    ]
    return "\n".join(lines) + "\n"


def _shown(example: Example) -> list[str]:
    if example.content is None and not example.shown:
        return [f"a tile without `{example.file}`"]
    if example.shown:
        text = example.shown
    elif isinstance(example.content, str):
        text = example.content
    elif isinstance(example.content, bytes) or callable(example.content):
        text = "(a binary file)"
    else:
        text = json.dumps(example.content, indent=2, ensure_ascii=False)
    kind = example.file.rpartition(".")[2] if example.file.endswith((".json", ".md", ".csv")) else ""
    plain = "".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text)
    return [f"`{example.file}`", "", f"````{kind}", plain.rstrip("\n"), "````"]


def page() -> str:
    """docs/rules.md: every rule."""
    head = (
        "# The rules\n\nMade from the rules' own declarations by `make docs`; `tilewizard explain RULE` prints one.\n"
    )
    table = "\n".join(f"- [{rule.name}](#{rule.name.replace('/', '')}): {rule.what}" for rule in all_rules())
    return f"{head}\n{table}\n\n" + "\n".join(explained(rule) for rule in all_rules())
