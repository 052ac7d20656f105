"""Whatever stands on a screen is marked, or is no text of ours."""

from __future__ import annotations

import re
from functools import cache

import pytest
from tilewizard.publishing.requirements import REQUIREMENTS
from tilewizard.rules.registry import all_rules

from tests.conftest import quick_first
from tests.screens.test_snapshots import LOG, MATERIAL, README, TESTED, WAYS

from .test_language import said

RUN = "from tilewizard.language import speak; speak('qps'); from tests.language.every_screen import main; main()"
NAMES = {
    "what Datadog's site and its form for listings call their parts": (
        *("Integration", "Marketplace", "Overview", "Configuration", "Uninstallation", "Support", "Setup", "Pricing"),
        *("Type", "Tags", "Submit", "Scopes", "Monitors", "Dashboards", "Images", "Name", "Content", "Data", "Metrics"),
        *("Cloud", "Log", "Collection", "Automation", "Data Collected"),
    ),
    "the agreement that is read": ("End-user licence agreement of Acme Corp",),
    "systems": ("Linux", "Windows", "macOS"),
    "ids, as they are written into the tile": (
        *("sum", "min", "max", "avg", "count", "rate", "gauge", "resolve", "default", "image", "video", "integration"),
        *("marketplace", "prometheus", "dogstatsd", "free", "sold", "unit", "second", "type"),
    ),
    "typed, picked or opened on the way": (
        *(
            "Datadogy",
            "Acme Widgetx",
            "See the",
            "Write to",
            "Latency is high",
            "query alert",
            "Request latency is high",
        ),
        *(
            "Acme",
            "Requests",
            "What every widget does",
            "next to the rest of your stack. See the",
            "next to the rest of your stack. See the [1",
        ),
    ),
    "themes and the program": (
        "plum",
        "moss",
        "harbor",
        "nord",
        "monokai",
        "gruvbox",
        "flexoki",
        "dracula",
        "tilewizard",
    ),
}
"""What may stand outside of the marks, by the reason."""
WIDGETS = {
    "Static#diff": "what is written",
    "Static#hand-words": "what is written into the pull request",
    "MarkdownParagraph": "the README",
}
"""Widgets that show nothing of ours, by the reason."""
FORMS = (
    r"(Ctrl|Alt|Shift|Esc|Tab|Enter)(\+\S+)?",  # A key.
    r"\S*[\w)}][./:_{=@+-]\S*|\S*[./_{}#@]\S*",  # A path, an address, a name with its parts, a variable.
    r"[a-z]+-(parser|remapper|processor) .*",  # A processor of a pipeline and its name, which are written.
    r"avg\(.*",  # A query.
    r"[\w.]+ = .*",  # An attribute of a log and its value.
    r".*x{20,}",  # What was typed in order to be wrong.
)


@cache
def data() -> str:
    """What was typed, pasted or opened, and the sources of rules and requirements, which are told as they are."""
    files = "\n".join(path.read_text() for path in MATERIAL.iterdir() if path.suffix in (".yaml", ".json", ".svg"))
    sources = "\n".join([*(rule.source for rule in all_rules()), *(each.source for each in REQUIREMENTS)])
    return " ".join("\n".join([files, README, LOG, TESTED, sources]).split())


def given(words: str) -> bool:
    """Whether words stand in what was given, whole."""
    return bool(re.search(rf"(?<!\w){re.escape(' '.join(words.split()))}(?!\w)", data()))


def excepted(piece: str) -> bool:
    """Whether a text outside of the marks is none of ours."""
    bare = re.sub(r"│|^[\W\d_]+|[\s,:;*·(“”]+$", "", piece.replace("X▌", "")).strip()
    if not bare or given(bare) or given(bare.rstrip(")…")) or any(re.fullmatch(form, bare) for form in FORMS):
        return True
    named = {name for names in NAMES.values() for name in names}
    parts = [part.strip(" ,:·*()“”…│[].12") for part in re.split(r"\s{2,}|, | · |: | → |\d ", bare)]
    return all(
        not part or part in named or given(part) or any(re.fullmatch(form, part) for form in FORMS) for part in parts
    ) or all(any(re.fullmatch(form, word) for form in (*FORMS, r"[\W\d]*")) or word in named for word in bare.split())


@pytest.mark.slow
@pytest.mark.parametrize("name", quick_first(["listing", *(each for each in WAYS if each != "listing")]))
def test_every_text_of_a_screen_is_marked(name: str) -> None:
    *found, last = [line.split("\t", 1) for line in said(RUN, name).splitlines()] or [["nothing"]]
    assert last == [name, "seen"], last
    assert [line for line in found if line[0] not in WIDGETS and not excepted(line[1])] == []


@pytest.mark.parametrize("piece", ["Add a row", "Rule:", "number", "peak", "▐X▌ yes", "to mend: 3", "Open"])
def test_a_text_of_ours_is_no_exception(piece: str) -> None:
    assert not excepted(piece)
