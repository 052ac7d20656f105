"""What a change of the history was, in words: where, from what, to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tilewizard.language import _, ngettext

from ..answers.monitor_form import monitor_questions
from ..answers.paths import Path, is_given, value_at
from ..answers.questions import Question, question_for, questions
from ..answers.steps import step_asked
from ..answers.typed import as_text
from ..field.asset_kinds import MONITORS
from ..quoting import quoted
from .session import Change

SHOWN = 36
"""Characters of a value that are told."""
_LEAD = 8
"""Of what two long texts begin with alike, the characters that are told."""


@dataclass(frozen=True)
class Told:
    """A change in words.

    Attributes:
        path: of the answer; that of the first question which differs, where several do.
        where: ``Listing, Title``; ``Pricing, plan 2, Price``.
        before: what stood there.
        after: what was put there.
    """

    path: Path
    where: str
    before: str
    after: str

    def undone(self) -> str:
        """What is said when it is taken back."""
        return _(
            "Undone in {where}: {before} stands there again, not {after}.",
            where=self.where,
            before=self.before,
            after=self.after,
        )

    def redone(self) -> str:
        """What is said when it is made again."""
        return _(
            "Made again in {where}: {after} stands there, not {before}.",
            where=self.where,
            after=self.after,
            before=self.before,
        )

    def line(self) -> str:
        """A line of the history."""
        return f"{self.where}: {self.before} → {self.after}"


def told(change: Change) -> Told:
    """A change in words."""
    path = change.path
    if not path or value_at(change.before, path) == value_at(change.after, path):
        path = _first_that_differs(change)
    before, after = value_at(change.before, path), value_at(change.after, path)
    if isinstance(before, str) and isinstance(after, str):
        return Told(path, where(path), *_apart(before, after))
    return Told(path, where(path), *_listed(before, after))


def where(path: Path) -> str:
    """The place of an answer as one reads it on the screen: step, row, label."""
    question = question_for(path)
    if question is None:
        return _("the whole tile")
    step = step_asked(question.step).title
    asked = next(each for each in questions() if each.path == path[: len(each.path)])
    rest = path[len(asked.path) :]
    title = asked.ask.title
    parts = [step, *([] if title == step or (rest and title.startswith(step)) else [title])]
    for part in rest:
        parts.append(str(part + 1) if isinstance(part, int) else _label(question, asked, part))
    if asked.path == (MONITORS.name,) and len(rest) > 1:
        parts[-1] = _within(str(rest[-1]))
    return ", ".join(parts)


def _label(question: Question, asked: Question, part: str) -> str:
    return question.ask.title if question is not asked else part


def _within(part: str) -> str:
    """What a monitor's form calls one of its answers."""
    return next((each.ask.title for each in monitor_questions() if each.path[-1] == part), part)


def _first_that_differs(change: Change) -> Path:
    differing = (
        each.path for each in questions() if value_at(change.before, each.path) != value_at(change.after, each.path)
    )
    return next(differing, ())


def _apart(before: str, after: str) -> tuple[str, str]:
    """Two texts, from a little before the place at which they part."""
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    same = min(len(before), len(after)) if same is None else same
    start = same - _LEAD if same > SHOWN - _LEAD and max(len(before), len(after)) > SHOWN else 0
    lead = "…" if start else ""
    return (
        _said(f"{lead}{before[start:]}" if before else before),
        _said(f"{lead}{after[start:]}" if after else after),
    )


def _listed(before: Any, after: Any) -> tuple[str, str]:
    """Two values of any kind; rows are counted, and of equally many the ones that differ."""
    if _counted(before) and _counted(after):
        if len(before) == len(after):
            pairs = zip(_entries(before), _entries(after), strict=True)
            return _("what was there"), _(
                "a change in {pairs} of {count}", pairs=sum(one != other for one, other in pairs), count=len(after)
            )
        return _number(before), _number(after)
    return _said(before), _said(after)


def _counted(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and not all(isinstance(each, str) for each in value))


def _entries(value: Any) -> list[Any]:
    return list(value.items()) if isinstance(value, dict) else value


def _number(value: Any) -> str:
    return ngettext("{count} entry", "{count} entries", len(value)) if value else _("nothing")


def _said(value: Any) -> str:
    if not is_given(value):
        return "nothing"
    return _number(value) if _counted(value) else quoted(as_text(value), SHOWN)
