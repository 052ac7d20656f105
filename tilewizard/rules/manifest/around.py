"""What the checkout around a tile says of it: the overrides of a directory without a manifest, the owner of its logs, its job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.codeowners import LOGS_TEAM, deciding, entries
from tilewizard.tile.jobs import WORKFLOWS, job_id, job_names, job_settings, jobs_of
from tilewizard.tile.jobs_writing import WantedJob, is_usual
from tilewizard.tile.overrides import CONFIG, PLATFORMS, Overrides, literal
from tilewizard.tile.places import has_package
from tilewizard.tile.tile import MANIFEST, METADATA, Tile

from ..registry import Example, rule
from ..sources import MANIFEST_OVERRIDES, VALIDATE_CI, VALIDATE_CODEOWNERS

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
    said = tile.expected_overrides
    if said is None or (tile.listed_apart and not has_package(tile)):
        return
    known = wanted_overrides(tile)
    for table in _lacking(tile, said):
        line = f"{tile.name} = {literal(known[table])}" if table in known else _EXAMPLES[table].format(tile.name)
        yield Problem(
            _("[{table}] in {config} does not name {tile}", table=table, config=CONFIG, tile=quoted(tile.name)),
            hint=_("add the line {line} to it", line=line),
        )
    for platform in said.platforms:
        if platform not in PLATFORMS:
            message = _(
                "{config} says that {tile} runs on {platform}",
                config=CONFIG,
                tile=quoted(tile.name),
                platform=quoted(platform),
            )
            yield Problem(message, hint=_("ddev knows {platforms}", platforms=", ".join(PLATFORMS)))


def _lacking(tile: Tile, said: Overrides) -> list[str]:
    """The tables that are to name the directory, and don't; a prefix is that of metrics."""
    return [each for each in said.missing if each != "overrides.metrics-prefix" or tile.has(METADATA)]


def wanted_overrides(tile: Tile) -> dict[str, Any]:
    """By table what the checkout's configuration lacks of a package beside its listing: the listing's own values, where it has them."""
    said = tile.expected_overrides
    if said is None or not has_package(tile):
        return {}
    marks = {f"Supported OS::{shown}": platform for platform, shown in PLATFORMS.items()}
    known: dict[str, Any] = {
        "overrides.display-name": tile.text_at("/assets/integration/source_type_name"),
        "overrides.metrics-prefix": tile.text_at("/assets/integration/metrics/prefix"),
        "overrides.manifest.platforms": [
            marks[each] for each in tile.list_at("/tile/classifier_tags") if isinstance(each, str) and each in marks
        ],
    }
    return {table: known[table] for table in _lacking(tile, said) if known[table]}


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
    if last is not None and any(_reviews_logs(owner) for owner in last.owners):
        return
    reviewing = [each for each in entries(text) if each.matches(path) and any(map(_reviews_logs, each.owners))]
    if not reviewing:
        yield Problem(
            _("no line of .github/CODEOWNERS gives {value} to the logs team", value=quoted(f"/{path}")),
            hint=_(
                "the last line of the repository's own file is /*/assets/logs/  {logs_team}: keep it",
                logs_team=LOGS_TEAM,
            ),
            # ddev asks for it where a manifest is; that the whole file lacks the team is no fault of one tile's.
            severity=None if tile.file(MANIFEST) else Severity.WARNING,
        )
    elif last is not None:
        yield Problem(
            _(
                "line {index} of .github/CODEOWNERS takes {value} from the logs team",
                index=last.index + 1,
                value=quoted(f"/{path}"),
            ),
            hint=_(
                "move it above line {index}, {pattern}", index=reviewing[-1].index + 1, pattern=reviewing[-1].pattern
            ),
        )


def _reviews_logs(owner: str) -> bool:
    return owner.casefold() == LOGS_TEAM.casefold()


@rule(
    "checkout/ci-job",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_CI,
    why="A package's tests run on a pull request by its job in the repository's workflow alone; ddev refuses a checkout without it.",
    form="Add the job that runs your package's tests: `ddev validate ci --sync` writes it.",
    bad=Example(
        WORKFLOWS[0],
        "name: Test all\n\njobs: {}\n",
        shown="test-all.yml without a job for the package",
        also={"hatch.toml": "[env.collectors.datadog-checks]\n", "tests/__init__.py": ""},
    ),
    checkout=True,
)
def ci_job(tile: Tile) -> Iterator[Problem]:
    """The checkout's test-all.yml has a job for each directory with hatch.toml and tests, under today's display name."""
    checkout = tile.checkout
    if checkout is None or tile.file("hatch.toml") is None or not tile.under("tests"):
        return
    settings = job_settings(checkout.text(CONFIG) or "", tile.name)
    platforms = settings.platforms or _platforms(tile)
    file, other = WORKFLOWS[::-1] if platforms == ("windows",) else WORKFLOWS
    workflow = checkout.text(file)
    if settings.excluded or workflow is None:
        return
    found, hint = jobs_of(workflow, tile.name), _("run `ddev validate ci --sync` in the checkout")
    if wanted_job(tile) is not None:
        hint = _("`tilewizard check --fix` adds it, as `ddev validate ci --sync` in the checkout does")
    if not found:
        elsewhere = jobs_of(checkout.text(other) or "", tile.name)
        if elsewhere and len(platforms) > 1:
            return
        message = _("{file} has no job for {tile}", file=file, tile=quoted(tile.name))
        yield Problem(
            _("{message}; {other} has one", message=message, other=other) if elsewhere else message, hint=hint
        )
        return
    names = job_names(tile.stated("/assets/integration/source_type_name") or tile.name, platforms)
    if not any(job_id(name) in found for name in names):
        yield Problem(
            _(
                "the job of {tile} in {file} is not that of {names}",
                tile=quoted(tile.name),
                file=file,
                names=quoted(names[0]),
            ),
            hint=hint,
        )


def wanted_job(tile: Tile) -> WantedJob | None:
    """The job that the checkout lacks for a package, where it is one of the usual form; None for any other, and where there is one.

    Several platforms, runners of one's own and more than seven environments make jobs of other forms.
    """
    checkout, hatch = tile.checkout, tile.file("hatch.toml")
    if checkout is None or checkout.target is None or hatch is None or not tile.under("tests"):
        return None
    settings = job_settings(checkout.text(CONFIG) or "", tile.name)
    platforms = settings.platforms or _platforms(tile)
    if settings.excluded or settings.own_runners or len(platforms) != 1 or not is_usual(hatch.text, platforms[0]):
        return None
    if any(jobs_of(checkout.text(each) or "", tile.name) for each in WORKFLOWS):
        return None
    file = WORKFLOWS[1] if platforms == ("windows",) else WORKFLOWS[0]
    name = tile.stated("/assets/integration/source_type_name") or tile.name
    return WantedJob(file, tile.name, name, platforms[0], checkout.target)


def _platforms(tile: Tile) -> tuple[str, ...]:
    """Where ddev runs the tests: on Windows if the tile is for nothing else."""
    tags = tile.at("/tile/classifier_tags")
    marks = [each for each in tags if isinstance(each, str)] if isinstance(tags, list) else []
    systems = [each.removeprefix("Supported OS::").lower() for each in marks if each.startswith("Supported OS::")]
    return ("windows",) if systems == ["windows"] else ("linux",)
