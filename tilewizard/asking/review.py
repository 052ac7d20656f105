"""The end: what was answered, what is wrong, what would be written; and writing it."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.answers.model import Answers
from tilewizard.answers.paths import Path as AnswerPath
from tilewizard.answers.paths import is_given, value_at
from tilewizard.answers.questions import applies, question_for, questions_of
from tilewizard.answers.steps import STEPS_ASKED, step_asked
from tilewizard.answers.typed import as_text
from tilewizard.checking.locate import path_of
from tilewizard.errors import Exit, TilewizardError
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.reporting.mending import committed
from tilewizard.rules.findings import Finding, Severity
from tilewizard.session.next_steps import next_steps
from tilewizard.session.verdict import UNWRITTEN, by_weight, verdict
from tilewizard.writing.changes import FileChange

from .conversation import Conversation
from .explaining import shortened, told

HELP = (
    _("w writes the tile, all of it or nothing. A number goes to what is wrong, and comes back here after it."),
    _("s reads the summary of all answers, f the files that would be written, d what would change in them."),
    _("< goes back to the last question, >words to the question whose label holds them, q leaves and keeps the draft."),
)


class GoTo(Exception):
    """The question of an answer is to be asked again, and the end after it."""

    def __init__(self, path: AnswerPath) -> None:
        super().__init__(path)
        self.path = path


class Review:
    """What is said at the end, and what can be done there.

    Args:
        talking: the conversation.
    """

    def __init__(self, talking: Conversation) -> None:
        self.talking = talking
        self._read = False

    def ask(self) -> int:
        """Ask what to do until the tile is written or left. Returns the exit code.

        Raises:
            GoTo: a question is to be asked again.
        """
        say = self.talking.talk.say
        if not self._read:
            self._read = True
            say(*summary(self.talking.report.settled))
        while True:
            found = self._findings()
            say(*(f"{at}. {self._told(each)}" for at, each in enumerate(found, 1)))
            say(verdict(self.talking.report, new=self.talking.session.new)[1])
            say(*([_("A number goes to its question.")] if found else []))
            changes = self.talking.session.plan()
            say(f"{changes.root}: {_('nothing has changed') if changes.is_empty else changes.summary()}")
            if lost := ", ".join(question.ask.title for question in self.talking.session.unwritten()):
                say(UNWRITTEN.format(lost))
            typed = self.talking.talk.line(
                _("w writes, s summary, f files, d what changes, q leaves, ? explains: "), lambda: HELP
            )
            done = self._do((typed or "").casefold(), found)
            if done is not None:
                return done

    def _findings(self) -> list[Finding]:
        return by_weight(self.talking.report)

    def _told(self, finding: Finding) -> str:
        path = path_of(finding, self.talking.report.tile, self.talking.report.settled)
        question = question_for(path) if path else None
        title = question.ask.title if question is not None else ""
        step = step_asked(question.step if question is not None else finding.step).title
        place = f"{step}, {title}" if title and title != step else step
        return told(finding, place)

    def _do(self, typed: str, found: list[Finding]) -> int | None:
        say, session = self.talking.talk.say, self.talking.session
        if typed.isdigit() and 0 < int(typed) <= len(found):
            path = path_of(found[int(typed) - 1], self.talking.report.tile, self.talking.report.settled)
            if path is not None:
                raise GoTo(path)
            say(_("No question asks for this. {hint}", hint=found[int(typed) - 1].hint))
        elif typed in ("w", "write"):
            return self._write(found)
        elif typed in ("q", "quit"):
            return Exit.FOUND
        elif typed in ("s", "summary"):
            say(*summary(self.talking.report.settled))
        elif typed in ("f", "files"):
            say(*(_file_told(change) for change in session.plan().changes))
        elif typed in ("d", "diff"):
            say(session.plan().diff())
        elif typed:
            say(_("{typed} is nothing that can be done here; ? tells what is.", typed=quoted(typed)))
        return None

    def _write(self, found: list[Finding]) -> int | None:
        session, say = self.talking.session, self.talking.talk.say
        if session.new and any(each.severity == Severity.ERROR for each in found):
            say(_("Nothing was written: mend the errors first; their numbers lead there."))
            return None
        try:
            changes = session.plan()
            if changes.is_empty:
                say(_("Nothing has changed, and nothing was written."))
                return None
            written = list(committed(changes))
        except TilewizardError as error:
            say(_("Nothing was written. {error}", error=error.render()))
            return None
        self.talking.kept.written(changes.root.resolve(), session.answers.listing.title)
        say("Written:", *(f"  {each}" for each in written), _("What to do next:"))
        say(*(f"  {at}. {line}" for at, line in enumerate(next_steps(session, changes.root.name), 1)))
        return Exit.DONE


def _file_told(change: FileChange) -> str:
    """A file, what happens to it, and how much of it changes."""
    return f"  {change.kind.value}: {change.path}{f' ({change.extent})' if change.extent else ''}"


def summary(answers: Answers) -> Iterator[str]:
    """Every answer that is given or derived, a line each, under its step."""
    for step in STEPS_ASKED:
        lines = []
        for question in questions_of(step.slug) if step.slug != "review" else ():
            value = value_at(answers, question.path)
            if not applies(question, answers) or not is_given(value):
                continue
            if isinstance(value, dict):
                lines.append(f"  {question.ask.title}: {', '.join(map(str, value))}")
            elif question.columns:
                lines.append(f"  {question.ask.title}: {len(value)}")
            else:
                lines.append(f"  {question.ask.title}: {shortened(as_text(value))}")
        if lines:
            yield step.title
            yield from lines
