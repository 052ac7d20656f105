"""Which column of a table holds what: by its heading, or by what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tilewizard.field.names import is_normalized_metric
from tilewizard.field.vocabulary import vocabulary
from tilewizard.language import _

from .rows import Guess
from .units import unit_of_word

SPARE = ""
"""The name under which the last column is kept when its heading is none of metadata.csv's."""
_COLUMNS: tuple[str, ...] = tuple(vocabulary()["metadata_columns"])
_HEADINGS = {
    "metric": "metric_name", "name": "metric_name", "type": "metric_type", "unit": "unit_name", "units": "unit_name",
    "per_unit": "per_unit_name", "per": "per_unit_name", "help": "description", "short": "short_name",
    "curated": "curated_metric", "tags": "sample_tags",
} | {name: name for name in _COLUMNS}  # fmt: skip


def columns_of_header(cells: Sequence[str]) -> dict[str, int]:
    """From metadata.csv's names to places, when the cells are headings; else nothing.

    They are when one names the metric, or two name other columns. Upper case, spaces and dashes don't matter.
    """
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = _HEADINGS.get("_".join(cell.casefold().replace("-", " ").replace("_", " ").split()))
        if name is not None:
            found.setdefault(name, at)
    if "metric_name" not in found and len(found) < 2:
        return {}
    return found | ({SPARE: len(cells) - 1} if len(cells) - 1 > max(found.values()) else {})


def columns_by_content(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], tuple[Guess, ...]]:
    """From metadata.csv's names to places, for rows under no header, and what that rests on.

    As many columns as metadata.csv has are taken in its order. Fewer are told by what they hold: names and types, units,
    numbers; the longest texts are descriptions.
    """
    width = max(map(len, rows))
    if width in (len(_COLUMNS) - 1, len(_COLUMNS)):
        why = _("there is no header, and there are {width} columns as in metadata.csv", width=width)
        return {name: at for at, name in enumerate(_COLUMNS[:width])}, (Guess("metric_name", _("column 1"), why),)
    found: dict[str, int] = {}
    guesses = []
    columns = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    for at, cells in enumerate(columns):
        name, why = _told(cells, found)
        if name:
            found[name] = at
            guesses.append(Guess(name, _("column {place}", place=at + 1), _("there is no header, and {why}", why=why)))
    texts = [at for at in range(width) if at not in found.values() and columns[at]]
    if texts and "metric_name" in found:
        at = max(texts, key=lambda each: sum(map(len, columns[each])))
        found["description"] = at
        guesses.append(
            Guess(
                "description",
                _("column {place}", place=at + 1),
                _("there is no header, and it holds the longest texts"),
            )
        )
    return found | ({SPARE: width - 1} if found and width - 1 > max(found.values()) else {}), tuple(guesses)


def _told(cells: Sequence[str], found: dict[str, int]) -> tuple[str, str]:
    """The name of a column that holds some cells, and the reason."""
    lists = vocabulary()
    if not cells:
        return "", ""
    if "metric_name" not in found and _most(is_normalized_metric(cell) for cell in cells):
        return "metric_name", _("it is the first that holds names")
    if "metric_type" not in found and all(cell.casefold() in (*lists["metric_types"], "counter") for cell in cells):
        return "metric_type", _("it holds types")
    for name in ("unit_name", "per_unit_name"):
        if name not in found and _most(unit_of_word(cell) is not None for cell in cells):
            return name, _("it holds units")
    if "orientation" not in found and all(cell in lists["orientations"] for cell in cells):
        return "orientation", _("it holds -1, 0 and 1 alone")
    if "interval" not in found and all(cell.isascii() and cell.isdigit() for cell in cells):
        return "interval", _("it holds whole numbers")
    return "", ""


def _most(fits: Iterable[bool]) -> bool:
    told = list(fits)
    return sum(told) * 2 > len(told)
