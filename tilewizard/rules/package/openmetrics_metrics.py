"""Whether metadata.csv lists what the package's OpenMetrics check sends, by the names and types that it arrives with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tilewizard.field.openmetrics import ARRIVES, PARTS
from tilewizard.language import _, ngettext
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import MANIFEST, METADATA, Tile

from ..assets.json_assets import setting
from ..metrics.metadata_cells import HEADER, MOST
from ..metrics.metadata_cells import table as metadata
from ..registry import Example, rule
from ..sources import OPENMETRICS_MAPPING
from .openmetrics_map import FIXTURE, CheckMap, Mapped, families_of_row, map_of
from .project import package_name

_FOLDER = "datadog_checks/acme_corp_acme_widget"
_CODE = """from datadog_checks.base import OpenMetricsBaseCheckV2

from .metrics import METRICS


class AcmeWidgetCheck(OpenMetricsBaseCheckV2):
    __NAMESPACE__ = 'acme_widget'
    DEFAULT_METRIC_LIMIT = 0

    def get_default_config(self):
        return {'metrics': [METRICS]}
"""
_PACKAGE = {
    f"{_FOLDER}/check.py": _CODE,
    f"{_FOLDER}/metrics.py": "METRICS = {'requests': 'requests', 'wait': 'wait'}\n",
    FIXTURE: "# TYPE requests_total counter\nrequests_total 1\n# TYPE wait summary\nwait_sum 1\nwait_count 1\n",
}
_DESCRIBED = ",,,,Of the widget.,0,acme_widget,,\n"
_SHOWS = "/assets/integration/metrics/check"
_ROWS = ("requests.count,count", "wait.sum,count", "wait.count,count")


def _table(*rows: str) -> Example:
    lines = "".join(f"acme_widget.{row}{_DESCRIBED}" for row in rows)
    return Example(METADATA, f"{HEADER}\n{lines}", shown=lines, also=_PACKAGE)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A row that can't be as it is: the family it is of, what would be right in which column, if that is known."""

    row: int
    family: Mapped
    column: str = ""
    right: str = ""


def _faults(tile: Tile, check: CheckMap) -> Iterator[_Fault]:
    document = metadata(tile)
    known = {family.name: family for family in check.families}
    for index, record in enumerate(document.rows if document else ()):
        name, kind = record.get("metric_name", ""), record.get("metric_type", "")
        told = [_judged(index, kind, family, end) for family, end in families_of_row(name, known)]
        if told and all(told) and kind:
            yield next(filter(None, told))


def _judged(row: int, kind: str, family: Mapped, end: str) -> _Fault | None:
    """What is wrong with a row of a type that is a family's by that end; None when nothing is, or it can't be known."""
    arrives = ARRIVES.get(family.type)
    if arrives is None:
        if end:
            return None if PARTS[end] == kind else _Fault(row, family, "metric_type", PARTS[end])
        return None if kind == "gauge" else _Fault(row, family)
    if end in arrives:
        return None if arrives[end] == kind else _Fault(row, family, "metric_type", arrives[end])
    if family.type == "counter":
        return _Fault(row, family, "metric_name", f"{family.name}.count")
    return _Fault(row, family)


@rule(
    "package/openmetrics-row",
    step="metrics",
    severity=Severity.ERROR,
    source=OPENMETRICS_MAPPING,
    why="The metric never arrives as it is listed: customers look for it in vain, and the package's own tests fail.",
    form="Write the metric as Datadog's OpenMetrics check sends it: a counter's name ends in .count.",
    bad=_table("requests,count", *_ROWS[1:]),
    good=_table(*_ROWS),
    mends=True,
)
def openmetrics_row(tile: Tile) -> Iterator[Problem]:
    """Each row has the name and type with which the OpenMetrics check sends it: counters end in .count, and so do parts of histograms and summaries."""
    check = map_of(tile, package_name(tile))
    document = metadata(tile)
    if check is None or document is None:
        return
    names = {record.get("metric_name", "") for record in document.rows}
    for fault in list(_faults(tile, check))[:MOST]:
        record = document.rows[fault.row]
        yield _problem(fault, record["metric_name"], record["metric_type"], names)


