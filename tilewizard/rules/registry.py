"""How a rule is declared, and the one list of all rules.

A rule is one function, declared once::

    @rule(
        "listing/title-length",
        step="listing",
        severity=Severity.ERROR,
        source=INTEGRATION_ASSETS,
        why="The card of the tile cuts longer titles off.",
        form="Shorten the title to 50 characters.",
        at=("/tile/title",),
        bad=Example("manifest.json", {"tile": {"title": "A title of far more than fifty characters, which no card shows"}}),
        good=Example("manifest.json", {"tile": {"title": "Acme Widget"}}),
    )
    def title_length(tile: Tile) -> Iterator[Problem]:
        "tile.title has at most 50 characters."

A rule has two voices. On the command line its problems speak of the file (``Problem.message`` and ``hint``); in the wizard
they speak of the question, in ``form``: what to do, one sentence, with the limit or an example, and without keys, files or
the syntax of tags. Where the sentence needs a value of the tile, the problem brings its own (``Problem(…, form=f"…")``).

The bad and the good example are not only shown by ``explain``: the tests lay each over a clean tile and demand that the
rule speaks on the bad one and keeps silent on the good one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from tilewizard.field.vocabulary import REPOSITORIES, Target, repository_of
from tilewizard.language import translated
from tilewizard.rules.findings import Problem, Severity

if TYPE_CHECKING:
    from tilewizard.tile.tile import Tile

Check = Callable[["Tile"], Iterable[Problem]]
SeverityByTarget = Severity | Mapping[Target, Severity]


@dataclass(frozen=True, slots=True)
class Example:
    """A change to a clean tile that a rule's documentation shows and its test applies.

    Attributes:
        file: the file that is changed.
        content: for a JSON file, an object laid over the present one (RFC 7396: null removes a key); a text or bytes
            replaces the file; None removes it.
        shown: the snippet that documentation prints; by default the content itself.
        target: the target under which the rule speaks.
        also: further changes (file → content) that the example needs.
    """

    file: str
    content: Mapping[str, Any] | list[Any] | str | bytes | Callable[[], bytes] | None
    shown: str = ""
    target: Target = Target.MARKETPLACE
    also: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One declared rule. ``what`` is its function's docstring; ``at`` are the manifest pointers and the questions that its findings lead to.

    ``since`` is the day from which Datadog asks for it, None where that is not known.
    """

    name: str
    what: str
    why: str
    source: str
    step: str
    severity: SeverityByTarget
    check: Check
    bad: Example
    good: Example | None
    at: tuple[str, ...] = ()
    mends: bool = False
    checkout: bool = False
    since: date | None = None
    form: str = ""

    def severity_for(self, target: Target, *, sold: bool = False) -> Severity | None:
        """The severity under a target, or None where the rule doesn't apply.

        What a rule doesn't say of the Developer Platform is as in the repository of offerings of that kind: ``sold`` or free.
        """
        if isinstance(self.severity, Severity):
            return self.severity
        stated = target if target in self.severity else repository_of(target, sold=sold)
        return self.severity.get(stated)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets that it speaks of itself: both repositories, and the Developer Platform where it is no matter of what is sold."""
        stated = () if isinstance(self.severity, Severity) else tuple(self.severity)
        return (*REPOSITORIES, *(target for target in stated if target not in REPOSITORIES))

    @property
    def subject(self) -> str:
        """The part of the name before the slash."""
        return self.name.partition("/")[0]


_RULES: dict[str, Rule] = {}


def rule(
    name: str,
    *,
    step: str,
    severity: SeverityByTarget,
    source: str,
    why: str,
    bad: Example,
    good: Example | None = None,
    at: tuple[str, ...] = (),
    mends: bool = False,
    checkout: bool = False,
    since: str = "",
    form: str = "",
) -> Callable[[Check], Check]:
    """Declare a rule; the decorated function yields its problems and its docstring says what the rule demands.

    Args:
        name: ``subject/slug``.
        step: the wizard's step that shows its findings.
        severity: one for all targets, or one for each target that it applies to (see :meth:`Rule.severity_for`).
        source: the document that says so.
        why: why it matters to the partner.
        bad: an example on which it speaks.
        good: an example on which it keeps silent; None: the clean tile itself.
        at: where its findings lead, for the wizard's context pane: manifest pointers (``*`` for any index), and names of questions
            (``listing.categories``) where several stand at one pointer or none. What it reads beside that is left out.
        mends: whether its problems can carry a fix.
        checkout: whether it needs the git checkout around the tile (then its test makes one).
        since: the day, YYYY-MM-DD, from which Datadog asks for it; empty where that is not known.
        form: its problems in the form's voice: what to do at the question, one sentence.
    """
    asked_since = date.fromisoformat(since) if since else None

    def declare(check: Check) -> Check:
        if name in _RULES:
            raise ValueError(f"two rules are named {name}")
        what = " ".join((check.__doc__ or "").split())
        if not what:
            raise ValueError(f"rule {name} has no docstring")
        _RULES[name] = Rule(
            name,
            translated(what),
            translated(why),
            source,
            step,
            severity,
            check,
            bad,
            good,
            at,
            mends,
            checkout,
            asked_since,
            translated(form),
        )
        return check

    return declare


def declared() -> Mapping[str, Rule]:
    """The rules by name that the modules imported so far declare."""
    return _RULES


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by name; imports the modules of this package that declare them."""
    import importlib
    import pkgutil

    import tilewizard.rules as package

    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return tuple(_RULES[name] for name in sorted(_RULES))


@cache
def rules_by_name() -> dict[str, Rule]:
    """Every rule by its name."""
    return {each.name: each for each in all_rules()}
