"""What a shell offers for a word that is begun: tiles, rules, steps. A command says it by the type of its argument or option."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from tilewizard.language import _, ngettext

VARIABLE = "_TILEWIZARD_COMPLETE"
"""What the shell's function tells tilewizard by that a word is to be completed."""
SHELLS = ("bash", "zsh", "fish")
_MANIFEST = "manifest.json"


class TilePath(click.Path):
    """A path that a tile is known by: directories that hold a manifest are offered, also those one folder further down."""

    def __init__(self, **how: Any) -> None:
        super().__init__(path_type=Path, **how)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The tiles whose paths begin so; any directory where there is none."""
        tiles = [CompletionItem(path) for path in tiles_below(incomplete)]
        return tiles or [CompletionItem(incomplete, type="dir")]


class RuleName(click.types.StringParamType):
    """A rule's name."""

    name = "rule"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The rules whose names begin so, each with what it demands."""
        from tilewizard.rules.registry import all_rules

        return [CompletionItem(rule.name, help=rule.what) for rule in all_rules() if rule.name.startswith(incomplete)]


class RuleNames(RuleName):
    """Names of rules or subjects, separated by commas."""

    name = "rules"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The subjects and rules that begin as the last word does, after the words before it."""
        from tilewizard.rules.registry import all_rules

        before, comma, last = incomplete.rpartition(",")
        counts: dict[str, int] = {}
        for rule in all_rules():
            counts[rule.subject] = counts.get(rule.subject, 0) + 1
        subjects = [
            CompletionItem(name, help=ngettext("{count} rule", "{count} rules", count))
            for name, count in counts.items()
            if name.startswith(last)
        ]
        found = [*subjects, *super().shell_complete(ctx, param, last)]
        return [CompletionItem(f"{before}{comma}{each.value}", help=each.help) for each in found]


class StepName(click.types.StringParamType):
    """A step's slug."""

    name = "step"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The steps that begin so, in their order, each with its title."""
        from tilewizard.answers.steps import STEPS_ASKED

        return [CompletionItem(each.slug, help=each.title) for each in STEPS_ASKED if each.slug.startswith(incomplete)]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The slug, when there is such a step."""
        from tilewizard.answers.steps import STEPS_ASKED
        from tilewizard.field.vocabulary import nearest

        slugs = tuple(each.slug for each in STEPS_ASKED)
        if value not in slugs:
            near = nearest(str(value), slugs)
            hint = _("did you mean {near}?", near=near) if near else _("they are {slugs}", slugs=", ".join(slugs))
            self.fail(_("there is no step {value!r}: {hint}", value=value, hint=hint), param, ctx)
        return str(value)


def tiles_below(begun: str) -> list[str]:
    """The directories that hold a manifest and whose paths begin so: in the folder that is meant, or one further down.

    Args:
        begun: a path as it was typed so far; ``~`` stands for the home folder, and stays as it was typed.
    """
    head, __, name = begun.rpartition("/")
    prefix = f"{head}/" if "/" in begun else ""
    found = []
    for each in _folders(Path(prefix or ".").expanduser(), name):
        if (each / _MANIFEST).is_file():
            found.append(f"{prefix}{each.name}")
        else:
            found += [f"{prefix}{each.name}/{it.name}" for it in _folders(each, "") if (it / _MANIFEST).is_file()]
    return sorted(path for path in found if path.isprintable())


def _folders(folder: Path, begun: str) -> Iterator[Path]:
    """The folders in a folder whose names begin so, hidden ones only when a dot was typed; none where it can't be read."""
    try:
        with os.scandir(folder) as entries:
            names = [each.name for each in entries if each.name.startswith(begun) and each.is_dir()]
    except OSError:
        return
    for name in names:
        if begun.startswith(".") or not name.startswith("."):
            yield folder / name


def script(program: click.Command, shell: str) -> str:
    """What a shell has to read so that it asks tilewizard for words.

    Args:
        program: the command line.
        shell: one of :data:`SHELLS`.
    """
    from click.shell_completion import get_completion_class

    asking = get_completion_class(shell)
    assert asking is not None
    return asking(program, {}, "tilewizard", VARIABLE).source()
