"""From question to question, through the steps and back, to the end."""

from __future__ import annotations

from dataclasses import dataclass

from tilewizard.answers.declaring import Kind
from tilewizard.answers.questions import Question, applies, question_for
from tilewizard.answers.steps import STEPS_ASKED, StepAsked
from tilewizard.language import _
from tilewizard.session.guide import by_folder
from tilewizard.session.promised import promised

from .conversation import Conversation
from .guiding import guided
from .review import GoTo, Review
from .sections import Sections
from .tables import Named, Table
from .talk import AHEAD, Ahead, Back, Guided


@dataclass(frozen=True)
class Stop:
    """Where one is: a question of a step; none at the end."""

    step: StepAsked
    question: Question | None = None


def stops() -> tuple[Stop, ...]:
    """Every question in the order of the steps, then the end."""
    found = [
        Stop(step, question)
        for step in STEPS_ASKED[:-1]
        for question in (*step.first_questions(), *step.last_questions())
    ]
    return (*found, Stop(STEPS_ASKED[-1]))


class Walk:
    """One way through the questions.

    Args:
        talking: the conversation.
    """

    def __init__(self, talking: Conversation) -> None:
        self.talking = talking
        self.stops = stops()
        self._review = Review(talking)
        self._step: StepAsked | None = None
        self._comes_back = False

    def go(self, slug: str = "") -> int:
        """Ask from the first question, or that of a step, to the end. Returns the exit code."""
        at, by = next((at for at, stop in enumerate(self.stops) if stop.step.slug == slug), 0), 1
        while True:
            at = max(0, min(at, len(self.stops) - 1))
            stop = self.stops[at]
            if stop.question is not None and not applies(stop.question, self.talking.session.answers):
                by = 1 if at == 0 else by
                at += by
                continue
            self._announce(stop, forward=by > 0)
            by = 1
            try:
                code = self._ask(stop)
                if code is not None:
                    return code
                at = len(self.stops) - 1 if self._comes_back else at + 1
                self._comes_back = False
            except Back:
                by, at = -1, at - 1
                if at < 0:
                    self.talking.talk.say(_("This is the first question."))
            except Guided:
                at = self._guide(at)
            except Ahead as ahead:
                at = self._ahead(at, ahead.words)
            except GoTo as there:
                at, self._comes_back = self._place_of(question_for(there.path), at), True

    def _guide(self, at: int) -> int:
        """Ask the guide's questions. Returns where one goes on: at the first question of the step that they answer."""
        try:
            guided(self.talking)
        except (Back, Guided):
            self.talking.talk.say(_("Nothing changed."))
            return at
        except Ahead as ahead:
            return self._ahead(at, ahead.words)
        return next(number for number, stop in enumerate(self.stops) if stop.step.slug == "type")

    def _ask(self, stop: Stop) -> int | None:
        question = stop.question
        if question is None:
            return self._review.ask()
        if question.name == "readme":
            Sections(self.talking, question).ask()
        elif question.columns:
            Table(self.talking, question).ask()
        elif question.ask.kind in (Kind.FILES, Kind.TEXTS):
            Named(self.talking, question).ask()
        else:
            self.talking.ask(question, question.path)
        return None

    def _announce(self, stop: Stop, *, forward: bool) -> None:
        say, answers = self.talking.talk.say, self.talking.session.answers
        if stop.step is not self._step:
            if forward and self._step is not None and self._step.slug == "type" and self.talking.session.new:
                say("", _("Will be written: {files}.", files=", ".join(by_folder(list(promised(answers).files)))))
            number = STEPS_ASKED.index(stop.step)
            before = STEPS_ASKED.index(self._step) if self._step is not None else number
            for skipped in STEPS_ASKED[before + 1 : number]:
                if not skipped.asked(answers):
                    say(_("{skipped} is skipped: {skipped2}.", skipped=skipped.title, skipped2=skipped.skipped))
            self._step = stop.step
            say(
                "",
                _(
                    "Step {number} of {count}: {step}. {intro}",
                    number=number + 1,
                    count=len(STEPS_ASKED),
                    step=stop.step.title,
                    intro=stop.step.intro,
                ),
            )
        first = next((each for each in stop.step.last_questions() if applies(each, answers)), None)
        if forward and stop.question is not None and stop.question is first:
            say(_("What follows fills itself in. Enter keeps each; > goes on to the next step."))

    def _ahead(self, at: int, words: str) -> int:
        """Where one goes on: the next step, the end, or the question whose label holds some words."""
        end = len(self.stops) - 1
        if words == AHEAD:
            return end
        if not words:
            following = (n for n in range(at, end) if self.stops[n].step is not self.stops[at].step)
            return next(following, end)
        found = [n for n, stop in enumerate(self.stops) if stop.question is not None and _holds(stop.question, words)]
        asked = [n for n in found if applies(self.stops[n].question, self.talking.session.answers)]  # type: ignore[arg-type]
        if not asked:
            self.talking.talk.say(
                _("No question is called {words}.", words=words)
                if not found
                else _("{words} is not asked now.", words=words)
            )
            return at
        return asked[0]

    def _place_of(self, question: Question | None, at: int) -> int:
        path = question.path if question is not None else ()
        for number, stop in enumerate(self.stops):
            asked = stop.question
            if asked is not None and (asked is question or question in asked.columns or asked.path == path):
                return number
        return at


def _holds(question: Question, words: str) -> bool:
    plain = words.casefold()
    return plain in question.ask.title.casefold() or plain == question.name.casefold()
