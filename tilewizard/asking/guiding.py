"""The guide line by line: three questions, what follows from them and why, and whether to take it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.session.guide import GUIDE, Asked, Proposal, by_folder, files, needs, proposed, told

from .conversation import Conversation
from .reading import one_of

_YES_OR_NO = {_("yes"): "yes", _("no"): "no"}


def guided(talking: Conversation) -> None:
    """Ask the guide's questions and propose; the answers change when the proposal is taken, and only then.

    Raises:
        Back, Ahead: another question is wanted; nothing was taken.
    """
    said = {asked.name: _answer(talking, asked.title, asked.by_label, _choices(asked)) for asked in GUIDE}
    proposal = proposed(said)
    talking.talk.say(*_told(talking, proposal))
    if _answer(talking, _("Take it?"), _YES_OR_NO, []) == "yes":
        answers = proposal.taken_by(talking.session.answers)
        talking.session.replace(answers, ("type",))
        talking.session.touched.update({("type",), ("target",)})
        talking.kept.keep("type")
        talking.talk.say(_("Taken: {proposal}. Both stand below and can be changed.", proposal=told(proposal)))
    else:
        talking.talk.say(_("Nothing changed."))


def _answer(talking: Conversation, title: str, names: Mapping[str, str], explained: list[str]) -> str:
    """The name of one of the choices, which are given by what is shown of them; Enter takes the first."""
    choices = tuple(names)
    talking.talk.say(*explained)
    while True:
        typed = talking.talk.line(f"{title} [{choices[0]}]: ", lambda: explained or choices)
        if not typed:
            return names[choices[0]]
        if typed.casefold() in names.values():  # A script says the same in every language.
            return typed.casefold()
        try:
            return names[one_of(typed, choices)]
        except TilewizardError as error:
            talking.talk.say(error.render())


def _choices(asked: Asked) -> list[str]:
    return [f"  {at}. {reply.label}: {reply.meaning}" for at, reply in enumerate(asked.choices.values(), 1)]


def _told(talking: Conversation, proposal: Proposal) -> Iterator[str]:
    now, then = told(talking.session.answers), told(proposal)
    yield _("Proposed: {proposal}.", proposal=then)
    yield _("That is what stands now.") if now == then else _("Now: {now}.", now=now)
    yield from proposal.reasons
    yield _("Have at hand: {proposal}.", proposal=", ".join(needs(proposal)))
    yield _("Will be written: {proposal}.", proposal=", ".join(by_folder(files(proposal, talking.session.answers))))
