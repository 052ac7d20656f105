"""tilewizard: authors, checks and edits tiles for the Datadog Marketplace and integrations-extras.

As a library::

    import tilewizard

    tile = tilewizard.read("path/to/tile")          # a Tile, whatever is wrong with it
    for finding in tilewizard.check(tile):          # everything that is wrong
        print(finding.file, finding.line, finding.message)
    answers = tilewizard.answers_of(tile)           # what the wizard asks, as typed models
    other = tilewizard.author(answers, tile)        # the tile with other answers, in memory
    changes = tilewizard.plan(other, tile)          # before and after of each file
    tilewizard.commit(changes)                      # all of it or nothing

Every name is imported when it is first used, so that ``check`` doesn't pay for the models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .answers.model import Answers
    from .authoring.author import answers_of, author
    from .checking.check import check
    from .errors import TilewizardError
    from .field.vocabulary import Target
    from .rules.findings import Finding, Severity
    from .tile.tile import Tile, read
    from .writing.changes import ChangeSet, plan
    from .writing.commit import commit

_HOMES = {
    "Answers": "answers.model",
    "ChangeSet": "writing.changes",
    "Finding": "rules.findings",
    "Severity": "rules.findings",
    "Target": "field.vocabulary",
    "Tile": "tile.tile",
    "TilewizardError": "errors",
    "answers_of": "authoring.author",
    "author": "authoring.author",
    "check": "checking.check",
    "commit": "writing.commit",
    "plan": "writing.changes",
    "read": "tile.tile",
}

__all__ = [
    "Answers",
    "ChangeSet",
    "Finding",
    "Severity",
    "Target",
    "Tile",
    "TilewizardError",
    "__version__",
    "answers_of",
    "author",
    "check",
    "commit",
    "plan",
    "read",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    # A submodule of the same name (``commit``) is set on the package by its import: the function takes its place.
    found = getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = found
    return found