def _problem(fault: _Fault, name: str, kind: str, names: set[str]) -> Problem:
    right, arrives = fault.right, _arrives(fault.family)
    at = f"/{fault.row}/{fault.column or 'metric_name'}"
    if fault.column == "metric_name":
        message = _("the OpenMetrics check sends {name} as {right}", name=quoted(name), right=quoted(right))
        if right in names:
            form = _("Remove this row: {right} is listed.", right=quoted(right))
            return Problem(
                message, METADATA, at, hint=_("take this row away: {right} is listed", right=right), form=form
            )
        form = _("Write {right}: the OpenMetrics check puts .count behind every counter.", right=quoted(right))
        fix = _renaming(name, right)
        return Problem(message, METADATA, at, hint=_("write {right}", right=right), form=form, fix=fix)
    if fault.column:
        message = _(
            "the OpenMetrics check sends {name} as a {right}, not as a {kind}",
            name=quoted(name),
            right=right,
            kind=kind,
        )
        form = _("Choose {right}: so the OpenMetrics check sends this metric.", right=right)
        fix = _setting(name, "metric_type", right)
        return Problem(message, METADATA, at, hint=_("write {right}", right=right), form=form, fix=fix)
    if arrives:
        message = _(
            "the OpenMetrics check sends no {kind} {name}: it is a {type}",
            kind=kind,
            name=quoted(name),
            type=fault.family.type,
        )
        form = _("List {arrives} instead: so the OpenMetrics check sends it.", arrives=quoted(arrives, 200))
        return Problem(message, METADATA, at, hint=_("list {arrives}", arrives=arrives), form=form)
    message = _("the OpenMetrics check sends no {kind} {name}", kind=kind, name=quoted(name))
    hint = _("write {name}.count for a counter, or gauge for a level", name=name)
    form = _("Write {value} if this only ever grows, else choose gauge.", value=quoted(f"{name}.count"))
    return Problem(message, METADATA, at, hint=hint, form=form)


def _arrives(family: Mapped) -> str:
    """The metrics that a family arrives as, as words; empty where its type isn't known."""
    return ", ".join(f"{family.name}{end}" for end in family.sent or ARRIVES.get(family.type, ()))


def _setting(name: str, column: str, value: str) -> Fix:
    def fix(tile: Tile) -> Tile:
        document = metadata(tile)
        for index, record in enumerate(document.rows if document else ()):
            if document is not None and record.get("metric_name") == name:
                return tile.with_text(METADATA, document.with_cell(index, column, value).text)
        return tile

    return fix


def _renaming(name: str, right: str) -> Fix:
    """The row gets its right name, and so does what names it in the manifest: the metric that shows that data arrives."""

    def fix(tile: Tile) -> Tile:
        renamed = _setting(name, "metric_name", right)(tile)
        value = tile.at(_SHOWS)
        places = (
            {f"{_SHOWS}/{at}": each for at, each in enumerate(value)} if isinstance(value, list) else {_SHOWS: value}
        )
        for pointer, each in places.items():
            if each == name:
                renamed = setting(MANIFEST, pointer, right)(renamed)
        return renamed

    return fix


@rule(
    "package/openmetrics-listed",
    step="metrics",
    severity=Severity.WARNING,
    source=OPENMETRICS_MAPPING,
    why="What is sent and not listed nobody finds, what is listed and not sent everybody misses; the package's own tests fail.",
    form="List what the check sends, each metric in a row, and nothing else.",
    bad=_table(*_ROWS[:2]),
    good=_table(*_ROWS),
)
def openmetrics_listed(tile: Tile) -> Iterator[Problem]:
    """What the OpenMetrics check sends of the exposition of its tests has a row each, and each row is of a metric of its map."""
    check = map_of(tile, package_name(tile))
    document = metadata(tile)
    if check is None or document is None:
        return
    rows = {record.get("metric_name", ""): index for index, record in reversed(list(enumerate(document.rows)))}
    told = {fault.family.source for fault in _faults(tile, check)}
    problems = [*_unlisted(check, rows, told), *_unsent(check, rows)]
    yield from problems[:MOST]
    if len(problems) > MOST:
        yield Problem(
            ngettext(
                "and {count} more metric of which this is true",
                "and {count} more metrics of which this is true",
                len(problems) - MOST,
            ),
            METADATA,
            hint=_("list them alike"),
        )


def _unlisted(check: CheckMap, rows: dict[str, int], told: set[str]) -> Iterator[Problem]:
    for family in check.families:
        names = {f"{family.name}{end}": ARRIVES[family.type][end] for end in family.sent}
        beside = next((rows[name] for name in names if name in rows), None)
        for name, kind in names.items() if family.source not in told else ():
            if name not in rows:
                at = "" if beside is None else f"/{beside}/metric_name"
                form = _(
                    "Add a row for {name}, a {kind}: the check sends it with this one.", name=quoted(name), kind=kind
                )
                yield Problem(
                    _("the check sends {name}, which is not listed", name=quoted(name)),
                    METADATA,
                    at,
                    hint=_("add its row, a {kind}", kind=kind),
                    form=form,
                )


def _unsent(check: CheckMap, rows: dict[str, int]) -> Iterator[Problem]:
    if not check.whole or not check.families:
        return
    known = {family.name: family for family in check.families}
    for name, index in rows.items():
        if name.startswith(f"{check.namespace}.") and not any(families_of_row(name, known)):
            hint = _("add it to the map in {path}, or take the row away", path=check.path)
            form = _("Add this metric to the map of the check's code, or remove the row: nothing sends it.")
            yield Problem(
                _("nothing in the check's map sends {name}", name=quoted(name)),
                METADATA,
                f"/{index}/metric_name",
                hint=hint,
                form=form,
            )
