"""Input of the plain mode, as a person or a script would give it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tilewizard.answers.model import Answers
from tilewizard.answers.paths import value_at
from tilewizard.answers.questions import applies
from tilewizard.answers.steps import step_asked

from tests.starting import run

GO_ON = ""


def run_plain(
    *words: object, script: Iterable[str], cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command with lines on its standard input."""
    said = "".join(f"{line}\n" for line in script)
    return run(*words, cwd=cwd, said=said, environment={**os.environ, **environment})


def whole(answers: Answers) -> list[str]:
    """Every answer of a Marketplace listing that sends by API, typed; what fills itself in is kept with Enter."""
    return [
        *("marketplace", "rest-api", "1", ", ".join(answers.submits), ", ".join(answers.queries)),
        *_listing(answers),
        *_pricing(answers),
        *_readme(answers),
        *_metrics(answers),
        *_media(answers),
        *(f"{name}: {path}" for name, path in answers.dashboards.items()),
        *(GO_ON, ">"),  # No more dashboards, and nothing else of that step.
        answers.eula,
        GO_ON,  # The changelog has its first release.
        "w",
    ]


def _listing(answers: Answers) -> list[str]:
    """The step's questions in their order, up to the owner and numbers, which are made."""
    lines: list[str] = []
    step = step_asked("listing")
    for question in (*step.first_questions(), *step.last_questions()):
        if question.name == "listing.owner":
            return [*lines, ">"]
        if not applies(question, answers):
            continue
        value = value_at(answers, question.path)
        if question.name == "listing.resources":
            lines += [line for link in value for line in ("a", link.resource_type, link.url)]
            lines += [GO_ON]  # No more links.
        elif isinstance(value, list):
            lines += [", ".join(value)]
        else:
            lines += [value or GO_ON]
    raise AssertionError("the owner is not asked for")


def _pricing(answers: Answers) -> list[str]:
    lines = []
    for plan in answers.pricing:
        lines += ["a", plan.billing_type, str(plan.unit_price), plan.unit_label, GO_ON, plan.tag, GO_ON]
        lines += [plan.short_description, "yes"]
    return [*lines, GO_ON]


def _readme(answers: Answers) -> list[str]:
    lines = [GO_ON, GO_ON, GO_ON]  # Heading, introduction, no whole file.
    for title in ("Overview", "Setup", "Uninstallation", "Support"):
        lines += [*answers.readme[title].rstrip("\n").split("\n"), "."]
    lines += [GO_ON]  # No other section.
    lines += [f"{label}: {url}" for label, url in answers.readme_links.items()]
    return [*lines, GO_ON, ">"]  # No more links, no pictures.


def _metrics(answers: Answers) -> list[str]:
    lines = [answers.metrics.prefix or GO_ON, GO_ON]
    for row in answers.metrics.rows:
        lines += ["a", row.metric_name, row.metric_type, GO_ON, row.unit_name, GO_ON, row.description]
        lines += [str(row.orientation), GO_ON, row.short_name, ">"]
    return [*lines, GO_ON, ">"]  # No more metrics, no service checks.


def _media(answers: Answers) -> list[str]:
    lines = []
    for medium in answers.media:
        lines += ["a", GO_ON, medium.image, medium.caption]
    return [*lines, GO_ON, answers.logo, ">"]
