"""Classifier tags: the shelves and filters of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tilewizard.field.vocabulary import known_tags, nearest, tag_values
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example, rule
from ..sources import INTEGRATION_ASSETS, REVIEW, UI_EXTENSIONS, VALIDATE_MANIFEST

POINTER = "/tile/classifier_tags"
TAGS_MAX = 60
"""Tags that a nearest spelling is looked for; a tile has a dozen, and each search takes half a millisecond."""
KINDS = ("Category", "Offering", "Queried Data Type", "Submitted Data Type", "Supported OS")
_TOLD_ELSEWHERE = frozenset(
    ("altostra", "hasura_cloud", "openai", "sqreen", "jmeter", "databricks", "docker_daemon", "ecs_fargate",
     "cassandra_nodetool", "kafka_consumer", "kubernetes", "pan_firewall")
)  # fmt: skip
"""Directories whose logs are told of elsewhere; Datadog's validator passes them by (datadog-checks-dev, logs category)."""
_FOLDED = {
    "Category::Data Store": "Category::Data Stores",
    "Category::IOT": "Category::IoT",
    "Category::Mainframe": "Category::Mainframes",
    "Category::Notification": "Category::Notifications",
    "Category::OS System": "Category::OS & System",
    "Supported OS::Mac OS": "Supported OS::macOS",
}
"""Documented spellings that published tiles no longer use, and the ones they use."""


def _replacing(old: str, new: str) -> Callable[[Tile], Tile]:
    def fix(tile: Tile) -> Tile:
        tags: list[Any] = []
        for tag in tile.list_at(POINTER):
            changed = new if tag == old else tag
            if changed not in tags:
                tags.append(changed)
        return tile.with_text(MANIFEST, tile.manifest.with_value(POINTER, tags).text)

    return fix


_BLANK = re.compile(r"<[^<>]{2,300}>|FILL[ _-]?IN|TODO|\bTBD\b")
"""What templates carry in the place of a tag."""


def _dropping(tag: str) -> Callable[[Tile], Tile]:
    def fix(tile: Tile) -> Tile:
        place = next((index for index, each in enumerate(tile.list_at(POINTER)) if each == tag), None)
        return tile if place is None else tile.with_text(MANIFEST, tile.manifest.without(f"{POINTER}/{place}").text)

    return fix


@rule(
    "tags/unknown",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="Datadog refuses a tag that its lists don't have.",
    form="Choose from the list: the catalogue doesn't know this one.",
    bad=Example(
        MANIFEST, {"tile": {"classifier_tags": ["Category::Clod", "Offering::Integration", "Supported OS::Linux"]}}
    ),
    at=(POINTER,),
    mends=True,
)
def unknown(tile: Tile) -> Iterator[Problem]:
    """Every classifier tag is one of Datadog's lists, spelled as there."""
    known = known_tags()
    for index, tag in enumerate(tile.list_at(POINTER)):
        at = f"{POINTER}/{index}"
        if not isinstance(tag, str):
            yield Problem(
                _("tag {tag} is no text", tag=quoted(tag)),
                pointer=at,
                hint=_('write a text such as "Category::Metrics"'),
            )
            continue
        if tag in known:
            continue
        if _BLANK.search(tag):
            hint = _("write a tag of Datadog's lists, or take it away")
            yield Problem(
                _("{tag} was left to be filled in", tag=quoted(tag)), pointer=at, hint=hint, fix=_dropping(tag)
            )
            continue
        right = _right(tag[:100]) if index < TAGS_MAX else None
        hint = (
            _("did you mean {right}?", right=right)
            if right
            else _("a tag is one of {kinds}", kinds=", ".join(f"{kind}::…" for kind in KINDS))
        )
        yield Problem(
            _("{tag} is in no list of classifier tags", tag=quoted(tag)),
            pointer=at,
            hint=hint,
            form=_(
                "The catalogue doesn't know {tag}: choose {right}.",
                tag=quoted(_value(tag)),
                right=quoted(_value(right)),
            )
            if right
            else "",
            fix=_replacing(tag, right) if right and _sure(tag, right) else None,
        )


