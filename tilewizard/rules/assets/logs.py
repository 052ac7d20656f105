"""Log pipelines, ``assets/logs``: their files, their tests, their source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.field.asset_kinds import LOGS
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.asset_files import files_of
from tilewizard.tile.tile import MANIFEST, Tile, TileFile

from ..registry import Example, rule
from ..sources import LOG_PIPELINES, PUBLISHED_TILES
from .yaml_assets import unreadable, yaml_of

FOLDER = LOGS.home
_PATH = f"{FOLDER}/acme_widget.yaml"
_TESTS = f"{FOLDER}/acme_widget_tests.yaml"
_SOURCE = re.compile(r"^[ \t]*(?:query:|-)[^\n#]*?\bsource:\(?\"?([\w.\-]+)", re.MULTILINE)
"""A source in a filter, or in the tags that a test states."""
_STANDS_IN = "LOGS_SOURCE"
"""What tests write for the source, whichever it is."""


def log_files(tile: Tile, *, tests: bool) -> Iterator[TileFile]:
    """The pipelines of a tile, or the files of their tests."""
    for file in files_of(tile, LOGS):
        if bool(re.search(r"_tests\.ya?ml$", file.path)) == tests:
            yield file


def sources_of(tile: Tile) -> set[str]:
    """The sources that the tile's pipelines filter by, or are named after."""
    known: set[str] = set()
    for file in log_files(tile, tests=False):
        read = yaml_of(file)
        name, query = read.get("id"), read.get("pipeline", "filter", "query")
        known |= {name} if isinstance(name, str) and name else set()
        known |= set(re.findall(r"source:\(?\"?([\w.\-]+)", query)) if isinstance(query, str) else set()
    return known


@rule(
    "logs/form",
    step="logs",
    severity=Severity.ERROR,
    source=LOG_PIPELINES,
    why="Datadog builds the pipeline from this file; what can't be read can't be built.",
    form="The log pipeline can't be read: export it from Datadog again.",
    bad=Example(_PATH, "id: acme_widget\npipeline: [\n"),
)
def form(tile: Tile) -> Iterator[Problem]:
    """A log pipeline and its tests are YAML, a mapping without repeated keys."""
    for tests in (False, True):
        for file in log_files(tile, tests=tests):
            problem = unreadable(file)
            if problem is not None:
                yield problem


@rule(
    "logs/keys",
    step="logs",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Every published pipeline has an id and a pipeline, and its tests the same id and a list of tests.",
    form="Export the pipeline again with its id, and add at least one test with a sample line.",
    bad=Example(_TESTS, "id: acme_widget\ntests: []\n"),
)
def keys(tile: Tile) -> Iterator[Problem]:
    """A pipeline file has id and pipeline; its tests file has id and at least one test."""
    for tests in (False, True):
        for file in log_files(tile, tests=tests):
            read = yaml_of(file)
            if read.fault is not None or not read.keys:
                continue
            for key in ("id", "tests" if tests else "pipeline"):
                if not read.fills(key):
                    empty = key in read.keys
                    message = _("{key} is empty", key=key) if empty else _("{key} is missing", key=key)
                    yield Problem(message, file.path, offset=read.offset(key), hint=_("fill {key} in", key=key))


@rule(
    "logs/tests",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="Datadog runs the pipeline over the samples in its tests before it takes it.",
    form="Give every log pipeline a file of tests beside it, with sample lines.",
    bad=Example(_TESTS, None),
)
def tests_file(tile: Tile) -> Iterator[Problem]:
    """Every pipeline has a file of tests beside it, named after it, and no tests stand alone."""
    for file in log_files(tile, tests=False):
        stem, __, ending = file.path.rpartition(".")
        if not any(tile.file(f"{stem}_tests.{each}") for each in ("yaml", "yml")):
            yield Problem(
                _("{path} has no tests", path=quoted(file.path)),
                file.path,
                hint=_("add {stem}_tests.{ending}", stem=stem, ending=ending),
            )
    for file in log_files(tile, tests=True):
        stem = file.path.rpartition("_tests.")[0]
        if not any(tile.file(f"{stem}.{each}") for each in ("yaml", "yml")):
            hint = _("add the pipeline {stem}.yaml, or delete the tests", stem=stem)
            yield Problem(_("{path} tests no pipeline", path=quoted(file.path)), file.path, hint=hint)


