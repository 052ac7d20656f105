"""When a question is asked at all: conditions on the other answers."""

from __future__ import annotations

from tilewizard.field.vocabulary import Target, TileType, repository_of

from .given import Given


def by_platform(answers: Given) -> bool:
    """Whether the listing is made in the Developer Platform's form, and only Agent code stands in a repository."""
    return answers.target == Target.PLATFORM


def seems_sold(answers: Given) -> bool:
    """Whether anything is answered that only what is sold has: plans, a licence agreement."""
    return bool(answers.pricing or answers.eula)


def on_marketplace(answers: Given) -> bool:
    """Whether the offering is sold, and so asks for pricing and a licence agreement."""
    if answers.target != Target.PLATFORM:
        return answers.target == Target.MARKETPLACE
    return answers.sold if answers.sold is not None else seems_sold(answers)


def repository(answers: Given) -> Target:
    """The repository that code stands in, whatever the way of the listing."""
    return repository_of(answers.target, sold=on_marketplace(answers))


def exchanges_data(answers: Given) -> bool:
    """Whether the tile is more than a tile: anything but tile-only."""
    return answers.type != TileType.TILE_ONLY


def sends_data(answers: Given) -> bool:
    """Whether the manifest has an ``assets.integration`` object: something is sent to Datadog."""
    return exchanges_data(answers) and bool(answers.submits)


def sends_metrics(answers: Given) -> bool:
    """Whether there is a metadata.csv to fill."""
    return sends_data(answers) and ("metrics" in answers.submits or bool(answers.metrics.rows))


def reads_logs(answers: Given) -> bool:
    """Whether logs are asked about: they are sent, or the tile brings what reads them, whatever its manifest names."""
    logs = answers.logs
    return "logs" in answers.submits or bool(logs.source or logs.pipeline or logs.tests)


def runs_in_agent(answers: Given) -> bool:
    """Whether a check of the Datadog Agent reads the product, so that the tile has a Python package."""
    return answers.type.agent_based
