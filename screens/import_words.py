"""The words in which the import of metrics tells what was read."""

from __future__ import annotations

from rich.text import Text
from tilewizard.importing.merging import Merged
from tilewizard.importing.rows import Guess, Reading
from tilewizard.language import _, ngettext
from tilewizard.quoting import visible

TITLES = {
    "metric_name": "name",
    "metric_type": "type",
    "unit_name": "unit",
    "per_unit_name": "per",
    "short_name": _("short name"),
}


def verdict(reading: Reading, merged: Merged, marked: int) -> str:
    """What was read, and what taking it would change, in one line."""
    counts = [
        _("{count} new", count=len(merged.added)),
        _("{count} changed", count=len(merged.changed)),
        _("{count} unchanged", count=len(merged.unchanged)),
    ]
    read = ngettext(
        "{count} metric read from {kind}", "{count} metrics read from {kind}", len(reading.imported), kind=reading.kind
    )
    some = _("; only the {marked} marked", marked=marked) if marked else ""
    wrong = (
        ngettext("; {count} fault, see below", "; {count} faults, see below", len(reading.faults))
        if reading.faults
        else ""
    )
    how = "" if marked or len(reading.imported) < 2 else _(" Space in the list marks those to take.")
    return f"{read}{some}: {', '.join(counts)}{wrong}.{how}"


def fault_line(reading: Reading, at: int) -> Text:
    """One fault of what was read, with its place."""
    fault = reading.faults[at]
    line, column = reading.place(fault)
    hint = f" — {fault.hint}" if fault.hint else ""
    return Text(
        visible(
            _(
                "line {line}{value}: {message}{hint}",
                line=line,
                value=f", {column}" if column > 1 else "",
                message=fault.message,
                hint=hint,
            )
        )
    )


def explain(text: Text, guess: Guess) -> None:
    """Say at the end of a text what was guessed, and why."""
    if text:
        text.append("; ")
    else:
        text.append(_("guessed: "), "bold")
    if guess.field in ("description", "short_name"):
        text.append(TITLES.get(guess.field, guess.field), "bold")
    else:
        text.append(f"{TITLES.get(guess.field, guess.field)} {visible(guess.value)}", "bold")
    text.append(_(", because {why}", why=visible(guess.why)))
