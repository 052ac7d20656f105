"""The variables of a monitor's message, and what is wrong with how they are put: blocks that don't close, names unknown to Datadog.

The grammar is that of "Variables" in Datadog's documentation: ``{{value}}``, ``{{host.name}}``, ``{{#is_alert}}…{{/is_alert}}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tilewizard.language import _

from ..field.monitors import HELPERS

VARIABLES = {
    "value": _("the value that made it alert"),
    "threshold": _("the alert threshold"),
    "warn_threshold": _("the warning threshold"),
    "ok_threshold": _("the value at which it recovered"),
    "comparator": _("how the value stands to the threshold"),
    "first_triggered_at": _("when it triggered first, UTC"),
    "first_triggered_at_epoch": _("the same, in milliseconds"),
    "last_triggered_at": _("when it triggered last, UTC"),
    "last_triggered_at_epoch": _("the same, in milliseconds"),
    "triggered_duration_sec": _("seconds since it triggered"),
}
"""The variables of a message that stand for a value of the monitor ("Variables" of Datadog's documentation)."""
BLOCKS = {
    "is_alert": _("a text when it alerts"),
    "is_warning": _("a text when it warns"),
    "is_recovery": _("a text when it is over"),
    "is_alert_recovery": _("a text when an alert is over"),
    "is_warning_recovery": _("a text when a warning is over"),
    "is_alert_to_warning": _("a text when an alert becomes a warning"),
    "is_no_data": _("a text when nothing is sent any more"),
    "is_no_data_recovery": _("a text when data comes again"),
    "is_renotify": _("a text when it notifies again"),
    "is_match": _("a text when a tag holds a text"),
    "is_exact_match": _("a text when a tag is a text"),
    "is_priority": _("a text when it has a priority"),
    "is_unknown": _("a text when its state is unknown"),
}
"""The conditions of a message: what stands between ``{{#…}}`` and ``{{/…}}`` is sent then."""
_LONGEST = 20_000
_SPAN = re.compile(r"\{\{\{?\s*(?P<sign>[#^/]?)(?P<words>[^{}]*?)\s*\}\}")
_TAG = re.compile(r"@?(?:\[[^\]]+\]|[\w\-/]+)")
_GROUP = re.compile(r"\s+by\s*\{([^{}]*)\}", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """Something wrong with a message.

    Attributes:
        kind: ``open`` (a block that isn't closed), ``closed`` (one that wasn't opened), ``unknown`` (a name), ``ungrouped`` (a
            variable of a tag that the monitor isn't grouped by), ``braces`` (braces that don't close).
        name: the block's or the variable's, as it is written.
    """

    kind: str
    name: str


def faults_in(message: str, query: str | None) -> Iterator[Fault]:
    """What is wrong with the variables of a message.

    Args:
        message: of the monitor.
        query: of a monitor of metrics; None for another, whose groups nobody can tell from its query.
    """
    if len(message) > _LONGEST:
        return
    rest = _SPAN.sub(" ", message)
    if "{{" in rest:
        yield Fault("braces", rest[rest.index("{{") :].split("\n")[0][:40])
    open_blocks: list[str] = []
    groups = None if query is None else groups_of(query)
    for found in _SPAN.finditer(message):
        sign, words = found["sign"], found["words"].strip()
        name = words.split()[0] if words else ""
        if sign in ("#", "^"):
            if name not in BLOCKS:
                yield Fault("unknown", f"{sign}{name}")
            open_blocks.append(name)
        elif sign == "/":
            if name in open_blocks:
                while open_blocks.pop() != name:
                    pass
            else:
                yield Fault("closed", name)
        else:
            yield from _of_variable(name, words, groups)
    for name in dict.fromkeys(open_blocks):
        yield Fault("open", name)


def _of_variable(name: str, words: str, groups: list[str] | None) -> Iterator[Fault]:
    if name in VARIABLES or name in HELPERS:
        return
    tag = _TAG.match(name)
    rest = name[tag.end() :] if tag is not None else name
    if tag is None or not rest.startswith("."):
        yield Fault("unknown", words)
        return
    key = tag[0].removeprefix("@").strip("[]")
    # Of a host every tag can be told; events, logs and the like bring fields of their own.
    known = groups is None or key in groups or "host" in groups or key in ("host", "event", "log", "span", "rum")
    if not known or (key == "host" and groups is not None and "host" not in groups):
        yield Fault("ungrouped", words)


def groups_of(query: str) -> list[str]:
    """The tags that a query of metrics is grouped by, in any of its parts."""
    tags = (part.strip() for found in _GROUP.finditer(query) for part in found[1].split(","))
    return list(dict.fromkeys(tag for tag in tags if tag))


def variables_for(query: str | None) -> list[tuple[str, str]]:
    """The variables and blocks that a message of a monitor can have, most wanted first, each with what it stands for.

    A block has a ``\\n`` where its text goes.

    Args:
        query: of a monitor of metrics; None for another.
    """
    tags = groups_of(query) if query is not None else []
    found = [("{{value}}", VARIABLES["value"]), ("{{threshold}}", VARIABLES["threshold"])]
    found += [(f"{{{{{_braced(tag)}.name}}}}", _("the {tag} that it is about", tag=tag)) for tag in tags]
    found += [(f"{{{{#{name}}}}}\n{{{{/{name}}}}}", when) for name, when in BLOCKS.items() if _plain(name)]
    return found + [(f"{{{{{name}}}}}", what) for name, what in VARIABLES.items() if name not in ("value", "threshold")]


def _plain(block: str) -> bool:
    """Whether a block goes without arguments."""
    return block not in ("is_match", "is_exact_match", "is_priority")


def _braced(tag: str) -> str:
    return f"[{tag}]" if "." in tag else tag
