"""Running rules over a tile: once for ``check``, again and again for the wizard.

:func:`check` runs every rule once. A :class:`Checker` remembers what each rule read and runs a rule again only when
that changed, which keeps a wizard with thousands of metrics quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tilewizard.language import _

from ..documents.positions import line_and_column
from ..field.vocabulary import Target
from ..quoting import visible
from ..rules.findings import Finding, Problem, Severity
from ..rules.registry import Rule, all_rules
from ..tile.tile import MANIFEST, Tile, TileFile
from .allowed import Allowance, parted

_MISSING = object()
FINDINGS_MAX = 100
"""Findings of one rule on one tile: more help nobody, and a tile made to do harm could have millions."""


class Observed(Tile):
    """A tile that notes what is read of it, so that one can tell whether another tile reads the same."""

    def __init__(self, tile: Tile) -> None:
        self.__dict__.update(tile.__dict__)
        self.files: set[str] = set()
        self.looked_for: set[str] = set()
        self.pointers: dict[str, Any] = {}
        self.listed = False
        self.aimed = False
        self.named = False

    @property
    def name(self) -> str:  # type: ignore[override]
        """The directory's name, which one of a new tile's answers gives."""
        self.named = True
        return str(self.__dict__["name"])

    def file(self, path: str) -> TileFile | None:
        self.files.add(path)
        return super().file(path)

    def has(self, path: str) -> bool:
        self.looked_for.add(path)
        return super().has(path)

    @property
    def paths(self) -> tuple[str, ...]:
        self.listed = True
        return super().paths

    def at(self, pointer: str, default: Any = None) -> Any:
        found = super().at(pointer, _MISSING)
        self.pointers[pointer] = found
        return default if found is _MISSING else found

    @property
    def target(self) -> Target:
        self.aimed = True
        return super().target

    def reads_alike(self, news: News) -> bool:
        """Whether a rule that read this tile would read the same of one that has some news over it."""
        if (self.listed and news.paths) or (self.aimed and news.target) or (self.named and news.name):
            return False
        if not (self.files.isdisjoint(news.files) and self.looked_for.isdisjoint(news.paths)):
            return False
        return MANIFEST not in news.files or all(
            news.tile.at(pointer, _MISSING) == value for pointer, value in self.pointers.items()
        )


class News:
    """What is new in a tile over another one.

    Attributes:
        tile: the tile that is later.
        files: the paths of those that came, went or are others.
        paths: of those that came or went.
        target: whether it is meant for elsewhere.
        name: whether its directory has another name.
    """

    def __init__(self, before: Tile, tile: Tile) -> None:
        self.tile = tile
        old, new = set(before.paths), set(tile.paths)
        self.files = {path for path in old | new if before.file(path) is not tile.file(path)}
        self.paths = old ^ new
        self.target = before.target != tile.target
        self.name = before.name != tile.name


def check(tile: Tile, *, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Everything that is wrong with a tile and not allowed by a comment of Datadog's, sorted by file, place and severity.

    Args:
        tile: the tile; its ``target`` decides severities.
        rules: the rules to run; by default all.
    """
    found = findings_of(tile, all_rules() if rules is None else rules)
    return settled(each for each in found if not each.allowed)


def findings_of(tile: Tile, rules: Iterable[Rule]) -> list[Finding]:
    """What rules find on a tile, as they come."""
    return [finding for __, found in by_rule(tile, rules) for finding in found]


def by_rule(tile: Tile, rules: Iterable[Rule]) -> Iterator[tuple[Rule, list[Finding]]]:
    """Each rule, when it has been run, with what it found on a tile."""
    target, sold = tile.target, tile.sold
    for each in rules:
        severity = each.severity_for(target, sold=sold)
        # Most rules have nothing to say: a list is all that they cost.
        problems = [] if severity is None else list(islice(each.check(tile), FINDINGS_MAX + 1))
        if problems and severity is not None:
            yield each, [located(tile, each, severity, problem) for problem in _first(problems)]
        else:
            yield each, []


def settled(found: Iterable[Finding]) -> list[Finding]:
    """All findings of a tile in the order in which they are told."""
    return sorted(found, key=_order)


