"""One tile being authored or edited: its answers, their history, what is wrong with them, what would be written.

The screens show a session and change it; it knows nothing of them.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tilewizard.language import _

from ..answers.conditions import by_platform
from ..answers.derived_values import derived_value, with_identity
from ..answers.model import Answers
from ..answers.paths import Path as AnswerPath
from ..answers.paths import is_given, replaced, value_at
from ..answers.questions import Question, questions
from ..authoring.author import Author, answers_of
from ..checking.check import Checker
from ..checking.configuration import configuration_around
from ..checking.locate import path_of
from ..errors import TilewizardError, WriteRefused
from ..field.vocabulary import Target
from ..rules.findings import Finding
from ..tile.tile import Tile, read
from .report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..writing.changes import ChangeSet

COALESCE = 1.0
"""Seconds within which changes of one answer are undone together."""


@dataclass(frozen=True)
class Change:
    """One step of the history: an answer before and after."""

    path: AnswerPath
    before: Answers
    after: Answers
    at: float


class Session:
    """One tile at work.

    Args:
        answers: to start with; for an existing tile those that it stands for.
        tile: the tile that is edited, None for a new one.
        into: for a new tile the folder that its directory is made in.
        upgrade: whether a manifest of version 1.0.0 is turned into one of version 2.0.0.
        example: whether one only looks around: what is typed is kept nowhere, and nothing can be written.
    """

    def __init__(
        self,
        answers: Answers | None = None,
        *,
        tile: Tile | None = None,
        into: Path | None = None,
        upgrade: bool = False,
        example: bool = False,
    ) -> None:
        self.original = tile
        self.example = example
        if tile is not None and upgrade:
            from ..authoring.upgrade import upgraded

            tile = upgraded(tile)
        self.base = tile
        self.into = into or Path()
        self.before = answers_of(tile) if tile is not None else None
        start = answers or self.before or Answers()
        self.answers = start if tile is not None else with_identity(start)
        self.touched: set[AnswerPath] = set()
        self.left: set[str] = set()
        self._author = Author(tile, self.before)
        self._lock = threading.Lock()
        self._done: list[Change] = []
        self._undone: list[Change] = []
        if tile is not None:
            # A later save compares these bytes with the disk: they must be those of now.
            for held in (tile, self.original):
                for path in held.paths if held is not None else ():
                    file = held.file(path) if held is not None else None
                    __ = file.data if file is not None else b""

    @classmethod
    def open(cls, root: Path, *, upgrade: bool = False) -> Session:
        """A session on an existing tile; what a killed process left of a write is cleared up first.

        Raises:
            UnusableTile: the directory can't be read.
        """
        from ..writing.commit import recover

        if root.parent.is_dir():
            recover(root)
        return cls(tile=read(root), upgrade=upgrade)

    @classmethod
    def on_example(cls) -> Session:
        """A session on the sample tile, to look around in."""
        from ..rules.sample_tile import NOWHERE, sample_tile

        return cls(tile=sample_tile(root=NOWHERE), example=True)

    @property
    def new(self) -> bool:
        """Whether the tile is a new one."""
        return self.original is None

    @property
    def can_upgrade(self) -> bool:
        """Whether the manifest is of version 1.0.0 still."""
        from ..authoring.upgrade import is_legacy

        return self.base is not None and is_legacy(self.base)

    @property
    def changed(self) -> bool:
        """Whether anything was answered since the start."""
        return bool(self._done)

    # -- answers

    def value(self, path: AnswerPath) -> Any:
        """The answer at a path as it was given; None, an empty text or list when it wasn't."""
        return value_at(self.answers, path)

    def derived(self, question: Question) -> Any:
        """What stands in for an answer that was not given, or None. An existing tile's silence is kept."""
        if self.before is not None and not is_given(value_at(self.before, question.path)):
            return None
        return derived_value(self._author.settled(self.answers), question)

    def set(self, path: AnswerPath, value: Any, *, alone: bool = False) -> bool:
        """Answer one question. Returns whether that changed anything.

        Args:
            path: of the answer.
            value: the answer.
            alone: whether undo takes back this change only, and not what was typed just before or after with it.
        """
        if value_at(self.answers, path) == value and type(value_at(self.answers, path)) is type(value):
            return False
        after = replaced(self.answers, path, value)
        if path[0] in ("submits", "type"):
            after = with_identity(after)
        self._remember(path, after, alone=alone)
        self.touched.add(path)
        return True

    def replace(self, answers: Answers, path: AnswerPath = ()) -> None:
        """Put whole other answers in place as one step of the history: an import, a merge, a mend."""
        # Two dictionaries are equal whatever their order; a README's sections have one.
        if answers != self.answers or list(answers.readme) != list(self.answers.readme):
            self._remember(path, answers, alone=True)

    def _remember(self, path: AnswerPath, after: Answers, *, alone: bool = False) -> None:
        now = time.monotonic()
        last = self._done[-1] if self._done else None
        before = self.answers
        if last is not None and not alone and path and last.path == path and now - last.at < COALESCE:
            before = self._done.pop().before
        self._done.append(Change(path, before, after, now if not alone else float("-inf")))
        self._undone.clear()
        self.answers = after

    @property
    def made(self) -> tuple[Change, ...]:
        """The changes that stand, the oldest first."""
        return tuple(self._done)

    @property
    def taken_back(self) -> tuple[Change, ...]:
        """The changes that can be made again, the next one first."""
        return tuple(reversed(self._undone))

    def undo(self) -> Change | None:
        """Take the last change back. Returns it, or None when there is nothing."""
        if not self._done:
            return None
        change = self._done.pop()
        self._undone.append(change)
        self.answers = change.before
        return change

    def redo(self) -> Change | None:
        """Make the change that was last taken back again. Returns it, or None when there is nothing."""
        if not self._undone:
            return None
        change = self._undone.pop()
        self._done.append(change)
        self.answers = change.after
        return change

    # -- what is wrong

    @cached_property
    def _checker(self) -> Checker:
        root = self.original.root if self.original is not None else None
        try:
            allowances = configuration_around(root.resolve().parent if root is not None else self.into).allow
        except TilewizardError:
            allowances = ()  # `check` tells what is wrong with the settings: they keep nobody from writing a tile.
        return Checker(allowances=allowances)

    def settled(self) -> Answers:
        """The answers with derived values in place."""
        return self._author.settled(self.answers)

    def examine(self) -> Report:
        """Write the tile in memory and run the rules that read something new. May be called from any thread."""
        with self._lock:
            answers = self.answers
            tile = self._author.tile(answers)
            after = self._author.settled(answers)
            findings, allowed = map(tuple, self._checker.parted(tile))
            by_path: dict[AnswerPath, list[Finding]] = {}
            for finding in findings:
                by_path.setdefault(path_of(finding, tile, after) or (), []).append(finding)
        return Report(answers, after, tile, findings, by_path, allowed)

    def shows(self, path: AnswerPath, step: str) -> bool:
        """Whether faults of an answer are shown yet: not before one has typed, or been on the step and left it."""
        return not self.new or step in self.left or any(path[: len(each)] == each for each in self.touched)

    def passed_over(self, path: AnswerPath) -> bool:
        """Whether an answer of a new tile is open only because nobody has come to it yet; at Review that is over."""
        given = is_given(value_at(self.answers, path))
        return self.new and not given and "review" not in self.left and path not in self.touched

    def take_as_typed(self) -> None:
        """Show the faults of every answer that is there, as those of a draft that is gone on with."""
        for question in questions():
            value = value_at(self.answers, question.path)
            if isinstance(value, dict):
                self.touched.update((*question.path, key) for key in value)
            elif is_given(value):
                self.touched.add(question.path)

    def mend(self, finding: Finding, keep: Callable[[str, bytes], Path] | None = None) -> bool:
        """Apply a finding's fix to the answers. Returns False when the answers can't express what it changes.

        Args:
            finding: with its fix.
            keep: takes the name and the bytes of a file that the fix made from one of the partner's, such as a picture,
                and gives the path it is kept at; the answer then names that one. Without it such a fix is not applied.

        Raises:
            TilewizardError: the file can't be kept.
        """
        if finding.fix is None:
            return False
        with self._lock:
            tile = self._author.tile(self.answers)
            mended = finding.fix(tile)
        answers = carried_over(self.answers, answers_of(tile), answers_of(mended))
        if answers == self.answers and keep is not None:
            answers = self._with_mended_file(tile, mended, keep)
        if answers == self.answers:
            return False
        self.replace(answers, path_of(finding, tile, self.answers) or ())
        return True

    def _with_mended_file(self, tile: Tile, mended: Tile, keep: Callable[[str, bytes], Path]) -> Answers:
        """The answers, one of them naming the mended file; as they are when none of them can."""
        from ..answers.yaml_text import file_answers

        changed = _differing(tile, mended)
        if len(changed) != 1 or set(mended.paths) != set(tile.paths):
            return self.answers
        (path,) = changed
        file = mended.file(path)
        assert file is not None
        for at, __, name in file_answers(self.answers):
            if Path(name).suffix.lower() == Path(path).suffix.lower():
                answers = replaced(self.answers, at, str(keep(path.rpartition("/")[2], file.data)))
                again = Author(self.base, self.before).tile(answers)
                # What an export leaves behind is taken off all at once when a file is put in place.
                if set(again.paths) == set(tile.paths) and _differing(tile, again) == {path}:
                    return answers
        return self.answers

    # -- writing

    def tile(self) -> Tile:
        """The tile that the answers stand for; written in one go, so that the way there leaves no trace."""
        return Author(self.base, self.before).tile(self.answers)

    def plan(self, to: Path | None = None) -> ChangeSet:
        """What writing would change: the tile's own directory, or all of another one."""
        from ..writing.changes import plan

        return plan(self.tile(), self.original, into=self.into, to=to)

    def unwritten(self) -> list[Question]:
        """The questions whose answers changed and stand nowhere: those of a manifest in a directory that has none on purpose,
        and beside a listing those that the tile, as it would be written, doesn't give again."""
        if self.base is None:
            return []
        platform, after = by_platform(self.answers), self.settled()
        if not platform and self.base.overrides is None:
            return []
        changed = [
            question
            for question in questions()
            if question.ask.at.startswith("/")
            and value_at(self.before, question.path) != value_at(after, question.path)
        ]
        if not changed or not platform:
            return changed
        again = answers_of(self.tile())
        return [each for each in changed if value_at(again, each.path) != value_at(after, each.path)]

    def write(self, to: Path | None = None) -> tuple[Path, list[str]]:
        """Write the tile: all of it or nothing.

        Returns:
            The directory and the paths written in it.

        Raises:
            WriteRefused: nothing was written, and why.
        """
        from ..writing.commit import commit

        if self.example:
            raise WriteRefused(_("this is an example to look around in"), remedy=_("start a new tile to write one"))
        changes = self.plan(to)
        return changes.root, commit(changes)


def _differing(one: Tile, other: Tile) -> set[str]:
    """The paths at which two tiles of the same files differ."""
    return {
        path for path in one.paths if (old := one.file(path)) and (new := other.file(path)) and old.data != new.data
    }


def carried_over(answers: Answers, old: Answers, new: Answers) -> Answers:
    """The answers with every difference between two readings of the tile brought over."""
    for question in questions():
        was, now = value_at(old, question.path), value_at(new, question.path)
        if was != now:
            answers = replaced(answers, question.path, now)
    return answers


def starting_answers(into: Path | None = None) -> Answers:
    """What a new tile starts with: a first release of today, offered where the folder's checkout is of.

    Args:
        into: the folder that it is made in.
    """
    from datetime import date

    from ..answers.material import Release
    from ..tile.checkout import find_checkout

    release = Release(version="1.0.0", date=date.today().isoformat(), added=["Initial release"])
    checkout = find_checkout(into / "new") if into is not None else None
    target = checkout.target if checkout is not None else None
    return Answers(changelog=[release], target=target or Target.MARKETPLACE)
