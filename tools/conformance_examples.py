"""The examples of DogStatsD and REST API tiles, run: each choice of data green, each mutant noticed.

Part of ``tools/conformance_packages.py``, and of its page. Needs no Agent: any Python makes the environment.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from conformance_example_mutants import MUTANTS
from tilewizard.answers.model import Answers
from tilewizard.authoring.author import author
from tilewizard.field.vocabulary import REPOSITORIES, Target, TileType
from tilewizard.tile.tile import Tile
from tools.environments import Environment
from tools.package_runs import said_of, tested, who_speaks, written

SENT = {
    TileType.DOGSTATSD: ("metrics", "events", "service_checks"),
    TileType.REST_API: ("metrics", "events", "service_checks", "logs", "incidents"),
}
"""What can be sent by each; every choice of it is a row of the table."""
CONNECTED = {TileType.DOGSTATSD: ("Agent",), TileType.REST_API: ("OAuth", "API key")}
HISTOGRAM = ("avg", "count", "median", "95percentile", "max")
ROWS = (
    {"metric_name": "acme.requests", "metric_type": "count", "unit_name": "request", "description": "Requests served."},
    {"metric_name": "acme.errors", "metric_type": "rate", "interval": 10, "description": "Requests that failed."},
    {"metric_name": "acme.pause_seconds", "metric_type": "gauge", "unit_name": "second", "description": "Time paused."},
    {"metric_name": "acme.depth", "metric_type": "gauge", "description": "Requests that wait."},
    *(
        {
            "metric_name": f"acme.wait.{end}",
            "metric_type": "rate" if end == "count" else "gauge",
            "description": "Time.",
        }
        for end in HISTOGRAM
    ),
)
CHECK = {"name": "Up", "check": "acme.up", "statuses": ["ok", "critical"], "description": "Whether it answers."}
CLIENT = {"onboarding_url": "https://acme.example/dd/start", "redirect_uris": ["https://acme.example/dd/back"]}
Choice = tuple[TileType, str, tuple[str, ...]]


def answers_for(kind: TileType, target: Target, connected: str, data: tuple[str, ...]) -> Answers:
    """Answers of one place in the matrix."""
    return Answers.model_validate(
        {
            "target": target,
            "type": kind,
            "submits": list(data),
            "listing": {"title": "Acme Widget"},
            "metrics": {"prefix": "acme.", "rows": list(ROWS) if "metrics" in data else []},
            "service_checks": [CHECK] if "service_checks" in data else [],
            "oauth_client": {"exception": "It runs on premises."} if connected == "API key" else CLIENT,
        }
    )


def choices(every: bool) -> Iterator[Choice]:
    """Every choice of data by type and way of connecting; or the single ones and all at once."""
    for kind, possible in SENT.items():
        for count in range(1, len(possible) + 1):
            if every or count in (1, len(possible)):
                yield from itertools.product((kind,), CONNECTED[kind], itertools.combinations(possible, count))


@dataclass(frozen=True)
class Examples:
    """The examples, run in an environment; ``every`` choice, or some."""

    environment: Environment
    every: bool

    @classmethod
    def below(cls, folder: Path, every: bool) -> Examples:
        """With an environment below a folder."""
        return cls(Environment(folder / "examples", ("pytest", "datadog", "datadog-api-client")), every)

    def unmade(self) -> str:
        """Makes the environment; why it can't be had, or nothing."""
        return self.environment.made(sys.executable)

    def ran(self, root: Path) -> tuple[bool, str]:
        """Whether the tests of a tile's example pass, and their last lines."""
        return tested(self.environment.python, root, "examples")

    def matrix(self) -> tuple[list[str], int]:
        """Every choice, built and tested: lines of a table, and how many failed."""
        lines, failed = [], 0
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for (kind, connected, data), outcomes in zip(
                choices(self.every), pool.map(self._outcomes, choices(self.every)), strict=True
            ):
                failed += sum(map(bool, outcomes))
                for output in filter(None, outcomes):
                    print(f"{kind} {connected} {data}\n{output}")
                said = " | ".join("**red**" if output else "green" for output in outcomes)
                lines.append(f"| {kind} | {connected} | {', '.join(data)} | {said} |")
                print(lines[-1], flush=True)
        return lines, failed

    def _outcomes(self, choice: Choice) -> list[str]:
        """What is told against the example under each target, or nothing."""
        kind, connected, data = choice
        told = []
        for target in REPOSITORIES:
            with tempfile.TemporaryDirectory() as folder:
                green, output = self.ran(written(author(answers_for(kind, target, connected, data)), Path(folder)))
            told.append("" if green else output or "red")
        return told

    def mutants(self) -> tuple[list[str], int]:
        """Each mutant and who speaks: lines of a table, and how many went unseen."""
        lines, unseen = [], 0
        for kind, possible in SENT.items():
            tile = author(answers_for(kind, Target.EXTRAS, CONNECTED[kind][0], possible))
            self._must_be_green(tile)
            clean, own = said_of(tile), [each for each in MUTANTS if kind in each.kinds]
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                spoken = list(pool.map(lambda each: who_speaks(each, tile, clean, self.ran), own))  # noqa: B023
            for mutant, speaks in zip(own, spoken, strict=True):
                unseen += not speaks
                lines.append(f"| {kind} | {mutant.name} | {speaks or '**nobody**'} |")
                print(lines[-1], flush=True)
        return lines, unseen

    def _must_be_green(self, tile: Tile) -> None:
        with tempfile.TemporaryDirectory() as folder:
            green, output = self.ran(written(tile, Path(folder)))
        if not green:
            raise SystemExit(f"the example without a mutant is red:\n{output}")
