"""When a question is asked at all: conditions on the other answers."""

from __future__ import annotations

from tilewizard.field.vocabulary import Target, TileType

from .given import Given


def on_marketplace(answers: Given) -> bool:
    """Whether the offering is sold, and so asks for pricing and a licence agreement."""
    return answers.target == Target.MARKETPLACE


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
