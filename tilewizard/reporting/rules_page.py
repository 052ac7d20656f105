"""Rules in words: for ``explain`` and for docs/rules.md, from the same declarations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tilewizard.language import _

from ..rules.registry import Example, Rule, all_rules
from ..rules.sample import PICTURES, clean_texts


def explained(rule: Rule) -> str:
    """A rule as Markdown: what, why, source, severities, an example that it speaks on and one that it keeps silent on."""
    lines = [f"## {rule.name}", "", rule.what, "", f"**Why:** {rule.why}", "", f"**Source:** {rule.source}", ""]
    if rule.since is not None:
        lines += [_("**Asked for since:** {since}", since=rule.since), ""]
    for target in rule.targets:
        severity = rule.severity_for(target)
        lines.append(f"- {target.value}: {severity.value if severity else _('does not apply')}")
    lines += ["", _("**Speaks on:**"), "", *_shown(rule.bad)]
    good = [*_shown(rule.good)] if rule.good is not None else _right(rule.bad)
    lines += ["", _("**Keeps silent on:**"), "", *good]
    lines += [
        "",
        _(
            "**Mended by** `tilewizard check --fix`, and by F4 on the finding in the wizard, where there is one right answer."
        )
        if rule.mends
        else _("**Mended by** you: the hint says how."),
    ]
    return "\n".join(lines) + "\n"


def _shown(example: Example) -> list[str]:
    if example.content is None and not example.shown:
        return [_("a tile without `{file}`", file=example.file)]
    if example.shown:
        text = example.shown
    elif isinstance(example.content, str):
        text = example.content
    elif isinstance(example.content, bytes) or callable(example.content):
        text = _("(a binary file)")
    else:
        text = json.dumps(example.content, indent=2, ensure_ascii=False)
    kind = example.file.rpartition(".")[2] if example.file.endswith((".json", ".md", ".csv")) else ""
    plain = "".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text)
    return [f"`{example.file}`", "", f"````{kind}", plain.rstrip("\n"), "````"]


def _right(bad: Example) -> list[str]:
    """What the clean tile has in the place of a bad example."""
    if bad.file.startswith("images/acme_widget_") and bad.file.removesuffix(".png").rpartition("_")[2] in PICTURES:
        return _shown(Example(bad.file, b"", shown="PNG, 1440x810 pixels, RGB, sRGB, some kilobytes"))
    if bad.file == "assets/eula.pdf":
        return _shown(Example(bad.file, b"", shown="a PDF of one page with text"))
    text = clean_texts(bad.target).get(bad.file)
    if text is None:
        return [_("a tile without `{file}`", file=bad.file)]
    if not isinstance(bad.content, Mapping):
        return _shown(Example(bad.file, text))
    part = _part(json.loads(text), bad.content)
    named = ", ".join(f"`{key}`" for key in bad.content)
    return _shown(Example(bad.file, part)) if part else [_("a `{file}` without {named}", file=bad.file, named=named)]


def _part(value: Any, patch: Mapping[str, Any]) -> dict[str, Any]:
    """Of an object what a patch would change."""
    found: dict[str, Any] = {}
    for key, inner in patch.items():
        if isinstance(value, dict) and key in value:
            part = (
                _part(value[key], inner) if isinstance(inner, Mapping) and isinstance(value[key], dict) else value[key]
            )
            if part != {} or value[key] == {}:
                found[key] = part
    return found


def page() -> str:
    """docs/rules.md: every rule."""
    head = (
        "# The rules\n\nMade from the rules' own declarations by `make docs`; `tilewizard explain RULE` prints one.\n"
        "On the Developer Platform severities are those of the Marketplace for what is sold, of integrations-extras for what is free.\n"
    )
    table = "\n".join(f"- [{rule.name}](#{rule.name.replace('/', '')}): {rule.what}" for rule in all_rules())
    return f"{head}\n{table}\n\n" + "\n".join(explained(rule) for rule in all_rules())
