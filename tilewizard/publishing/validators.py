"""Datadog's own validators: which a checkout's CI runs, how ddev is asked for one, and what it says of a tile's files."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tilewizard.language import _, ngettext

from ..answers.steps import step_asked
from ..field.ddev_commands import COMMANDS
from ..field.vocabulary import Target
from ..inspection.yaml_text import YamlText
from ..inspection.yaml_values import values_of
from ..quoting import visible
from ..rules.findings import Finding, Severity
from ..rules.registry import all_rules
from ..tile.checkout import Checkout, find_checkout
from ..tile.overrides import CONFIG
from .validator_rules import OLDER, VALIDATOR_RULES

EXTRAS = (
    "ci", "codeowners", "config", "imports", "integration-style", "jmx-metrics", "legacy-signature", "metadata", "models",
    "package", "readmes",
)  # fmt: skip
"""What the CI of integrations-extras runs (its validate.yml, September 2026); taken where no checkout names its own."""
WHOLE = frozenset({"ci", "codeowners", "dep", "labeler", "licenses"})
"""Those that look at the whole checkout and take no name (ddev 20.1.0, ``validate all``)."""
OF_PULL_REQUESTS = frozenset({"pr-description", "qa-label"})
"""Those that ask GitHub about a pull request: nothing that lies here answers them."""
_NOT_IN_ALL = frozenset({"all", "dashboards", "service-checks", "typos"}) | OF_PULL_REQUESTS
_WORKFLOWS = ".github/workflows"
_WORKFLOW_MAX = 512 * 1024
"""Bytes of a workflow that is read."""
_SHARED = re.compile(r"(?:^|/)run-validations\.ya?ml(?:@|$)")
_CALLED = re.compile(r"^[^#\n]*?\bddev\b[^#\n]*?\bvalidate[ \t]+([a-z][a-z-]*)", re.MULTILINE)
_REPOSITORIES = {Target.EXTRAS: ("extras", "-e"), Target.MARKETPLACE: ("marketplace", "-m")}
_DRAWN = re.compile(r"^[\s│├└─╭╰|]+|[\s│]+$")
_BROKEN = re.compile(r"^[A-Za-z_.]*(?:Error|Exception|Exit): ?")


@dataclass(frozen=True)
class Plan:
    """What is run for a tile.

    Attributes:
        names: the validators, in turn.
        sources: the files of the checkout that name them; none where it names none and those of integrations-extras are taken.
        left_out: validators that the checkout names and that can't be run here, with why.
        root: the folder that ddev takes for the repository.
        target: the repository that it is, None where that is not known.
    """

    names: tuple[str, ...]
    sources: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    root: Path
    target: Target | None

    @property
    def why(self) -> str:
        """Why these, one sentence."""
        if self.sources:
            return ngettext(
                "as {sources} of this checkout says",
                "as {sources} of this checkout say",
                len(self.sources),
                sources=_(" and ").join(self.sources),
            )
        return _("as the CI of integrations-extras runs them: no workflow here names any")


class Verdict(StrEnum):
    """How a validator ended."""

    FINE = "fine"
    OBJECTS = "objects"
    ABSENT = "absent"
    """This ddev has it no more; or no rule of ours looks at the same."""
    BREAKS = "breaks down"


@dataclass(frozen=True)
class Told:
    """One thing that was said: ``file`` below the tile and ``line`` (1-based) where they can be told, the wizard's ``step``."""

    words: str
    file: str = ""
    line: int | None = None
    step: str = ""

    @property
    def text(self) -> str:
        """The place, what is said, and where the wizard asks for it, in one line."""
        place = self.file + (f":{self.line}" if self.line else "")
        step = _(" (step {title})", title=step_asked(self.step).title) if self.step else ""
        return visible(self.words if place in self.words else f"{place}: {self.words}") + step


