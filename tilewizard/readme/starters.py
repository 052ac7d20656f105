"""Text to start a README section with, by type and target; told apart from text that somebody has edited.

What must be replaced stands between ``«`` and ``»``: on the page it would be seen, in Markdown it means nothing, and
Datadog's validator takes both characters.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import Any

from ..answers.conditions import on_marketplace
from ..answers.derived_values import settled
from ..answers.model import OFFERINGS, Answers
from ..answers.paths import replaced
from ..authoring.templating import render
from ..field.vocabulary import TileType
from .data_collected import SERVICE_CHECKS, label_for

TEMPLATES = {
    "Overview": "overview",
    "Setup": "setup",
    "Uninstallation": "uninstallation",
    "Support": "support",
    "Troubleshooting": "troubleshooting",
}
"""The sections that there is starter text for, and the names of its templates."""
AGENT_DOCS = "https://docs.datadoghq.com/agent/"
"""Where the starter text sends people who have no Agent yet."""
GAP = re.compile("«[^«»\n]+»")
"""What is to be replaced."""
_WORDS = ("title", "vendor", "email", "directory", "prefix", "submitted", "queried", "agent", "endpoint")
"""What of the answers is put in; in a pattern a mark stands for each."""
_LONGEST = 200
"""Characters that one of them has at most."""


def starter(answers: Answers, title: str) -> str:
    """The starter text of a section, from the answers so far; empty where there is none for it."""
    name = TEMPLATES.get(title)
    return _rendered(name, _values(settled(answers))) if name else ""


def with_starter(answers: Answers, title: str) -> Answers:
    """The answers with the starter text in a section, and the links that it needs."""
    text = starter(answers, title)
    answers = replaced(answers, ("readme", title), text)
    label = label_for(answers.readme_links, AGENT_DOCS)
    if f"][{label}]" in text:
        answers = replaced(answers, ("readme_links",), {**answers.readme_links, label: AGENT_DOCS})
    return answers


def gaps(text: str) -> list[tuple[int, str]]:
    """Every place of a starter text that was not replaced yet, with its offset."""
    if "«" not in text:
        return []
    return [(match.start(), match.group()) for match in GAP.finditer(text) if match.group() in _known_gaps()]


def unedited(title: str, text: str) -> bool:
    """Whether a section's text is starter text as it was put in, whatever the answers were then."""
    if title not in TEMPLATES or not GAP.search(text):
        return False
    plain = " ".join(text.split())
    return any(_fits(plain, pattern) for pattern in _patterns(title))


def _values(answers: Answers) -> dict[str, Any]:
    return {
        **_shape(answers.type, answers.offering, sold=on_marketplace(answers)),
        "oauth": not answers.oauth_client.exception,
        "title": answers.listing.title or "«Product name»",
        "vendor": answers.author.name or "«Company name»",
        "email": answers.author.support_email or "«support address»",
        "directory": answers.listing.directory or "«directory»",
        "prefix": answers.metrics.prefix or "«prefix.»",
        "submitted": listed(answers.submits) or "«what it sends»",
        "queried": listed(answers.queries),
        "agent": label_for(answers.readme_links, AGENT_DOCS),
        "endpoint": answers.integration.endpoint or "«the address»",
    }


def _shape(tile_type: TileType, offering: str, *, sold: bool) -> dict[str, Any]:
    """What the templates branch on, but for what is queried and OAuth."""
    own = {"professional-service": "service", "ui-extension": "extension"}
    types = {TileType.DOGSTATSD: "dogstatsd", TileType.REST_API: "api", TileType.TILE_ONLY: "licence"}
    return {
        "kind": own.get(offering) or types.get(tile_type, "agent"),
        "openmetrics": tile_type == TileType.OPENMETRICS,
        "marketplace": sold,
    }


def listed(words: list[str]) -> str:
    """Words as one says them: ``metrics, events and service checks``."""
    plain = [word.replace("_", " ") for word in words]
    return " and ".join([", ".join(plain[:-1]), plain[-1]] if len(plain) > 1 else plain)


def _rendered(name: str, values: dict[str, Any]) -> str:
    text = render(f"starters/{name}.md.j2", **values)
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n")


def _mark(index: int) -> str:
    return chr(0xE000 + index)


_MARKS = re.compile(f"[{_mark(0)}-{_mark(len(_WORDS))}]")


@cache
def _texts(title: str) -> tuple[str, ...]:
    """Every starter text that a section can have, with marks for what comes from the answers."""
    marks: dict[str, Any] = {word: _mark(index) for index, word in enumerate(_WORDS)}
    every = [_shape(kind, offering, sold=sold) for kind, offering, sold in product(TileType, OFFERINGS, (False, True))]
    shapes = {tuple(shape.items()): shape for shape in every}.values()
    found = {
        _rendered(TEMPLATES[title], {**marks, **shape, "oauth": oauth, "queried": marks["queried"] if queries else ""})
        for shape, oauth, queries in product(shapes, (False, True), (False, True))
    }
    return tuple(sorted(found))


@cache
def _patterns(title: str) -> tuple[tuple[str, ...], ...]:
    """The fixed parts of each of them, in order; what stands between two may be anything short."""
    return tuple(tuple(_MARKS.split(" ".join(text.split()))) for text in _texts(title))


@cache
def _known_gaps() -> frozenset[str]:
    own = {
        SERVICE_CHECKS,
        "«Product name»",
        "«Company name»",
        "«support address»",
        "«directory»",
        "«prefix.»",
        "«what it sends»",
    }
    return frozenset(own | {gap for title in TEMPLATES for text in _texts(title) for gap in GAP.findall(text)})


def _fits(text: str, parts: tuple[str, ...]) -> bool:
    """Whether a text is the fixed parts in their order, with something short between them."""
    if not text.startswith(parts[0]):
        return False
    if len(parts) == 1:
        return text == parts[0]
    at = len(parts[0])
    for part in parts[1:-1]:
        found = text.find(part, at, at + len(part) + _LONGEST)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(parts[-1]) and 0 <= len(text) - len(parts[-1]) - at <= _LONGEST
