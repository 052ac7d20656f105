"""Metrics from what a product exposes: Prometheus text or OpenMetrics, read by prometheus_client's parsers.

How Datadog's OpenMetrics check (the Agent's, version 2) names and types what it reads is Datadog's "Mapping Prometheus
Metrics to Datadog Metrics": a counter arrives as ``.count``, a histogram as ``.bucket``, ``.count`` and ``.sum``, a summary
as ``.count``, ``.sum`` and ``.quantile``. Families of other types are left out by the check unless its configuration
gives them one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tilewizard.answers.telemetry import MetricRow
from tilewizard.errors import Fault
from tilewizard.field.names import normalized_metric
from tilewizard.field.openmetrics import ARRIVES, TYPED
from tilewizard.field.vocabulary import vocabulary
from tilewizard.language import _
from tilewizard.quoting import quoted

from .rows import Cancelled, Guess, Imported, Reading, Reason, never, unique
from .units import unit_of_name, unit_of_word

if TYPE_CHECKING:
    from prometheus_client import Metric

OPENMETRICS = "OpenMetrics"
PROMETHEUS = _("Prometheus text")
_ABOUT = re.compile(r'#[ \t]*(HELP|TYPE|UNIT)[ \t]+("(?:[^"\\]|\\.)*"|\S+)(?:[ \t]+(.*))?')
_LETTER = re.compile(r"[A-Za-z0-9]")
_BREAKS = str.maketrans("._", "  ")
_SAMPLE = re.compile(r'[^\s{"#]+|\{\s*"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True)
class _Part:
    """One of the metrics that a family arrives as."""

    end: str
    type: str
    told: str = ""
    """What is added to the family's description."""
    measures: bool = True
    """Whether it has the family's unit: a number of observations has none."""


_SAID = {
    ".bucket": (_("observations by bucket"), False),
    ".count": (_("number of observations"), False),
    ".sum": (_("sum of observations"), True),
    ".quantile": ("quantiles", True),
}
_PARTS = {
    family: tuple(
        _Part(end, ARRIVES[family][end], *(_SAID.get(end, ()) if len(ARRIVES[family]) > 1 else ()))
        for end in ARRIVES[family]
    )
    for family in TYPED
}
_NAMED = {"gaugehistogram": _("a gauge histogram"), "info": _("an info metric"), "stateset": _("a state set")}


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a family's comments and samples, with their offsets."""

    name: str
    line: int
    lines: list[str]
    offsets: list[int]
    unit: str = ""


def read_exposition(text: str, prefix: str = "", *, cancelled: Cancelled = never) -> Reading:
    """The metrics that Datadog's OpenMetrics check would send for an exposition.

    Args:
        text: Prometheus text or OpenMetrics.
        prefix: what the metrics' names start with, a dot at its end.
        cancelled: asked before each family; what was read by then is returned.
    """
    openmetrics = _is_openmetrics(text)
    faults: list[Fault] = []
    imported, twice = unique(_imported(text, openmetrics, _Rows(prefix), faults, cancelled))
    faults = sorted([*faults, *twice], key=lambda fault: fault.offset)
    return Reading(OPENMETRICS if openmetrics else PROMETHEUS, text, tuple(imported), tuple(faults))


def _imported(
    text: str, openmetrics: bool, rows: _Rows, faults: list[Fault], cancelled: Cancelled
) -> Iterator[tuple[Imported, int]]:
    """The metrics, each with the offset of its family; what is wrong is put to the faults."""
    seen: set[str] = set()
    for block in _blocks(text):
        if cancelled():
            return
        families, wrong = _read(block, openmetrics)
        faults += wrong
        for family in families:
            if family.name in seen:
                continue  # Its samples go on further below.
            seen.add(family.name)
            offset = block.offsets[0]
            if _native(family):
                message = _(
                    "{family} is a native histogram, at which the Agent's check breaks down", family=quoted(family.name)
                )
                faults.append(Fault(offset, message, _("expose it with classic buckets"), "name"))
                continue
            made = rows.of(family, block)
            if not made:
                message = _("{family} has no name that Datadog could store", family=quoted(family.name))
                faults.append(Fault(offset, message, _("it is left out"), "name"))
            for each in made:
                yield each, offset


def families_of(text: str) -> list[Metric]:
    """The families of an exposition, each once, in its order; what can't be read is left out."""
    openmetrics = _is_openmetrics(text)
    found: dict[str, Metric] = {}
    for block in _blocks(text):
        for family in _read(block, openmetrics)[0]:
            if not _native(family):
                found.setdefault(family.name, family)
    return list(found.values())


