"""The steps in which one is asked: what each is called, what it is about, what it asks last. The one list, in order."""

from __future__ import annotations

from dataclasses import dataclass

from tilewizard.language import _, translated

from .model import Answers
from .questions import Question, applies, questions_of


@dataclass(frozen=True)
class StepAsked:
    """One step.

    Attributes:
        slug: the name that questions and rules know it by.
        title: what lists of steps show.
        intro: what it is about, a sentence or two.
        skipped: why it is left out when it has nothing to ask, a few words.
        last: questions that are asked at the end: those that fill themselves in.
    """

    slug: str
    title: str
    intro: str
    skipped: str = ""
    last: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("title", "intro", "skipped"):
            object.__setattr__(self, name, translated(getattr(self, name)))
        if not self.skipped:
            object.__setattr__(self, "skipped", _("not needed"))

    def asked(self, answers: Answers) -> bool:
        """Whether it has anything to ask, from the answers so far. There is always something to review."""
        return self.slug == "review" or any(applies(question, answers) for question in questions_of(self.slug))

    def first_questions(self) -> tuple[Question, ...]:
        """Those that want an answer, in order."""
        return tuple(each for each in questions_of(self.slug) if each.name not in self.last)

    def last_questions(self) -> tuple[Question, ...]:
        """Those that fill themselves in, in order."""
        late = [each for each in questions_of(self.slug) if each.name in self.last]
        return tuple(sorted(late, key=lambda each: self.last.index(each.name)))


STEPS_ASKED: tuple[StepAsked, ...] = (
    StepAsked(
        "type",
        "Integration type",
        "Where your offering is published and how it exchanges data with Datadog. The later steps follow from this.",
    ),
    StepAsked(
        "listing",
        "Listing",
        "What customers read on the card of your tile, and who offers it.",
        last=(
            "author.sales_email",
            "listing.app_id",
            "listing.directory",
            "listing.display_on_public_website",
            "integration.source_type_name",
            "integration.auto_install",
            "integration.process_signatures",
            "integration.endpoint",
            "listing.resources",
            "listing.owner",
            "listing.app_uuid",
            "integration.source_type_id",
        ),
    ),
    StepAsked(
        "pricing",
        "Pricing",
        "The plans that customers can buy. Every purchase starts with a 14-day free trial.",
        "free tile",
    ),
    StepAsked("readme", "README", "Each section is a tab of your tile's page, in Markdown."),
    StepAsked(
        "metrics",
        "Metrics & checks",
        "What your integration sends: every metric a row of metadata.csv, every service check an entry.",
        "sends no data",
    ),
    StepAsked(
        "logs",
        "Logs",
        "Paste lines of your log: a pipeline that reads them is proposed, with tests and facets, and you see what it makes of each.",
        "sends no logs",
    ),
    StepAsked(
        "media",
        "Media & logo",
        "Pictures for the carousel: PNG or JPEG, exactly 16:9, 1440 to 2880 pixels wide, at most 1 MB. And your logo.",
    ),
    StepAsked(
        "dashboards",
        "Dashboards & monitors",
        "What comes with the tile: exported from your sandbox as JSON, or made here. What an export leaves of your account is taken off.",
    ),
    StepAsked(
        "eula",
        "EULA",
        "Customers of the Marketplace accept your own licence agreement when they buy. Choose its PDF.",
        "free tile",
    ),
    StepAsked(
        "changelog",
        "Changelog",
        "What each version brought; customers read it in the Release Notes tab. One change a line; a line that starts with blanks goes on with the one above.",
    ),
    StepAsked("review", "Review & write", "Everything that is wrong, and what will be written."),
)


def step_asked(slug: str) -> StepAsked:
    """The step of a name.

    Raises:
        KeyError: there is none.
    """
    for each in STEPS_ASKED:
        if each.slug == slug:
            return each
    raise KeyError(slug)
