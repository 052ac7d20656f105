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
    """The way from the directory to a published tile."""
    answers = session.answers
    on_platform = by_platform(answers)
    form = [
        _(
            "tilewizard export {name} --for developer-platform --into {name}_form    (the form of a new listing, field by field)",
            name=name,
        ),
        _("tilewizard ready {name}    (what is asked for before you submit it)", name=name),
        _(
            "fill in the form in Datadog: Integrations, Developer Platform, Publishing, New Listing; then preview and submit it"
        ),
    ]
    if on_platform and not answers.type.agent_based:
        return [*_tried(session, name), *form]
    steps = [
        _(
            "git switch -c {name} && git add {name2}    (in your checkout of {target})",
            name=name.replace("_", "-"),
            name2=name,
            target=repository(answers),
        )
    ]
    if answers.type.agent_based and session.new:
        steps += [
            _(
                "tilewizard check {name} --fix    (offers the job for your package's tests in .github/workflows/test-all.yml)",
                name=name,
            ),
            _("ddev test {name}    (runs the check's tests)", name=name),
        ]
    elif answers.type.agent_based:
        steps += [
            _(
                "tilewizard sync {name}    (offers what metadata.csv and spec.yaml ask of the package, as a diff)",
                name=name,
            ),
            _("ddev test {name}    (runs the check's tests)", name=name),
        ]
    else:
        steps += _tried(session, name)
    title = answers.listing.title.replace("'", "")
    owner = (
        [
            _(
                "tilewizard check {name} --fix --owner @your-github-team    (offers your line in .github/CODEOWNERS)",
                name=name,
            )
        ]
        if session.new
        else []
    )
    return [
        *steps,
        _("ddev validate all    (the same checks that run on your pull request)"),
        *owner,
        _(
            "git commit -m '{value} {title}' && git push, and open the pull request",
            value="Add" if session.new else "Update",
            title=title,
        ),
        *(
            form
            if on_platform
            else [_("look at the tile in your sandbox when Datadog has merged it for preview, and approve its release")]
        ),
    ]


def _tried(session: Session, name: str) -> list[str]:
    """How the example of a type without a package is tried."""
    answers = session.answers
    if answers.type not in EXAMPLES or not session.new or not sends_data(answers):
        return []
    folder = f"{name}/{EXAMPLES[answers.type]}"
    return [
        _("python -m pytest {folder}    (tries the example; the head of its tests says what they need)", folder=folder)
    ]