def _is_openmetrics(text: str) -> bool:
    return re.search(r"^# (?:EOF\s*$|UNIT )", text, re.MULTILINE) is not None


# -- lines


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    offset = 0
    for number, line in enumerate(text.split("\n"), 1):
        plain = line.strip()
        comment = plain[:1] == "#"
        about = _ABOUT.match(plain) if comment else None
        if about or (plain and not comment):
            name = about[2].strip('"') if about else _sample_name(plain)
            if block is not None and (name == block.name or (not comment and name.startswith(f"{block.name}_"))):
                block.lines.append(plain)
                block.offsets.append(offset)
            else:
                if block is not None:
                    yield block
                block = _Block(name, number, [plain], [offset])
            if about and about[1] == "UNIT":
                block.unit = about[3] or ""
        offset += len(line) + 1
    if block is not None:
        yield block


def _sample_name(line: str) -> str:
    found = _SAMPLE.match(line)
    return (found[1] or found[0]) if found else line


# -- families


def _read(block: _Block, openmetrics: bool) -> tuple[list[Metric], list[Fault]]:
    """The families of some lines; without the lines that break them."""
    families = _parsed(block.lines, openmetrics)
    if isinstance(families, list) and len(families) < 2:
        return families, []
    # A part of a text, or a careless exporter: names of the other form, which makes one family of them.
    other = _parsed(block.lines, not openmetrics)
    if isinstance(other, list) and len(other) == 1 and other[0].type != "unknown":
        return other, []
    if isinstance(families, list):
        return families, []
    wrong = [_fault_of(*each) for each in zip(block.offsets, block.lines, strict=True)]
    faults = [fault for fault in wrong if fault is not None]
    good = [line for line, fault in zip(block.lines, wrong, strict=True) if fault is None]
    families = _parsed(good, openmetrics)
    if isinstance(families, list):
        return families, faults
    # Each line is right, the family isn't: its comments still say what it is.
    comments = [each for each in good if each.startswith("#")]
    message = _("the family {block} is not whole: {families}", block=quoted(block.name), families=_shown(families))
    faults.append(Fault(block.offsets[0], message, _("its name, type and help are taken all the same"), "family"))
    older = _parsed(comments or good, False)
    return older if isinstance(older, list) else [], faults


def _parsed(lines: list[str], openmetrics: bool) -> list[Metric] | str:
    """The families, or what the library says against the lines."""
    parse_prometheus, parse_openmetrics = _parsers()
    try:
        if openmetrics:
            return list(parse_openmetrics([*lines, "# EOF"])) if lines else []
        return list(parse_prometheus(lines))
    except Exception as error:  # The parsers slice and look up as they go: a broken line raises whatever that raises.
        return str(error) or _("it can't be read")


@cache
def _parsers() -> tuple[Callable[[Any], Iterable[Metric]], Callable[[Any], Iterable[Metric]]]:
    """The library's parsers of Prometheus text and of OpenMetrics; they read any lines, not files alone."""
    from prometheus_client.openmetrics.parser import text_fd_to_metric_families as parse_openmetrics
    from prometheus_client.parser import text_fd_to_metric_families as parse_prometheus

    return parse_prometheus, parse_openmetrics


def _fault_of(offset: int, text: str) -> Fault | None:
    said = _parsed([text], False) if not text.startswith("# UNIT ") else []
    if isinstance(said, list):
        return None
    what = _("a comment") if text.startswith("#") else _("a sample")
    return Fault(
        offset,
        _("{text} is no line that can be read as {what}: {said}", text=quoted(text), what=what, said=_shown(said)),
        _("it is left out"),
    )


def _shown(message: str) -> str:
    return quoted(message, 80)[1:-1]


# -- rows


