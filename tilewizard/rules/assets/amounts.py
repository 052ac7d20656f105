"""How many assets of a kind a listing takes."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.field.asset_kinds import DASHBOARDS, DETECTION_RULES, MONITORS
from tilewizard.language import _
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.asset_files import files_of
from tilewizard.tile.tile import Tile

from ..registry import Example, rule
from ..sources import PLATFORM_CONTENT

_MOST = 10
_RULE = '{{"name": "Login {}", "message": "x", "queries": [], "cases": []}}'


_TOO_MANY = {
    DASHBOARDS: _("there are {count} dashboards, and the Developer Platform takes {most}"),
    MONITORS: _("there are {count} monitors, and the Developer Platform takes {most}"),
    DETECTION_RULES: _("there are {count} detection rules, and the Developer Platform takes {most}"),
}


@rule(
    "assets/many",
    step="dashboards",
    severity=Severity.INFO,
    source=PLATFORM_CONTENT,
    why="The Developer Platform's form takes ten of each; whoever publishes by it must choose.",
    form="Keep the ten that matter most: the Developer Platform takes no more of a kind.",
    bad=Example(
        "assets/security/login_0.json",
        _RULE.format(0),
        shown="eleven detection rules in assets/security",
        also={f"assets/security/login_{number}.json": _RULE.format(number) for number in range(1, _MOST + 1)},
    ),
)
def many(tile: Tile) -> Iterator[Problem]:
    """A tile has at most ten dashboards, ten monitors and ten detection rules."""
    for kind, words in _TOO_MANY.items():
        files = list(files_of(tile, kind))
        if len(files) > _MOST:
            message = words.format(count=len(files), most=_MOST)
            yield Problem(message, files[_MOST].path, hint=_("keep those that matter most"))
