"""Three questions that a partner can answer, and the target and integration type that follow from them.

The one declaration of the questions; what a type needs and what is written for it is read off the questions' declarations
and the parts that write a tile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from tilewizard.field.vocabulary import Target, TileType
from tilewizard.language import _, pgettext

from ..answers.derived_values import with_identity
from ..answers.model import Answers
from ..answers.notes import NOTES
from ..answers.paths import is_given, replaced, value_at
from ..answers.questions import applies, questions
from .promised import promised
from .session import Session, starting_answers


@dataclass(frozen=True)
class Reply:
    """What may be answered: in a word or two, by which it is chosen, and what that means."""

    label: str
    meaning: str


@dataclass(frozen=True)
class Asked:
    """One question of the guide.

    Attributes:
        name: that answers are known by.
        title: the question.
        choices: what may be answered, by the name that is compared.
    """

    name: str
    title: str
    choices: Mapping[str, Reply]

    @property
    def by_label(self) -> dict[str, str]:
        """The names of what may be answered, by the words that are shown."""
        return {reply.label: name for name, reply in self.choices.items()}


GUIDE = (
    Asked(
        "data",
        _("Does your product expose metrics, and how?"),
        {
            "prometheus": Reply("prometheus", _("an endpoint that Prometheus reads")),
            "own form": Reply(_("own form"), _("an API of its own, such as JSON")),
            "sends itself": Reply(_("sends itself"), _("our code can send while it runs")),
            "no data": Reply(_("no data"), _("a licence or a service only")),
        },
    ),
    Asked(
        "runs",
        _("Where does it run?"),
        {
            "at customers": Reply(_("at customers"), _("on hosts that an Agent reaches")),
            "in our cloud": Reply(_("in our cloud"), _("customers only have an account")),
        },
    ),
    Asked(
        "offered",
        _("Is it listed at Datadog already, and is it sold?"),
        {
            "not yet": Reply(_("not yet"), _("a new listing begins in Datadog's web form")),
            "sold": Reply(pgettext("an offering", "sold"), _("listed on the Marketplace, or agreed to be")),
            "free": Reply(pgettext("an offering", "free"), _("in integrations-extras, or agreed to be")),
        },
    ),
)
"""The questions, in their order; for a new tile the first choice of each is where one starts."""

WHY_TYPE = {
    TileType.OPENMETRICS: _("The customer's Agent reads your endpoint: the format is the one that it knows."),
    TileType.PYTHON: _("The customer's Agent runs a Python check that reads your API and makes metrics of it."),
    TileType.DOGSTATSD: _("Your code sends to the Agent beside it, at the customer's."),
    TileType.REST_API: _("No Agent of a customer stands beside your cloud: your backend calls Datadog's API."),
    TileType.TILE_ONLY: _("Nothing is sent to Datadog: the tile presents what you offer."),
}
"""Why a type is proposed."""
WHY_TARGET = {
    Target.MARKETPLACE: _("It is sold, so it needs prices and a licence agreement."),
    Target.EXTRAS: _("It is free and its code is public, so it needs no prices and no licence agreement."),
    Target.PLATFORM: _(
        "A new listing begins in Datadog's web form: texts are copied, files uploaded, and only Agent code goes to a repository."
    ),
}
"""Why a target is proposed."""
_BY_OFFER = {"sold": Target.MARKETPLACE, "free": Target.EXTRAS, "not yet": Target.PLATFORM}
_BY_DATA = {"prometheus": TileType.OPENMETRICS, "own form": TileType.PYTHON, "sends itself": TileType.DOGSTATSD}


@dataclass(frozen=True)
class Proposal:
    """What follows from the answers.

    Attributes:
        target: where it is offered.
        type: how data flows.
        reasons: why, a sentence for the type and one for the target.
    """

    target: Target
    type: TileType
    reasons: tuple[str, str]

    def taken_by(self, answers: Answers) -> Answers:
        """The answers with what is proposed in place, and all else as it was."""
        return with_identity(answers.model_copy(update={"target": self.target, "type": self.type}))


def told(what: Proposal | Answers) -> str:
    """How data flows and where it is offered, in the words that the questions on type and target have for them."""
    kind, target = NOTES["type"], NOTES["target"]
    return _("{type}; {target}", type=kind.get(what.type, what.type), target=target.get(what.target, what.target))


def proposed(said: Mapping[str, str]) -> Proposal:
    """What follows from an answer to each question of :data:`GUIDE`."""
    kind = TileType.REST_API if said["runs"] == "in our cloud" else _BY_DATA.get(said["data"], TileType.TILE_ONLY)
    if said["data"] == "no data":
        kind = TileType.TILE_ONLY
    target = _BY_OFFER[said["offered"]]
    return Proposal(target, kind, (WHY_TYPE[kind], WHY_TARGET[target]))


def starting_from(session: Session) -> dict[str, str]:
    """Where one starts, an answer to each question: the first that propose what the tile is; for a new one of which nothing was
    chosen yet the first choices."""
    every = [
        dict(zip((asked.name for asked in GUIDE), said, strict=True))
        for said in product(*(asked.choices for asked in GUIDE))
    ]
    now = (session.answers.target, session.answers.type)
    untouched = starting_answers()
    if session.base is None and now == (untouched.target, untouched.type):
        return every[0]
    return next((said for said in every if (proposed(said).target, proposed(said).type) == now), every[0])


def needs(proposal: Proposal) -> list[str]:
    """What a new tile of this kind asks for and can't fill in by itself: the questions' titles, in their order."""
    answers = proposal.taken_by(starting_answers())
    return [
        question.ask.title
        for question in questions()
        if question.ask.required
        and question.ask.derive is None
        and question.step != "type"
        and applies(question, answers)
        and not is_given(value_at(answers, question.path))
    ]


def files(proposal: Proposal, answers: Answers | None = None) -> list[str]:
    """What is written for a new tile of this kind: paths in the tile, sorted.

    Args:
        proposal: what is proposed.
        answers: those so far, by default none. Data that is not chosen yet is taken to be metrics.
    """
    taken = proposal.taken_by(answers or starting_answers())
    if proposal.type != TileType.TILE_ONLY and not taken.submits:
        taken = replaced(taken, ("submits",), ["metrics"])
    return list(promised(taken).files)


def by_folder(paths: list[str]) -> list[str]:
    """Paths in few words: files of the tile's own folder by name, those of a folder below counted."""
    below = Counter(path.split("/")[0] for path in paths if "/" in path)
    return [path for path in paths if "/" not in path] + [f"{folder}/ ({below[folder]})" for folder in sorted(below)]
