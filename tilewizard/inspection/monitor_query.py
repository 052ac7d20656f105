"""A metric monitor's query in its parts: ``avg(last_5m):avg:acme.requests{env:prod} by {host} > 100``.

The grammar is that of "Create a monitor" in Datadog's API reference: how the points of the window are taken together, the
window, how the series are, the metric, the scope, the groups, functions, the comparison, the threshold. Of a query that holds
more (arithmetic, forecasts, anomalies, several metrics) only what stands around that is taken apart, and the expression is one part;
any other query is a text, and is left as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PARTS = ("over", "window", "across", "metric", "scope", "by", "functions", "comparison", "threshold")
"""The parts of a query of one metric, in their order."""
OUTER = ("over", "window", "expression", "comparison", "threshold")
"""The parts of one that holds an expression."""
EVERYTHING = "*"
"""The scope of everything that sends the metric."""

_BEGIN = r"(\s*)(?P<over>avg|sum|min|max)(\()(?P<window>\w*)(\):\s*)"
_END = r"(\s*)(?P<comparison>>=|<=|==|!=|>|<)(\s*)(?P<threshold>[^\s<>=!]*)(\s*)"
_METRIC = (
    r"(?P<across>\w+)(:)(?P<metric>[\w.]*)(\{)(?P<scope>[^{}]*)(\})(?P<by>\s+by\s+\{[^{}]*\})?"
    r"(?P<functions>(?:\.\w+\([^()]*\))*)"
)
_FORMS = tuple(re.compile(_BEGIN + each + _END, re.ASCII | re.DOTALL) for each in (_METRIC, r"(?P<expression>.*\S)"))
_LONGEST = 4_000
_GROUPS = re.compile(r"\s+by\s+\{([^{}]*)\}")
_LAST = "last_"
_WINDOW = re.compile(r"\d+\w*")


@dataclass(frozen=True)
class MonitorQuery:
    """A query, taken apart so that changing a part leaves every other character of it.

    Attributes:
        pieces: texts and parts in turn; all of them together are the query.
        places: of each part among the pieces; :data:`PARTS`, or :data:`OUTER`.
    """

    pieces: tuple[str, ...]
    places: dict[str, int]

    @property
    def text(self) -> str:
        """The query as it is written."""
        return "".join(self.pieces)

    def part(self, name: str) -> str:
        """A part as one reads it: the window without ``last_``, the tags of ``by`` by commas.

        Args:
            name: one of :attr:`places`.
        """
        raw = self.pieces[self.places[name]]
        if name == "window":
            return raw.removeprefix(_LAST) if _WINDOW.fullmatch(raw.removeprefix(_LAST)) else raw
        if name == "by":
            found = _GROUPS.fullmatch(raw)
            return ", ".join(tags_in(found[1])) if found else ""
        return raw

    def raw(self, name: str) -> str:
        """A part as it is written: ``last_5m``."""
        return self.pieces[self.places[name]]

    def with_part(self, name: str, value: str) -> MonitorQuery:
        """The query with another part; with the same one it stays as it is, to the blank.

        Args:
            name: one of :attr:`places`.
            value: as :meth:`part` gives it.
        """
        if value == self.part(name):
            return self
        raw = value.strip()
        if name == "window" and _WINDOW.fullmatch(raw):
            raw = _LAST + raw
        elif name == "by":
            raw = f" by {{{','.join(tags_in(raw))}}}" if tags_in(raw) else ""
        elif name == "scope":
            raw = raw or EVERYTHING
        pieces = list(self.pieces)
        pieces[self.places[name]] = raw
        return MonitorQuery(tuple(pieces), self.places)


def taken_apart(query: str) -> MonitorQuery | None:
    """The parts of a query; None when it is only to be had as a text."""
    for form in _FORMS if len(query) <= _LONGEST else ():
        found = form.fullmatch(query)
        if found is not None:
            places = {name: number - 1 for name, number in form.groupindex.items()}
            return MonitorQuery(tuple(each or "" for each in found.groups()), places)
    return None


def tags_in(text: str) -> list[str]:
    """The tags of a list by commas, each once: ``"host, env,"`` gives ``["host", "env"]``."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
