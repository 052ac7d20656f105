"""What is to be done once a tile is written."""

from __future__ import annotations

from .session import Session


def next_steps(session: Session, name: str) -> list[str]:
    """The way from the directory to a published tile."""
    answers = session.answers
    steps = [f"git switch -c {name.replace('_', '-')} && git add {name}    (in your checkout of {answers.target})"]
    if answers.type.agent_based and session.new:
        steps += [
            "ddev validate ci --sync    (writes the job for your package's tests into .github/workflows/test-all.yml)",
            f"ddev test {name}    (runs the check's tests)",
        ]
    title = answers.listing.title.replace("'", "")
    owner = [f"add the line “/{name}/  @your-github-team” to .github/CODEOWNERS"] if session.new else []
    return [
        *steps,
        "ddev validate all    (the same checks that run on your pull request)",
        *owner,
        f"git commit -m '{'Add' if session.new else 'Update'} {title}' && git push, and open the pull request",
        "look at the tile in your sandbox when Datadog has merged it for preview, and approve its release",
    ]
