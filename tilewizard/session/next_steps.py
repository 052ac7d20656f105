"""What is to be done once a tile is written."""

from __future__ import annotations

from tilewizard.answers.conditions import sends_data
from tilewizard.authoring.parts import dogstatsd, rest_api
from tilewizard.field.vocabulary import TileType
from tilewizard.language import _

from .session import Session

EXAMPLES = {TileType.DOGSTATSD: dogstatsd.FOLDER, TileType.REST_API: rest_api.FOLDER}
"""Where the examples of types without a package lie."""


def next_steps(session: Session, name: str) -> list[str]:
    """The way from the directory to a published tile."""
    answers = session.answers
    steps = [
        _(
            "git switch -c {name} && git add {name2}    (in your checkout of {target})",
            name=name.replace("_", "-"),
            name2=name,
            target=answers.target,
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
    elif answers.type in EXAMPLES and session.new and sends_data(answers):
        folder = f"{name}/{EXAMPLES[answers.type]}"
        steps.append(
            _(
                "python -m pytest {folder}    (tries the example; the head of its tests says what they need)",
                folder=folder,
            )
        )
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
        _("look at the tile in your sandbox when Datadog has merged it for preview, and approve its release"),
    ]