@rule(
    "logs/id",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="The tests are run against the pipeline of the same id.",
    form="Give the pipeline and its tests the same id.",
    bad=Example(_TESTS, "id: another\ntests:\n  - sample: hello\n    result:\n      message: hello\n"),
)
def same_id(tile: Tile) -> Iterator[Problem]:
    """A pipeline and its tests have the same id."""
    for file in log_files(tile, tests=True):
        stem = file.path.rpartition("_tests.")[0]
        pipeline = tile.file(f"{stem}.yaml") or tile.file(f"{stem}.yml")
        if pipeline is None or pipeline.link is not None:
            continue
        mine, right = yaml_of(file).get("id"), yaml_of(pipeline).get("id")
        if isinstance(mine, str) and isinstance(right, str) and mine and right and mine != right:
            offset = yaml_of(file).offset("id")
            yield Problem(
                _("id is {mine}", mine=quoted(mine)),
                file.path,
                offset=offset,
                hint=_("write {right}, the pipeline's id", right=quoted(right)),
            )


@rule(
    "logs/source",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="The pipeline is applied to logs whose source it filters by; under another source they pass it by.",
    form="Name the source that the log pipeline filters by.",
    bad=Example(MANIFEST, {"assets": {"logs": {"source": "another_source"}}}),
    at=("/assets/logs/source",),
)
def source(tile: Tile) -> Iterator[Problem]:
    """assets.logs names the source that a pipeline of the tile filters by, or is named after."""
    known = sources_of(tile)
    said = tile.at("/assets/logs/source")
    if not known:
        return
    right = " or ".join(quoted(name) for name in sorted(known)[:4])
    if said is None:
        if isinstance(tile.at("/assets"), dict):
            hint = _('add "logs": {{"source": …}} with {right}', right=right)
            yield Problem(_("assets.logs names no source"), pointer="/assets/logs", hint=hint, severity=Severity.INFO)
    elif not isinstance(said, str) or said not in known:
        message = _("no pipeline of the tile is for the source {said}", said=quoted(said))
        yield Problem(
            message, pointer="/assets/logs/source", hint=_("write {right}, or mend the pipeline's filter", right=right)
        )


@rule(
    "logs/source-case",
    step="logs",
    severity=Severity.WARNING,
    source=LOG_PIPELINES,
    why="Datadog's sources and services are in small letters; under another spelling no pipeline is found.",
    form="Write the source of your logs in small letters.",
    bad=Example(_PATH, "id: acme_widget\npipeline:\n  filter:\n    query: source:Acme_Widget\n"),
    good=Example(_PATH, "id: acme_widget\npipeline:\n  filter:\n    query: source:acme_widget\n"),
)
def source_case(tile: Tile) -> Iterator[Problem]:
    """The source of logs is in small letters: in assets.logs, in a pipeline's filter, in its tests."""
    said = tile.text_at("/assets/logs/source")
    if said != said.lower():
        yield Problem(
            _("the source is {said}", said=quoted(said)),
            pointer="/assets/logs/source",
            hint=_("write {said}", said=quoted(said.lower())),
        )
    for tests in (False, True):
        for file in log_files(tile, tests=tests):
            found = [match for match in _SOURCE.finditer(file.text) if match[1] not in (match[1].lower(), _STANDS_IN)]
            if found:
                message, hint = (
                    _("the source is {found}", found=quoted(found[0][1])),
                    _("write {found}", found=quoted(found[0][1].lower())),
                )
                yield Problem(message, file.path, offset=found[0].start(1), hint=hint)
