"""What the checkout around a tile says of it: the overrides of a directory without a manifest, the owner of its logs."""

from __future__ import annotations

from collections.abc import Iterator

from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.codeowners import deciding, entries
from tilewizard.tile.overrides import CONFIG, PLATFORMS
from tilewizard.tile.tile import MANIFEST, METADATA, Tile

from ..registry import Example, rule
from ..sources import MANIFEST_OVERRIDES, VALIDATE_CODEOWNERS

_EXAMPLES = {
    "overrides.display-name": '{} = "Acme Widget"',
    "overrides.metrics-prefix": '{} = "acme_widget."',
    "overrides.manifest.platforms": '{} = ["linux", "windows", "mac_os"]',
}
_NAMED = '[overrides.display-name]\nacme_corp_acme_widget = "Acme Widget"\n'


@rule(
    "checkout/overrides",
    step="review",
    severity=Severity.WARNING,
    source=MANIFEST_OVERRIDES,
    why="Without a manifest ddev and the documentation know the integration's name, prefix and platforms from there alone.",
    form="Name the integration, its prefix and platforms in the repository's own settings.",
    bad=Example(CONFIG, _NAMED, also={MANIFEST: None}),
    checkout=True,
)
def overrides(tile: Tile) -> Iterator[Problem]:
    """A directory without a manifest has its display name, prefix and platforms in .ddev/config.toml."""
    said = tile.overrides
    if said is None:
        return
    for table in said.missing:
        if table == "overrides.metrics-prefix" and tile.file(METADATA) is None:
            continue
        line = _EXAMPLES[table].format(tile.name)
        yield Problem(f"[{table}] in {CONFIG} does not name {quoted(tile.name)}", hint=f"add the line {line} to it")
    for platform in said.platforms:
        if platform not in PLATFORMS:
            message = f"{CONFIG} says that {quoted(tile.name)} runs on {quoted(platform)}"
            yield Problem(message, hint=f"ddev knows {', '.join(PLATFORMS)}")


@rule(
    "checkout/log-owners",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_CODEOWNERS,
    why="The logs team reviews every pipeline; of several lines for a path the last wins, and ddev refuses another owner.",
    form="Move your line in the repository's list of owners above the one for the logs team.",
    bad=Example(
        ".github/CODEOWNERS",
        "/*/assets/logs/  @DataDog/logs-integrations-reviewers\n/acme_corp_acme_widget/  @acme\n",
        shown="/*/assets/logs/  @DataDog/logs-integrations-reviewers\n/acme_widget/  @acme",
    ),
    checkout=True,
)
def log_owners(tile: Tile) -> Iterator[Problem]:
    """The tile's line in CODEOWNERS stands before the one that gives every tile's logs to the logs team."""
    checkout, name = tile.checkout, tile.name
    text = checkout.codeowners if checkout is not None else None
    if not text or not tile.under("assets/logs"):
        return
    path = f"{name}/assets/logs/"
    last = deciding(text, path)
    if last is None or any(_reviews_logs(owner) for owner in last.owners) or not last.in_one_folder:
        return
    reviewing = [each for each in entries(text) if each.matches(path) and any(map(_reviews_logs, each.owners))]
    if reviewing:
        yield Problem(
            f"line {last.index + 1} of .github/CODEOWNERS takes {quoted(f'/{path}')} from the logs team",
            hint=f"move it above line {reviewing[-1].index + 1}, {reviewing[-1].pattern}",
        )


def _reviews_logs(owner: str) -> bool:
    return owner.casefold() == "@datadog/logs-integrations-reviewers"
