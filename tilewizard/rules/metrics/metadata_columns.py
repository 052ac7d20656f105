"""The form of metadata.csv: its columns, and a cell for each of them in every row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tilewizard.field.vocabulary import Target, nearest, vocabulary
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import METADATA, Tile

from ..registry import Example, rule
from ..sources import INTEGRATION_ASSETS, PLATFORM_METADATA, VALIDATE_METADATA
from .metadata_cells import HEADER, MOST, table


@rule(
    "metadata/form",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="A row with too many or too few cells puts values in the wrong columns.",
    form="The list of metrics can't be read here: each row needs as many cells as the header.",
    bad=Example(METADATA, f"{HEADER}\nacme_widget.requests,count\n", shown="acme_widget.requests,count"),
)
def form(tile: Tile) -> Iterator[Problem]:
    """metadata.csv is CSV with a header, and every row has as many cells as the header."""
    file = tile.file(METADATA)
    for fault in file.csv.faults[:MOST] if file is not None else ():
        yield Problem(
            _("metadata.csv {message}", message=fault.message), METADATA, offset=fault.offset, hint=fault.hint
        )


@rule(
    "metadata/columns",
    step="metrics",
    severity=Severity.ERROR,
    source=VALIDATE_METADATA,
    why="Datadog reads the columns by their names.",
    form="Use Datadog's columns and no others for the list of metrics.",
    bad=Example(
        METADATA, HEADER.replace("orientation,", "") + "\nacme_widget.requests,count,,request,,It.,acme_widget,r,\n"
    ),
    mends=True,
)
def columns(tile: Tile) -> Iterator[Problem]:
    """metadata.csv has Datadog's columns, no others."""
    document = table(tile)
    if document is None:
        return
    wanted: list[str] = vocabulary()["metadata_columns"]
    lost = [name for name in wanted if document.column(name) is None]
    strange = [name for name in dict.fromkeys(document.header) if name not in wanted][:MOST]
    meant = {name: near for name in strange if (near := nearest(name[:100], lost))}
    for name in wanted:
        if document.column(name) is None and name != "sample_tags":
            default = "0" if name == "orientation" else ""
            yield Problem(
                _("the column {name} is missing", name=name),
                METADATA,
                offset=0,
                hint=_("add it after {wanted}", wanted=wanted[wanted.index(name) - 1])
                if wanted.index(name)
                else _("add it first"),
                # A column under a wrong name is given its name; another one would stand empty beside it.
                fix=None if name in meant.values() else _adding(name, default),
            )
    for name in document.header:
        if name not in wanted:
            near = meant.get(name) or nearest(name, wanted)
            hint = (
                _("did you mean {near}?", near=near)
                if near
                else _("the columns are {wanted}", wanted=", ".join(wanted))
            )
            yield Problem(
                _("there is no column {name}", name=quoted(name)),
                METADATA,
                offset=document.offset(-1, name),
                hint=hint,
                fix=_naming(name, near) if near and list(meant.values()).count(near) == 1 and name in meant else None,
            )


def _naming(name: str, right: str) -> Callable[[Tile], Tile]:
    def fix(tile: Tile) -> Tile:
        document = table(tile)
        if document is None or document.column(name) is None or document.column(right) is not None:
            return tile
        return tile.with_text(METADATA, document.with_cell(-1, name, right).text)

    return fix


def _adding(name: str, default: str) -> Callable[[Tile], Tile]:
    def fix(tile: Tile) -> Tile:
        document = table(tile)
        if document is None or document.column(name) is not None:
            return tile
        wanted: list[str] = vocabulary()["metadata_columns"]
        before = [each for each in wanted[: wanted.index(name)] if document.column(each) is not None]
        text = document.with_column(name, after=before[-1] if before else None, default=default).text
        return tile.with_text(METADATA, text)

    return fix


@rule(
    "metadata/order",
    step="metrics",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=INTEGRATION_ASSETS,
    why="The reference gives the columns in one order; whoever reads two lists side by side relies on it.",
    form="Put the columns into Datadog's order.",
    bad=Example(METADATA, f"{HEADER.replace('metric_name,metric_type', 'metric_type,metric_name')}\ncount,acme_widget.requests,,,,It.,0,acme_widget,r,\n"),
)  # fmt: skip
def column_order(tile: Tile) -> Iterator[Problem]:
    """The columns of metadata.csv stand in the order of Datadog's reference."""
    document = table(tile)
    known: list[str] = vocabulary()["metadata_columns"]
    found = [name for name in document.header if name in known] if document else []
    right = [name for name in known if name in found]
    if document and len(set(found)) == len(found) and found != right:
        name = next(one for one, other in zip(found, right, strict=True) if one != other)
        message = _("the column {name} is out of order", name=name)
        yield Problem(
            message, METADATA, offset=document.offset(-1, name), hint=_("the order is {right}", right=", ".join(right))
        )


@rule(
    "metadata/short-name",
    step="metrics",
    severity=Severity.INFO,
    source=PLATFORM_METADATA,
    why="The short name stands beside the integration's own; with it, it is cut off before what tells metrics apart.",
    form="Leave the integration's name out of a metric's short name: requests, not acme requests.",
    bad=Example(METADATA, f"{HEADER}\nacme_widget.requests,count,,,,It.,0,acme_widget,acme widget requests,\n"),
    good=Example(METADATA, f"{HEADER}\nacme_widget.requests,count,,,,It.,0,acme_widget,requests,\n"),
)
def short_name(tile: Tile) -> Iterator[Problem]:
    """A short_name doesn't begin with the integration's name before other words."""
    document = table(tile)
    if document is None or document.column("short_name") is None:
        return
    names = {_words(name) for name in (tile.text_at("/tile/title"), tile.stated(_TYPE_NAME))} - {()}
    first = "|".join(r"[\W_]+".join(name) for name in sorted(names))
    begins = re.compile(rf"[\W_]*(?:{first})[\W_]+[^\W_]").match
    cells = (record.get("short_name") for record in document.rows)
    found = [index for index, cell in enumerate(cells) if cell and names and begins(cell.lower())]
    if found:
        count, value = len(found), document.rows[found[0]].get("short_name")
        message = _(
            "short names that begin with the integration's name: {count}, the first {value}",
            count=count,
            value=quoted(value),
        )
        yield Problem(message, METADATA, f"/{found[0]}/short_name", hint=_("begin with what is measured"))


_TYPE_NAME = "/assets/integration/source_type_name"


def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", name.lower()))
