"""What is to be done once a tile is written."""

from __future__ import annotations

from tilewizard.answers.conditions import by_platform, repository, sends_data
from tilewizard.authoring.parts import dogstatsd, rest_api
from tilewizard.field.vocabulary import TileType
from tilewizard.language import _

from .session import Session

EXAMPLES = {TileType.DOGSTATSD: dogstatsd.FOLDER, TileType.REST_API: rest_api.FOLDER}
"""Where the examples of types without a package lie."""


def next_steps(session: Session, name: str) -> list[str]:
    """The way from the directory to a published tile, as the screen that tells of it can go: its keys come first, then commands.

    Args:
        session: what was written.
        name: the tile's directory, as the commands are given beside it.
    """
    answers = session.answers
    on_platform = by_platform(answers)
    listing = [
        _(
            "F2, then F2 again: what is asked for, and the form of a new listing, field by field, to copy from    "
            "(as pages: tilewizard export {name} --for developer-platform --into {name}_form)",
            name=name,
        ),
        _(
            "fill in the form in Datadog: Integrations, Developer Platform, Publishing, New Listing; then preview and submit it"
        ),
    ]
    if on_platform and not answers.type.agent_based:
        return [*_tried(session, name), *listing]
    return [
        *(_package(session, name) if answers.type.agent_based else _tried(session, name)),
        *_owner(session, name),
        _("ddev validate all    (the same checks that run on your pull request)"),
        *_handed_in(session, name),
        *(
            listing
            if on_platform
            else [_("look at the tile in your sandbox when Datadog has merged it for preview, and approve its release")]
        ),
    ]


def _package(session: Session, name: str) -> list[str]:
    """How an Agent package is completed and tried."""
    completed = (
        _(
            "F6    (or tilewizard check {name} --fix: offers the job for your package's tests in .github/workflows/test-all.yml)",
            name=name,
        )
        if session.new
        else _(
            "F6    (or tilewizard sync {name}: offers what metadata.csv and spec.yaml ask of the package, as a diff)",
            name=name,
        )
    )
    return [completed, _("ddev test {name}    (runs the check's tests)", name=name)]


def _owner(session: Session, name: str) -> list[str]:
    if not session.new:
        return []
    return [
        _(
            "tilewizard check {name} --fix --owner @your-github-team    (offers your line in .github/CODEOWNERS)",
            name=name,
        )
    ]


def _handed_in(session: Session, name: str) -> list[str]:
    """The commit and the pull request."""
    answers = session.answers
    if by_platform(answers):
        key = _("F2, then F4: the package on a branch of its own, committed, with the pull request's text")
    else:
        key = _("F2, then F2 again: a branch of its own, the commit and the pull request's text")
    by_hand = _(
        "(in your checkout of {target}; by hand: git switch -c {branch} && git add {name} && git commit -m '{value} {title}')",
        target=repository(answers),
        branch=name.replace("_", "-"),
        name=name,
        value="Add" if session.new else "Update",
        title=answers.listing.title.replace("'", ""),
    )
    return [f"{key}    {by_hand}", _("git push, and open the pull request")]


def _tried(session: Session, name: str) -> list[str]:
    """How the example of a type without a package is tried."""
    answers = session.answers
    if answers.type not in EXAMPLES or not session.new or not sends_data(answers):
        return []
    folder = f"{name}/{EXAMPLES[answers.type]}"
    return [
        _("python -m pytest {folder}    (tries the example; the head of its tests says what they need)", folder=folder)
    ]
