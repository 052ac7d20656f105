"""What README.md's setup names of the package: its own name, its folder of configuration, its options."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from tilewizard.inspection.agent_spec import SPEC
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import README, Tile

from ..package.config_fields import config_fields
from ..package.project import PROJECT, package_name
from ..package.spec import GOOD
from ..registry import Example, rule
from ..sources import AGENT_INSTALL, REVIEW
from .readme import LINES_MAX, _changed, _section_at, document
from .readme_commands import installed_packages, plain_name

_CLOSE = 0.8
"""How alike two names are, by difflib, before one is taken for a slip of the other."""
_CODE = {"datadog_checks/acme_corp_acme_widget/check.py": "", "hatch.toml": ""}


def _has_package(tile: Tile) -> bool:
    return tile.has(PROJECT) or any(tile.under("datadog_checks", ".py"))


def _at(tile: Tile, message: str, start: int, hint: str, fix: Fix | None = None) -> Problem:
    readme = document(tile)
    section = _section_at(readme, start) if readme else ""
    return Problem(message, README, f"/{section}" if section else "", offset=start, hint=hint, fix=fix)


def _writing(pattern: re.Pattern[str], wrong: str, right: str) -> Fix:
    """A mend that writes another name wherever a pattern's name is the wrong one."""

    def fix(tile: Tile) -> Tile:
        readme = document(tile)
        text = readme.text if readme is not None else ""
        for match in reversed([each for each in pattern.finditer(text) if each["name"] == wrong]):
            text = f"{text[: match.start('name')]}{right}{text[match.end('name') :]}"
        return tile if readme is None or text == readme.text else tile.with_text(README, text)

    return fix


def _installing(name: str) -> Example:
    readme = _changed("1. Install it.", f"1. Run `datadog-agent integration install -t {name}==1.0.0`.")
    return replace(
        readme, also={**_CODE, PROJECT: '[project]\nname = "datadog-acme-corp-acme-widget"\nversion = "1.0.0"\n'}
    )


@rule(
    "readme/install-package",
    step="readme",
    severity=Severity.WARNING,
    source=AGENT_INSTALL,
    why="Who copies the command installs another package, or meets an error.",
    form="Name your own package in the command that installs it.",
    bad=_installing("datadog-acme-gadget"),
    good=_installing("datadog-acme_corp_acme_widget"),
)
def install_package(tile: Tile) -> Iterator[Problem]:
    """The package that `datadog-agent integration install` in README.md names is the tile's own, as pyproject.toml calls it."""
    readme = document(tile)
    if readme is None or not _has_package(tile):
        return
    right = _project_name(tile) or f"datadog-{tile.name}"
    own = {
        plain_name(each) for each in (tile.name, right, tile.text_at("/app_id"), tile.text_at("/assets/integration/id"))
    }
    for match in islice(installed_packages(readme.text), LINES_MAX):
        if plain_name(match["name"]) not in own:
            message = _(
                "the command installs {match}, and the tile's package is {right}",
                match=quoted(match["name"]),
                right=quoted(right),
            )
            yield _at(tile, message, match.start("name"), _("write {right}", right=right))


def _project_name(tile: Tile) -> str:
    file = tile.file(PROJECT)
    try:
        name = tomllib.loads(file.text).get("project", {}).get("name", "") if file is not None else ""
    except (tomllib.TOMLDecodeError, RecursionError, AttributeError):
        return ""
    return name if isinstance(name, str) else ""


_FOLDER = re.compile(r"\bconf\.d[/\\](?P<name>[A-Za-z][\w-]{0,99})\.d\b", re.ASCII)
_CHECK = re.compile(
    r"\b(?:datadog-)?agent(?:\.exe\"?)?[ \t]+check[ \t]+(?P<name>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?=[`\s\"']|$)", re.ASCII
)


def _named(text: str) -> Example:
    return replace(_changed("1. Install it.", f"1. {text}"), also=_CODE)


@rule(
    "readme/check-name",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="The Agent looks for a check's configuration under the check's own name, and runs it under no other.",
    form="Name your own check where the setup tells of its folder and of the command that runs it.",
    bad=_named("Edit `conf.d/acme_gadget.d/conf.yaml`."),
    good=_named("Edit `conf.d/acme_corp_acme_widget.d/conf.yaml`."),
    mends=True,
)
def check_name(tile: Tile) -> Iterator[Problem]:
    """The folder conf.d/….d and the command `agent check` that README.md names are of the tile's own check."""
    readme = document(tile)
    if readme is None or not _has_package(tile):
        return
    own = package_name(tile)
    for pattern, what in ((_FOLDER, _("folder of configuration")), (_CHECK, "check")):
        matches = list(islice(pattern.finditer(readme.text), LINES_MAX))
        named = {each["name"] for each in matches}
        for match in matches:
            wrong = match["name"]
            if wrong != own and not _is_another(wrong, own, named):
                message = _(
                    "the {what} is called {wrong}, and the check {own}", what=what, wrong=quoted(wrong), own=quoted(own)
                )
                yield _at(tile, message, match.start("name"), _("write {own}", own=own), _writing(pattern, wrong, own))


def _is_another(name: str, own: str, named: set[str]) -> bool:
    """Whether a name is another check's, which the setup may speak of beside the tile's own: it isn't like it, and that one is named too."""
    return own in named and difflib.SequenceMatcher(None, name, own).ratio() < _CLOSE


_OPTION = re.compile(
    r"`(?P<name>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)`[ \t]+(?:option|parameter|setting)s?\b"
    r"|\b(?:option|parameter|setting)[ \t]+`(?P<other>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)`",
    re.ASCII,
)


def _telling(name: str) -> Example:
    return replace(
        _changed("1. Install it.", f"1. Set the `{name}` option."), also={SPEC: GOOD.replace("url", "widget_url")}
    )


@rule(
    "readme/option-name",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Customers look for the option in conf.yaml and don't find it; set under that name, it stops the check.",
    form="Call the option as the check's configuration calls it.",
    bad=_telling("wigdet_url"),
    good=_telling("widget_url"),
    mends=True,
)
def option_name(tile: Tile) -> Iterator[Problem]:
    """An option that README.md names in code is spelled as the check's configuration has it."""
    readme = document(tile)
    if readme is None or not _OPTION.search(readme.text):
        return
    known = [*config_fields(tile, "instances"), *config_fields(tile, "init_config")]
    for match in islice(_OPTION.finditer(readme.text), LINES_MAX) if known else ():
        group = "name" if match["name"] else "other"
        right = difflib.get_close_matches(match[group], known, 1, _CLOSE)
        if match[group] not in known and right:
            message = _(
                "the check has no option {match}, and has {right}", match=quoted(match[group]), right=quoted(right[0])
            )
            fix = _writing(_in_code(match[group]), match[group], right[0])
            yield _at(tile, message, match.start(group), _("write {right}", right=right[0]), fix)


def _in_code(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=`)(?P<name>{re.escape(name)})(?=`)")