def _right(tag: str) -> str | None:
    """The tag of the lists that is meant: of its own kind, else of the kind that has its value, else the nearest."""
    kind, separator, value = tag.partition("::")
    if not separator:
        kind, __, value = tag.rpartition(":")
    kind, value = kind.strip(), value.strip()
    own = kind if kind in KINDS else nearest(kind, KINDS) if kind else None
    near = nearest(value, tag_values(own)) if own else None
    if near is not None and near.casefold() == value.casefold():
        return f"{own}::{near}"
    if own and 0 < len(value) < 4:  # So short a text is like anything.
        full = {f"{own}::{each}" for each in tag_values(own) if value.casefold() in each.casefold().split()}
        words = {_FOLDED.get(each, each) for each in full}
        if len(words) == 1:
            return words.pop()
    for other in KINDS:
        same = next((each for each in tag_values(other) if each.casefold() == value.casefold()), None)
        if same is not None:
            return f"{other}::{same}"
    if own:  # Whole tags of one kind are alike by that kind alone.
        return f"{own}::{near}" if near else None
    return nearest(tag, tuple(known_tags()))


def _sure(tag: str, right: str) -> bool:
    """Whether only one answer is right: letters of case, spaces and punctuation apart they are the same, or nearly."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, tag.casefold(), right.casefold()).ratio() > 0.9


@rule(
    "tags/old-spelling",
    step="listing",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Datadog's documentation still lists these spellings; every published tile uses the newer ones.",
    form="Choose this anew: the catalogue has given up this spelling.",
    bad=Example(
        MANIFEST,
        {"tile": {"classifier_tags": ["Category::Data Store", "Offering::Integration", "Supported OS::Linux"]}},
    ),
    at=(POINTER,),
    mends=True,
)
def old_spelling(tile: Tile) -> Iterator[Problem]:
    """No classifier tag has a spelling that published tiles have given up."""
    for index, tag in enumerate(tile.list_at(POINTER)):
        new = _FOLDED.get(tag) if isinstance(tag, str) else None
        if new:
            yield Problem(
                _("{tag} is an old spelling", tag=quoted(tag)),
                pointer=f"{POINTER}/{index}",
                hint=_("write {new}", new=new),
                form=_("Choose {new}: {tag} is its old name.", new=quoted(_value(new)), tag=quoted(_value(tag))),
                fix=_replacing(tag, new),
            )


@rule(
    "tags/duplicate",
    step="listing",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A tag that stands twice is an oversight that reviewers send back.",
    form="Choose this once: it is there twice.",
    bad=Example(
        MANIFEST,
        {
            "tile": {
                "classifier_tags": [
                    "Category::Cloud",
                    "Category::Cloud",
                    "Offering::Integration",
                    "Supported OS::Linux",
                ]
            }
        },
    ),
    at=(POINTER,),
    mends=True,
)
def duplicate(tile: Tile) -> Iterator[Problem]:
    """No classifier tag stands twice."""
    seen: set[str] = set()
    for index, tag in enumerate(tile.list_at(POINTER)):
        if not isinstance(tag, str):
            continue
        if tag in seen:
            yield Problem(
                _("{tag} stands twice", tag=quoted(tag)),
                pointer=f"{POINTER}/{index}",
                hint=_("take one away"),
                fix=_replacing(tag, tag),
            )
        seen.add(tag)


_QUESTIONS = {"Category": "listing.categories", "Offering": "offering", "Supported OS": "listing.supported_os"}
"""The questions behind the kinds of tags that there must be."""


@rule(
    "tags/missing",
    step="listing",
    severity=Severity.WARNING,
    source=INTEGRATION_ASSETS,
    why="Without a category, an offering and a system, customers who filter the catalogue don't find the tile.",
    form="Choose at least one of these.",
    bad=Example(MANIFEST, {"tile": {"classifier_tags": ["Category::Cloud"]}}),
    at=tuple(_QUESTIONS.values()),
)
def missing(tile: Tile) -> Iterator[Problem]:
    """There is at least one Category, Offering and Supported OS tag."""
    if tile.at(POINTER) is None:
        return
    kinds = {tag.partition("::")[0] for tag in tile.list_at(POINTER) if isinstance(tag, str)}
    for kind in ("Category", "Offering", "Supported OS"):
        if kind not in kinds:
            yield Problem(
                _("there is no {kind} tag", kind=kind),
                pointer=POINTER,
                hint=_("add one such as {kind}::{kind2}", kind=kind, kind2=tag_values(kind)[0]),
                form=_("Choose at least one, such as {kind}.", kind=tag_values(kind)[0]),
                question=_QUESTIONS[kind],
            )


@rule(
    "tags/log-collection",
    step="logs",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="The category promises customers that logs are collected; the README must say how.",
    form="Tell in the README how logs are collected, or untick the category for logs.",
    bad=Example(
        MANIFEST, {"tile": {"classifier_tags": ["Offering::Integration", "Category::Cloud", "Supported OS::Linux"]}}
    ),
    at=("listing.categories",),
    mends=True,
)
def log_collection(tile: Tile) -> Iterator[Problem]:
    """Category::Log Collection goes with a README heading “Log collection” or “Logs”, and the other way round."""
    if tile.at(POINTER) is None or tile.name in _TOLD_ELSEWHERE:
        return
    tagged, told = "Category::Log Collection" in tile.list_at(POINTER), _tells_of_logs(tile)
    if tagged and not told:
        yield Problem(
            _("the category Log Collection is there, and the README doesn't tell how logs are collected"),
            pointer=POINTER,
            hint=_("add a heading “### Log collection” to README.md, or take Category::Log Collection away"),
            form=_(
                "Tell how logs are collected, under a heading “Log collection”: the tile is listed as collecting logs."
            ),
            question="readme",
        )
    elif told and not tagged:
        yield Problem(
            _("the README has a heading on logs, and the category is missing"),
            pointer=POINTER,
            hint=_("add Category::Log Collection"),
            form=_("Choose the category Log Collection: the README tells of logs."),
            question="listing.categories",
            fix=adding("Category::Log Collection"),
        )


def _tells_of_logs(tile: Tile) -> bool:
    readme = tile.file("README.md")
    text = readme.text.lower() if readme is not None else ""
    if "# log collection" in text or "# logs" in text:
        return True
    # The validator knows one example, that of the check which is named as the directory.
    file = tile.file(f"datadog_checks/{tile.name}/data/conf.yaml.example")
    return file is not None and "# logs:" in file.text


def adding(tag: str) -> Callable[[Tile], Tile]:
    """A fix that adds a tag, a category behind the last one."""

    def fix(tile: Tile) -> Tile:
        tags = tile.list_at(POINTER)
        if tag in tags:
            return tile
        alike = [i for i, each in enumerate(tags) if isinstance(each, str) and each.startswith("Category::")]
        place = alike[-1] + 1 if alike else len(tags)
        new = [*tags[:place], tag, *tags[place:]]
        return tile.with_text(MANIFEST, tile.manifest.with_value(POINTER, new).text)

    return fix


@rule(
    "tags/log-pipeline",
    step="logs",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Logs that no pipeline parses arrive as plain lines.",
    form="Add a log pipeline in the step Logs, or untick the category for logs.",
    bad=Example("assets/logs/acme_widget.yaml", None, also={"assets/logs/acme_widget_tests.yaml": None}),
    at=("listing.categories", "logs.pipeline"),
    mends=True,
)
def log_pipeline(tile: Tile) -> Iterator[Problem]:
    """Category::Log Collection goes with a log pipeline in assets/logs, and the other way round."""
    tagged = "Category::Log Collection" in tile.list_at(POINTER)
    pipeline = bool(tile.under("assets/logs", ".yaml", ".yml"))
    if tagged and not pipeline:
        yield Problem(
            _("there is the category Log Collection and no log pipeline"),
            pointer=POINTER,
            hint=_("add the pipeline below assets/logs; Datadog's Logs team helps with it"),
            form=_("Add a log pipeline: the tile is listed as collecting logs."),
            question="logs.pipeline",
            severity=Severity.INFO,
        )
    elif pipeline and not tagged and tile.at(POINTER) is not None:
        yield Problem(
            _("there is a log pipeline and no category for it"),
            pointer=POINTER,
            hint=_("add Category::Log Collection"),
            form=_("Choose the category Log Collection: there is a log pipeline."),
            question="listing.categories",
            fix=adding("Category::Log Collection"),
        )


@rule(
    "tags/ui-extension",
    step="type",
    severity=Severity.INFO,
    source=UI_EXTENSIONS,
    why="UI Extensions no longer run in Datadog: who filters by the tag looks for what is not there any more.",
    form="Say what the offering is today: UI Extensions were discontinued on 2025-03-31.",
    bad=Example(
        MANIFEST, {"tile": {"classifier_tags": ["Category::Cloud", "Offering::UI Extension", "Supported OS::Linux"]}}
    ),
    at=("offering",),
    since="2025-03-31",
)
def ui_extension(tile: Tile) -> Iterator[Problem]:
    """No tile offers a UI Extension any more: they were discontinued on 2025-03-31."""
    for index, tag in enumerate(tile.list_at(POINTER)):
        if tag == "Offering::UI Extension":
            yield Problem(
                _("UI Extensions were discontinued on 2025-03-31"),
                pointer=f"{POINTER}/{index}",
                hint=_("say what the offering is today: Offering::Integration where data is exchanged"),
            )


def _value(tag: str) -> str:
    """What a tag says, without its kind."""
    return tag.rpartition("::")[2]