class Checker:
    """Checks one tile after another, running only the rules that read something that changed.

    Args:
        rules: the rules to run; by default all.
        allowances: the exceptions of the checkout.
    """

    def __init__(self, rules: Iterable[Rule] | None = None, allowances: Sequence[Allowance] = ()) -> None:
        self._rules = tuple(rules) if rules is not None else None
        self._allowances = tuple(allowances)
        self._known: dict[str, _Run] = {}
        self._last: Tile | None = None

    def check(self, tile: Tile) -> list[Finding]:
        """The findings on ``tile``, as :func:`check` gives them, without those that are allowed."""
        return self.parted(tile)[0]

    def parted(self, tile: Tile) -> tuple[list[Finding], list[Finding]]:
        """The findings that stand against ``tile``, and those that are allowed."""
        rules = all_rules() if self._rules is None else self._rules
        # What is known holds for the last tile that every rule was run on: should one fail, nothing is known any more.
        last, self._last = self._last, None
        news = News(last, tile) if last is not None else None
        found = settled(finding for each in rules for finding in self._of(each, tile, news))
        self._last = tile
        against, allowed, __ = parted(found, self._allowances, tile.name)
        return against, allowed

    def _of(self, each: Rule, tile: Tile, news: News | None) -> list[Finding]:
        known = self._known.get(each.name)
        if known is not None and news is not None and known.tile.reads_alike(news):
            if any(
                problem.file in news.files for problem in known.problems
            ):  # What stands there is the same, elsewhere.
                known.findings = [located(tile, each, known.severity, problem) for problem in known.problems]
            return known.findings
        observed = Observed(tile)
        severity = each.severity_for(observed.target, sold=observed.sold)
        problems = list(_first(each.check(observed))) if severity is not None else []
        severity = severity or Severity.INFO
        found = [located(tile, each, severity, problem) for problem in problems]
        self._known[each.name] = _Run(observed, severity, problems, found)
        return found


@dataclass(slots=True)
class _Run:
    """A rule's last run: the tile that it read, what it found, and where that stands by now."""

    tile: Observed
    severity: Severity
    problems: list[Problem]
    findings: list[Finding]


def _first(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first problems of a rule; a last one says that there are more."""
    for count, problem in enumerate(problems):
        if count == FINDINGS_MAX:
            message = _("there are more than {limit} findings of this kind", limit=FINDINGS_MAX)
            form = _("There are more like this: mend the others first.")
            yield Problem(message, problem.file, hint=_("mend the others first"), form=form, severity=problem.severity)
            return
        yield problem


def located(tile: Tile, rule: Rule, severity: Severity, problem: Problem) -> Finding:
    """A problem as a finding, with the line and column that its pointer or offset stand for."""
    line, column = place(tile.file(problem.file), problem)
    return Finding(
        rule.name,
        problem.severity or severity,
        problem.file,
        problem.pointer,
        line,
        column,
        # Whatever a rule put in: no message acts on a terminal.
        visible(problem.message),
        visible(problem.hint),
        rule.step,
        problem.fix,
        problem.fix is not None,
        visible(problem.form or rule.form or _of_file(problem)),
        problem.question,
        visible(problem.allowed),
        bool(problem.allowed),
    )


def _of_file(problem: Problem) -> str:
    """The file's voice, in the place of a form's that was not declared."""
    return f"{problem.message} — {problem.hint}" if problem.hint else problem.message


def place(file: TileFile | None, problem: Problem) -> tuple[int | None, int | None]:
    """Line and column of a problem, 1-based; ``(None, None)`` when the file is missing or has no lines."""
    if file is None or file.link is not None:
        return None, None
    offset = problem.offset
    if offset is None and file.path.lower().endswith(".json"):
        offset = _json_offset(file, problem)
    elif offset is None and problem.pointer:
        offset = _text_offset(file, problem.pointer)
    if offset is None:
        return (1, 1) if file.path.lower().endswith((".md", ".csv", ".yaml", ".yml", ".svg")) else (None, None)
    return line_and_column(file.text, offset)


def _json_offset(file: TileFile, problem: Problem) -> int:
    if not problem.pointer:
        return 0
    if problem.key:
        at_key = file.json.offset(problem.pointer, key=True)
        if at_key is not None:
            return at_key
    return file.json.nearest_offset(problem.pointer)


def _text_offset(file: TileFile, pointer: str) -> int | None:
    first, __, rest = pointer.removeprefix("/").partition("/")
    if file.path.endswith(".csv"):
        return file.csv.offset(int(first), rest or None) if first.lstrip("-").isdigit() else None
    if file.path.endswith("CHANGELOG.md"):
        releases = file.changelog.releases
        return releases[int(first)].start if first.isdigit() and int(first) < len(releases) else None
    if file.path.endswith(".md"):
        section = file.readme.section(first)
        return section.heading.start if section else None
    return None


def _order(finding: Finding) -> tuple[Any, ...]:
    # The manifest comes first: most of what a partner mends is there.
    return (
        finding.file != MANIFEST,
        finding.file,
        finding.line or 0,
        finding.column or 0,
        finding.severity.rank,
        finding.rule,
        finding.message,
    )