class _Rows:
    """Makes the rows of families below a prefix; what all of them share is made once."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._start = f"{normalized_metric(prefix.replace('.', '_'))}_" if prefix else ""
        """The prefix's own spelling with underscores."""
        self._types: dict[str, str] = {}
        self._reasons: dict[tuple[Reason, ...], tuple[Reason, ...]] = {}
        self._words = _("these are the name's words")

    def of(self, family: Metric, block: _Block) -> list[Imported]:
        """A row for each metric that the family arrives as; none where Datadog could not store its name."""
        stem, renamed = self._name(family.name)
        below = stem.removeprefix(self._prefix)
        if not _LETTER.search(below):
            return []
        why_type = self._types.get(family.type) or self._types.setdefault(family.type, _why_type(family.type))
        unit, why_unit = _unit(family, block.unit if family.name == block.name else "")
        parts = _PARTS.get(family.type, _PARTS["gauge"])
        made = []
        for part in parts:
            if not _sent(family, part):
                continue
            reasons: list[Reason] = [*renamed, ("metric_type", why_type, "")]
            values = {"metric_name": f"{stem}{part.end}", "metric_type": part.type, "source": family.name}
            if unit and part.measures:
                values["unit_name"] = unit
                reasons.append(("unit_name", why_unit, ""))
            values["description"], told = description(family.documentation, part.told)
            values["short_name"] = _short(f"{below}{part.end}" if len(parts) > 1 else below)
            reasons += [(each.field, each.why, "") for each in told]
            reasons.append(("short_name", self._words, ""))
            whole = tuple(reasons)
            made.append(Imported(MetricRow(**values), block.line, self._reasons.setdefault(whole, whole)))
        return made

    def _name(self, family: str) -> tuple[str, tuple[Reason, ...]]:
        """The family's name in Datadog, below the prefix, and why it is another than its own."""
        prefix, start = self._prefix, self._start
        below = family[len(start) :] if start and len(family) > len(start) and family.startswith(start) else family
        name = normalized_metric(f"{prefix}{below}")
        if below != family:
            why = _("the prefix stands for {start}, as with raw_metric_prefix: {start} in the check", start=start)
        elif name != f"{prefix}{below}":
            why = _("so Datadog stores {prefix}{below}", prefix=prefix, below=below)
        else:
            return name, ()
        return name, (("metric_name", why, name),)


def sent_of(family: Metric) -> list[str]:
    """The ends of the metrics that the check sends for a family's samples."""
    return [part.end for part in _PARTS.get(family.type, ()) if _sent(family, part)]


def _sent(family: Metric, part: _Part) -> bool:
    """Whether the check sends that part: only buckets with a bound are, and other parts where there are some."""
    if not family.samples:
        return True
    if part.end == ".bucket":
        return any(not each.labels.get("le", "+Inf").lower().endswith("inf") for each in family.samples)
    if part.end == ".quantile":
        return any("quantile" in each.labels for each in family.samples)
    counted = family.type in ("histogram", "summary")
    return not counted or any(each.name.endswith(part.end.replace(".", "_")) for each in family.samples)


def _native(family: Metric) -> bool:
    """Whether a family has samples of a native histogram, which come without labels of their own."""
    return any(each.labels is None for each in family.samples)


def _why_type(type_: str) -> str:
    if type_ in _PARTS:
        return _("it is a {type}", type=type_)
    what = _("it is {named}", named=_NAMED[type_]) if type_ in _NAMED else _("no type is given")
    return _("{what}, which the check leaves out unless its configuration says gauge", what=what)


def _unit(family: Metric, written: str) -> tuple[str, str]:
    unit = family.unit or written
    known = unit_of_word(unit) if unit else None
    if known is not None:
        # A moment is no duration, though both are counted in seconds.
        moment = unit_of_name(family.name) if known == "second" else None
        return (
            (moment[0], _("its name ends in _{moment}", moment=moment[1]))
            if moment
            else (known, _("its UNIT is {unit}", unit=unit))
        )
    if unit:
        return "", ""
    found = unit_of_name(family.name)
    return (found[0], _("its name ends in _{found}", found=found[1])) if found else ("", "")


def description(text: str, part: str = "") -> tuple[str, list[Guess]]:
    """A description that metadata.csv can hold: one line, no ``|``, at most 400 characters, cut between words.

    Args:
        text: the HELP.
        part: which part of the family it is about.
    """
    limit: int = vocabulary()["metadata_max_description"]
    plain = " ".join(text.split())
    changes = []
    if "|" in plain:
        plain = plain.replace("|", "/")
        changes.append(_("a | may not stand in it"))
    end = f" ({part})" if part and plain else ""
    if end and plain.endswith("."):
        plain, end = plain[:-1], f"{end}."
    if len(plain) + len(end) > limit:
        plain = f"{_cut(plain, limit - len(end) - 3)}..."
        changes.append(_("its HELP is longer than {limit} characters", limit=limit))
    if end:
        changes.append(_("it is one part of a family: {part}", part=part))
    whole = f"{plain}{end}"
    return whole, [Guess("description", whole, " and ".join(changes))] if changes else []


def _cut(text: str, limit: int) -> str:
    short = text[: limit + 1]
    return short[: short.rfind(" ")].rstrip(" ,;:") if " " in short else text[:limit]


def _short(name: str) -> str:
    return " ".join(name.translate(_BREAKS).split())
