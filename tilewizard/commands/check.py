"""``tilewizard check``: what is wrong with tiles."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from tilewizard.checking import check
from tilewizard.errors import UnusableTile
from tilewizard.findings import Finding, Severity
from tilewizard.tile import MANIFEST, read
from tilewizard.vocabulary import Target


def tiles_in(path: Path) -> list[Path]:
    """The tiles that a path stands for: itself, or those of a checkout that it is the folder of.

    Raises:
        UnusableTile: there is none.
    """
    if not path.is_dir() or (path / MANIFEST).exists():
        return [path]
    below = sorted(each for each in path.iterdir() if each.is_dir() and (each / MANIFEST).is_file())
    if below:
        return below
    if any((path / name).exists() for name in ("README.md", "assets", "metadata.csv", "CHANGELOG.md")):
        return [path]
    raise UnusableTile("holds no tile: there is no manifest.json in it or in its folders", file=str(path),
                       remedy="name a tile's directory or a checkout of tiles")  # fmt: skip


def coloured() -> bool:
    """Whether standard output shows colours: a terminal, and NO_COLOR not set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


@click.command("check")
@click.argument("tiles", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TILE...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--target",
    type=click.Choice(["auto", *(each.value for each in Target)]),
    default="auto",
    show_default=True,
    help="auto: from pricing and legal terms, else from the checkout, else integrations-extras.",
)
@click.option(
    "--severity",
    type=click.Choice([each.value for each in Severity]),
    default=Severity.INFO.value,
    show_default=True,
    help="Print findings of this severity and worse.",
)
def command(tiles: tuple[Path, ...], form: str, target: str, severity: str) -> int:
    """Print what is wrong with tiles.

    A TILE is a tile's directory, or a folder of tiles such as a checkout.
    Exits 0 without errors, 1 with errors, 2 when a path can't be read as a tile.

    \b
    tilewizard check acme_corp_acme_widget
    tilewizard check --format json . > findings.json
    """
    worst = Severity(severity).rank
    reports: list[tuple[Path, str, list[Finding]]] = []
    for path in (each for given in tiles for each in tiles_in(given)):
        tile = read(path)
        if target != "auto":
            tile = tile.for_target(Target(target))
        found = [finding for finding in check(tile) if finding.severity.rank <= worst]
        reports.append((path, tile.target.value, found))
    if form == "json":
        from tilewizard.reporting.json_form import render

        click.echo(render(reports), nl=False)
    else:
        from tilewizard.reporting.text import render as render_text

        click.echo(render_text(reports, colour=coloured()), nl=False)
    return int(any(finding.severity == Severity.ERROR for _, _, found in reports for finding in found))
