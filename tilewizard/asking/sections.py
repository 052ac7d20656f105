"""The README's sections, one after the other, typed or read from files."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.answers.questions import Question
from tilewizard.errors import TilewizardError
from tilewizard.importing.reading import load
from tilewizard.language import _, ngettext
from tilewizard.readme.data_collected import TITLE as DATA_COLLECTED
from tilewizard.readme.data_collected import with_data_collected
from tilewizard.readme.insert import with_definitions_moved
from tilewizard.readme.paste import split, taken_over
from tilewizard.readme.starters import TEMPLATES, gaps, with_starter
from tilewizard.rules.readme.readme import CUSTOMARY, REQUIRED_MARKETPLACE, required_sections
from tilewizard.session.readme_sections import sections_asked

from ..answers.conditions import on_marketplace
from .conversation import Conversation, unfinished
from .explaining import explained
from .reading import file_typed
from .talk import STARTER, Ahead, Back, CutShort


class Sections:
    """Every section in turn, then whatever else is wanted.

    Args:
        talking: the conversation.
        question: that on the sections.
    """

    def __init__(self, talking: Conversation, question: Question) -> None:
        self.talking = talking
        self.question = question

    def ask(self) -> None:
        """Take a whole README, or ask for each section; ``<`` goes to the section before."""
        self._whole()
        self.talking.talk.say(
            _(
                "A section is lines of Markdown, up to a line with a single dot; @path takes it from a file; + starts one."
            )
        )
        at = 0
        while at < len(titles := sections_asked(self.talking.session.answers)):
            try:
                self._section(titles[at])
                at += 1
            except Back:
                if at == 0:
                    raise
                at -= 1
            except Ahead as ahead:
                if ahead.words:
                    raise
                break
        self._more()
        self.talking.faults_below(self.question.path)

    def _line(self, prompt: str) -> str | None:
        return self.talking.talk.line(prompt, lambda: explained(self.question, self.talking.session.answers))

    def _whole(self) -> None:
        prompt = _("README (@path takes a whole one from a file, Enter asks for each section): ")
        while (typed := self._line(prompt)) != "":
            try:
                self._take_whole(load(file_typed((typed or "").removeprefix("@"))))
                return
            except TilewizardError as error:
                self.talking.talk.say(error.render())

    def _take_whole(self, text: str) -> None:
        answers = self.talking.session.answers
        pasted = split(text, (*REQUIRED_MARKETPLACE, *CUSTOMARY))
        self._put(taken_over(answers, pasted, "merge" if answers.readme else "replace"))
        self.talking.talk.say(
            _("Taken: {pieces}.", pieces=", ".join(each.title for each in pasted.pieces) or _("no section was found"))
        )

    def _put(self, answers: Answers, title: str = "") -> None:
        order = sections_asked(self.talking.session.answers)
        readme = answers.readme
        readme = {**{each: readme[each] for each in order if each in readme}, **readme}
        path = ("readme", title) if title else ("readme",)
        self.talking.session.replace(replaced(answers, ("readme",), readme), path)
        self.talking.session.touched.add(path)
        self.talking.kept.keep(self.question.step)

    def _section(self, title: str) -> None:
        session, say = self.talking.session, self.talking.talk.say
        required = "required" if title in required_sections(sold=on_marketplace(session.answers)) else ""
        starts = _("{starter} starts one", starter=STARTER) if title in TEMPLATES or title == DATA_COLLECTED else ""
        while True:
            count = len(session.answers.readme.get(title, "").splitlines())
            there = ngettext(" [{count} line]", " [{count} lines]", count) if count else ""
            facts = ", ".join(filter(None, (required, starts)))
            prompt = f"{title}{f' ({facts})' if facts else ''}{there}: "
            try:
                text = self.talking.text(prompt, lambda: self._explained(title))
            except CutShort as cut:
                self._take(title, unfinished(cut.lines, session.answers.readme.get(title, "")))
                raise
            except TilewizardError as error:
                say(error.render())
                continue
            if text == "":
                if required and not count:
                    say(_("{title} is needed; it stands on the list at the end until it is written.", title=title))
                return
            self._take(title, text)
            # To type a whole section again is much to ask, and its links get their addresses later.
            self.talking.faults_below(("readme", title))
            return

    def _take(self, title: str, text: str | None) -> None:
        answers = self.talking.session.answers
        if text is None:
            kept = {each: body for each, body in answers.readme.items() if each != title}
            self._put(replaced(answers, ("readme",), kept), title)
        elif text == STARTER:
            made = with_data_collected(answers) if title == DATA_COLLECTED else with_starter(answers, title)
            self._put(made, title)
            body = self.talking.session.answers.readme.get(title, "")
            self.talking.talk.say(body, *(_("To be replaced: {gap}", gap=gap) for __, gap in gaps(body)))
        else:
            self._put(with_definitions_moved(replaced(answers, ("readme", title), text), title), title)

    def _explained(self, title: str) -> Iterator[str]:
        text = self.talking.session.answers.readme.get(title, "")
        yield from explained(self.question, self.talking.session.answers)
        yield from [_("{title} reads:", title=title), text] if text else []

    def _more(self) -> None:
        """Sections beyond those that were asked, or one of them again."""
        while True:
            titles = ", ".join(self.talking.session.answers.readme)
            typed = self._line(
                _(
                    "README has: {titles}. A title adds or changes a section, Enter goes on: ",
                    titles=titles or _("nothing yet"),
                )
            )
            if not typed:
                return
            try:
                self._section(next((each for each in CUSTOMARY if each.casefold() == typed.casefold()), typed))
            except Back:
                continue
            except Ahead as ahead:
                if ahead.words:
                    raise
