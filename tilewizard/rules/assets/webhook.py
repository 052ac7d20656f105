"""The webhook configuration, ``assets/webhook_config.json``: what makes Datadog's tab with the intake's address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.field.asset_kinds import WEBHOOK as KIND
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import README, Tile, TileFile

from ..registry import Example, rule
from ..sources import WEBHOOK
from .json_assets import removing, setting, unreadable
from .logs import sources_of

_SAMPLE = {"type": "url", "source": "acme_widget"}
_PICKER = re.compile(r"\{\{<\s*integration-api-key-picker\b[^}]{0,100}>\}\}")
_SHORTCODE = "{{< integration-api-key-picker >}}"


def _file(tile: Tile) -> TileFile | None:
    file = tile.file(KIND.home)
    return file if file is not None and file.link is None else None


def _object(tile: Tile) -> dict[str, object] | None:
    file = _file(tile)
    value = file.json.value if file is not None and not file.json.broken else None
    return value if isinstance(value, dict) else None


@rule(
    "webhook/form",
    step="review",
    severity=Severity.ERROR,
    source=WEBHOOK,
    why="Datadog makes the tab with the address for webhooks from this file; what can't be read makes none.",
    form="Write the webhook configuration again: the file can't be read.",
    bad=Example(KIND.home, '{"type": '),
)
def form(tile: Tile) -> Iterator[Problem]:
    """The webhook configuration is a JSON object."""
    file = _file(tile)
    problem = unreadable(file, KIND.called) if file is not None else None
    if problem is not None:
        yield problem


@rule(
    "webhook/keys",
    step="review",
    severity=Severity.WARNING,
    source=WEBHOOK,
    why="The published form is of these two keys; the address that customers copy is made of them.",
    form="Say in the webhook configuration that it is an address, and the source of your logs.",
    bad=Example(KIND.home, {"type": "webhook", "source": "acme_widget"}),
    good=Example(KIND.home, _SAMPLE),
    mends=True,
)
def keys(tile: Tile) -> Iterator[Problem]:
    """The webhook configuration has the type url, a source, and nothing else."""
    value = _object(tile)
    if value is None:
        return
    if value.get("type") != "url":
        said = quoted(value["type"]) if value.get("type") else "missing"
        yield Problem(
            _("type is {said}", said=said),
            KIND.home,
            "/type",
            hint=_("write url"),
            fix=setting(KIND.home, "/type", "url"),
        )
    if not isinstance(value.get("source"), str) or not value["source"]:
        yield Problem(_("source is missing"), KIND.home, "/source", hint=_("write the source of the logs that arrive"))
    for key in value:
        if key not in _SAMPLE:
            at = f"/{key.replace('~', '~0').replace('/', '~1')}"
            fix = removing(KIND.home, at)
            yield Problem(
                _("unknown key {key}", key=quoted(key)), KIND.home, at, key=True, hint=_("take it away"), fix=fix
            )


@rule(
    "webhook/source",
    step="review",
    severity=Severity.WARNING,
    source=WEBHOOK,
    why="What arrives at the address gets this source; a pipeline for another source passes it by.",
    form="Name in the webhook configuration the source that your log pipeline is for.",
    bad=Example(KIND.home, {**_SAMPLE, "source": "another_source"}),
    good=Example(KIND.home, _SAMPLE),
    mends=True,
)
def source(tile: Tile) -> Iterator[Problem]:
    """The source of the webhook configuration is one that the tile's log pipelines are for."""
    value, known = _object(tile), sources_of(tile)
    said = value.get("source") if value is not None else None
    if isinstance(said, str) and said and known and said not in known:
        right = sorted(known)
        hint = _("write {right}", right=" or ".join(quoted(each) for each in right[:4]))
        fix = setting(KIND.home, "/source", right[0]) if len(right) == 1 else None
        message = _("no log pipeline of the tile is for the source {said}", said=quoted(said))
        yield Problem(message, KIND.home, "/source", hint=hint, fix=fix)


@rule(
    "webhook/setup",
    step="readme",
    severity=Severity.INFO,
    source=WEBHOOK,
    why="Customers choose a key there and copy the address; one without the other shows them nothing.",
    form="Let Setup show where customers choose the key for the webhook's address.",
    bad=Example(KIND.home, _SAMPLE),
    good=Example(
        KIND.home,
        _SAMPLE,
        also={README: f"# Acme Widget\n\n## Overview\n\nWidgets.\n\n## Setup\n\n1. {_SHORTCODE}\n\n## Uninstallation\n\n"
              "1. Take it away.\n\n## Support\n\nWrite to support@acme.example.\n"},
    ),
)  # fmt: skip
def setup(tile: Tile) -> Iterator[Problem]:
    """A webhook configuration goes with the shortcode integration-api-key-picker in README.md, and the other way round."""
    readme = tile.file(README)
    picker = _PICKER.search(readme.text) if readme is not None else None
    if _file(tile) is not None and readme is not None and picker is None:
        yield Problem(
            _("README.md has no choice of the key for the webhook"),
            README,
            hint=_("add {shortcode} to Setup", shortcode=_SHORTCODE),
        )
    elif _file(tile) is None and picker is not None:
        hint = _('add {home} with {{"type": "url", "source": …}}', home=KIND.home)
        message = _("README.md shows the choice of a key, and there is no {home}", home=KIND.home)
        yield Problem(message, README, offset=picker.start(), hint=hint)