@dataclass(frozen=True)
class Result:
    """What one validator says."""

    validator: str
    verdict: Verdict
    told: tuple[Told, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The result as ``ddev --format json`` prints it."""
        told = [{"words": each.words, "file": each.file, "line": each.line, "step": each.step} for each in self.told]
        return {"validator": self.validator, "verdict": self.verdict.value, "told": told}


def program() -> str | None:
    """Where ddev is, or None when it isn't installed."""
    return shutil.which("ddev")


def plan_for(root: Path) -> Plan:
    """The validators that the CI of a tile's checkout runs on a pull request, read from its workflows.

    Args:
        root: the tile's directory.
    """
    checkout = find_checkout(root)
    named, sources = _named_by(checkout) if checkout is not None else ((), ())
    left_out = [(name, _("it asks GitHub about the pull request")) for name in named if name in OF_PULL_REQUESTS]
    wanted = [name for name in named or EXTRAS if name not in OF_PULL_REQUESTS]
    if checkout is None:
        left_out += [
            (name, _("it looks at a whole checkout, and the tile is in none")) for name in wanted if name in WHOLE
        ]
        wanted = [name for name in wanted if name not in WHOLE]
    target = checkout.target if checkout is not None else None
    place = checkout.root if checkout is not None else root.resolve().parent
    return Plan(tuple(wanted), sources, tuple(left_out), place.resolve(), target)


@contextmanager
def asking(plan: Plan) -> Iterator[list[str]]:
    """The words that ddev is called with before ``validate``: the checkout as the repository that it is, the user's settings left alone."""
    name, flag = _REPOSITORIES.get(plan.target, ("", "--here")) if plan.target is not None else ("", "--here")
    with TemporaryDirectory(prefix="tilewizard-ddev-") as folder:
        settings = Path(folder) / "config.toml"
        place = str(plan.root).replace("\\", "\\\\").replace('"', '\\"')
        stated = f'repo = "{name}"\n[repos]\n{name} = "{place}"\n' if name else ""
        settings.write_text(f"upgrade_check = false\n{stated}", encoding="utf-8")
        yield [program() or "ddev", "--config", str(settings), "--no-interactive", flag]


def command_of(asked: list[str], validator: str, tile: str) -> list[str]:
    """The command that runs a validator on a tile: the words of :func:`asking`, its name, the directory's name where it takes one."""
    return [*asked, "validate", validator, *([] if validator in WHOLE else [tile])]


def environment() -> dict[str, str]:
    """What ddev is run with: no colours, no updates of itself, lines that aren't broken."""
    return {**os.environ, "DDEV_SELF_UPDATE": "0", "NO_COLOR": "1", "COLUMNS": "400"}


def result_of(validator: str, code: int, lines: Iterable[str], tile: str, paths: Iterable[str]) -> Result:
    """What a validator says, by its exit code and the lines that it printed.

    Args:
        tile: the name of the tile's directory.
        paths: the tile's files, relative to it.
    """
    said = [line for each in lines if (line := _DRAWN.sub("", visible(each)))]
    whole = "\n".join(said)
    if code and ("No such command" in whole or "Unsupported check" in whole):
        return Result(validator, Verdict.ABSENT, (Told(_("this ddev does not have it")),))
    if code == 0:
        return Result(validator, Verdict.FINE)
    broken = next((at for at in range(len(said) - 1, -1, -1) if _BROKEN.match(said[at])), None)
    if broken is not None and any("Traceback" in line for line in said):
        return Result(validator, Verdict.BREAKS, tuple(_placed([" ".join(said[broken:])], tile, paths, validator)))
    kept = [line for line in said if not re.match(r"(?:Errors|Warnings|Passed): \d+$|[A-Z]\w+ validation$", line)]
    return Result(
        validator, Verdict.OBJECTS, tuple(_placed(kept, tile, paths, validator)) or (Told(_("it gives no reason")),)
    )


def by_rules(names: Iterable[str], findings: Iterable[Finding]) -> list[Result]:
    """The same facts by tilewizard's own rules, for where there is no ddev: errors alone, as ddev refuses nothing else."""
    errors = [each for each in findings if each.severity == Severity.ERROR]
    return [_by_rules(name, errors) for name in names]


def step_of(validator: str) -> str:
    """The step of the wizard that mends what a validator objects to; empty where none does."""
    prefixes = _rules_of(validator)
    return next((rule.step for rule in all_rules() if prefixes and rule.name.startswith(prefixes)), "")


def _by_rules(name: str, errors: list[Finding]) -> Result:
    prefixes = _rules_of(name)
    if not prefixes:
        return Result(name, Verdict.ABSENT, (Told(_("no rule of tilewizard's looks at the same")),))
    found = [each for each in errors if each.rule.startswith(prefixes)]
    told = tuple(Told(f"{each.message} [{each.rule}]", each.file, each.line, each.step) for each in found)
    return Result(name, Verdict.OBJECTS if told else Verdict.FINE, told)


def _rules_of(validator: str) -> tuple[str, ...]:
    return VALIDATOR_RULES[validator][1] if validator in VALIDATOR_RULES else OLDER.get(validator, ())


def _placed(lines: list[str], tile: str, paths: Iterable[str], validator: str) -> Iterator[Told]:
    """Each line with the file that it names, or that stands above it as a heading (``metadata`` draws a tree)."""
    known = sorted(paths, key=len, reverse=True)
    heading, step = "", step_of(validator)
    for line in lines:
        bare = line.removeprefix(f"{tile}/")
        if bare in known:
            heading = bare
            continue
        numbered = re.match(rf"{re.escape(tile)}:(\d{{1,9}})[ :]+(.+)", line)
        if heading and numbered:
            yield Told(numbered[2], heading, int(numbered[1]), step)
            continue
        file, number = _named_in(line, known)
        if line != tile:
            yield Told(line, file, number, step if file else "")


def _named_in(line: str, known: list[str]) -> tuple[str, int | None]:
    for path in known:
        match = re.search(rf"(?<![\w.-]){re.escape(path)}(?![\w-])(?::(\d{{1,9}}))?", line)
        if match:
            return path, int(match[1]) if match[1] else None
    return "", None


# -- what a checkout's workflows run


def _named_by(checkout: Checkout) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The validators that the workflows of pull requests run, in their order, and the files that say so."""
    names: dict[str, None] = {}
    sources: list[str] = []
    for path in _workflows(checkout):
        found = [*_in_workflow(checkout.text(path) or "")]
        if "all" in found:
            chosen = _chosen(checkout)
            every = tuple(name for name in COMMANDS["validate"] if name not in _NOT_IN_ALL)
            found = [*chosen] if chosen is not None else [*every]
            sources += [CONFIG] if chosen is not None else []
        if found:
            sources.append(path)
            names.update(dict.fromkeys(found))
    return tuple(names), tuple(dict.fromkeys(sources))


def _workflows(checkout: Checkout) -> list[str]:
    try:
        found = sorted((checkout.root / _WORKFLOWS).iterdir())
        small = [each for each in found if each.is_file() and each.stat().st_size <= _WORKFLOW_MAX]
    except OSError:
        return []
    return [f"{_WORKFLOWS}/{each.name}" for each in small if each.suffix in {".yml", ".yaml"}]


def _in_workflow(text: str) -> Iterator[str]:
    """The validators of one workflow; none where it is no YAML, or isn't for pull requests."""
    from ruamel.yaml.error import YAMLError

    if "validat" not in text:
        return
    try:
        value = values_of(YamlText(text))
    except (YAMLError, ValueError, RecursionError):
        return
    table = value if isinstance(value, dict) else {}
    if "pull_request" not in str(table.get("on", table.get(True, ""))):
        return
    jobs = table.get("jobs")
    for job in jobs.values() if isinstance(jobs, dict) else ():
        if isinstance(job, dict):
            yield from _in_job(job)


def _in_job(job: dict[Any, Any]) -> Iterator[str]:
    given = job.get("with")
    if _SHARED.search(str(job.get("uses", ""))) and isinstance(given, dict):
        yield from (str(name) for name, value in given.items() if value is True and str(name) in COMMANDS["validate"])
    steps = job.get("steps")
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, dict) and isinstance(step.get("run"), str):
            yield from _CALLED.findall(step["run"])


def _chosen(checkout: Checkout) -> tuple[str, ...] | None:
    """What ``validations`` in ``.ddev/config.toml`` lists for ``ddev validate all``; None where it says nothing."""
    try:
        listed = tomllib.loads(checkout.text(CONFIG) or "").get("validations")
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    if not isinstance(listed, list):
        return None
    return tuple(each for each in listed if isinstance(each, str) and each in COMMANDS["validate"])
