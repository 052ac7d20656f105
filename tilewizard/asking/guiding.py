"""The guide line by line: three questions, what follows from them and why, and whether to take it."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.errors import TilewizardError
from tilewizard.language import _
from tilewizard.session.guide import GUIDE, Asked, Proposal, by_folder, files, needs, proposed

from .conversation import Conversation
from .reading import one_of

_YES_OR_NO = ("yes", "no")


def guided(talking: Conversation) -> None:
    """Ask the guide's questions and propose; the answers change when the proposal is taken, and only then.

    Raises:
        Back, Ahead: another question is wanted; nothing was taken.
    """
    said = {asked.name: _answer(talking, asked.title, tuple(asked.choices), _choices(asked)) for asked in GUIDE}
    proposal = proposed(said)
    talking.talk.say(*_told(talking, proposal))
    if _answer(talking, _("Take it?"), _YES_OR_NO, []) == "yes":
        answers = proposal.taken_by(talking.session.answers)
        talking.session.replace(answers, ("type",))
        talking.session.touched.update({("type",), ("target",)})
        talking.kept.keep("type")
        talking.talk.say(
            _(
                "Taken: {type}, {target}. Both stand below and can be changed.",
                type=proposal.type,
                target=proposal.target,
            )
        )
    else:
        talking.talk.say(_("Nothing changed."))


def _answer(talking: Conversation, title: str, choices: tuple[str, ...], explained: list[str]) -> str:
    """One of the choices; Enter takes the first."""
    talking.talk.say(*explained)
    while True:
        typed = talking.talk.line(f"{title} [{choices[0]}]: ", lambda: explained or choices)
        if not typed:
            return choices[0]
        try:
            return one_of(typed, choices)
        except TilewizardError as error:
            talking.talk.say(error.render())


def _choices(asked: Asked) -> list[str]:
    return [f"  {at}. {choice}: {meaning}" for at, (choice, meaning) in enumerate(asked.choices.items(), 1)]


def _told(talking: Conversation, proposal: Proposal) -> Iterator[str]:
    now, then = talking.session.answers, (proposal.type, proposal.target)
    yield _("Proposed: {type}, {target}.", type=proposal.type, target=proposal.target)
    yield (
        _("That is what stands now.")
        if (now.type, now.target) == then
        else _("Now: {type}, {target}.", type=now.type, target=now.target)
    )
    yield from proposal.reasons
    yield _("Have at hand: {proposal}.", proposal=", ".join(needs(proposal)))
    yield _("Will be written: {proposal}.", proposal=", ".join(by_folder(files(proposal, talking.session.answers))))
