"""``tilewizard ddev``: the validators that the checkout's own CI runs, on one tile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tilewizard.errors import Exit
from tilewizard.language import _, ngettext
from tilewizard.surroundings.completing import TilePath

if TYPE_CHECKING:
    from tilewizard.checking.check_many import Order
    from tilewizard.publishing.validators import Plan, Result
    from tilewizard.tile.tile import Tile

TIME_MAX = 600
"""Seconds that one validator may take."""


@click.command("ddev")
@click.argument("tile", type=TilePath())
@click.option(
    "--list", "only_list", is_flag=True, help=_("Only tell which validators would be run, and where that is written.")
)
@click.option(
    "--own-rules", is_flag=True, help=_("Ask tilewizard's own rules for the same facts, even where ddev is installed.")
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help=_("text for people, json for programs."))  # fmt: skip
def command(tile: Path, only_list: bool, own_rules: bool, form: str) -> int:
    """Run the validators of ddev that the CI of a TILE's checkout runs.

    They are read from its workflows and .ddev/config.toml; where those name none, those of integrations-extras are taken. What ddev says
    is told with the file and the step that mends it. Where ddev is not installed tilewizard's own rules tell the same facts, and it says so.
    Exits 0 when nothing is objected to, 1 otherwise, 2 when TILE can't be read as a tile.

    \b
    tilewizard ddev acme_corp_acme_widget
    tilewizard ddev acme_corp_acme_widget --list
    """
    from tilewizard.publishing.pack import order_around
    from tilewizard.publishing.validators import Verdict, by_rules, plan_for, program
    from tilewizard.reporting.printing import put_out
    from tilewizard.tile.gathering import demand_tile

    order = order_around(tile)
    found = order.tile()
    demand_tile(found, tile)
    plan = plan_for(tile)
    if only_list:
        put_out("".join(f"{name}\n" for name in plan.names))
        _say(plan.why[0].upper() + plan.why[1:] + ".")
        return Exit.DONE
    for name, why in plan.left_out:
        _say(_("{name} is left out: {why}", name=name, why=why))
    asks_rules = own_rules or program() is None
    if asks_rules:
        reason = _("as you wished") if own_rules else _("ddev is not installed here (pipx install ddev)")
        _say(_("Told by tilewizard's own rules: {reason}", reason=reason))
        results = by_rules(plan.names, order.checked_as(found).findings)
    else:
        results = _by_ddev(plan, found, tile, order)
    put_out(_as_json(plan, results, "tilewizard" if asks_rules else "ddev") if form == "json" else _as_text(results))
    bad = {Verdict.OBJECTS, Verdict.BREAKS}
    return Exit.FOUND if any(each.verdict in bad for each in results) else Exit.DONE


def _by_ddev(plan: Plan, tile: Tile, path: Path, order: Order) -> list[Result]:
    """Run them, one after the other; how far it is stands on standard error."""
    import subprocess

    from tilewizard.publishing.breakdown import explained
    from tilewizard.publishing.validators import Result, Told, Verdict, asking, command_of, environment, result_of

    results = []
    name = path.resolve().name
    _say(ngettext("{count} validator, {why}", "{count} validators, {why}", len(plan.names), why=plan.why))
    with asking(plan) as asked:
        for at, validator in enumerate(plan.names, 1):
            _say(
                _(
                    "{place} of {count}: ddev validate {validator} …",
                    place=at,
                    count=len(plan.names),
                    validator=validator,
                )
            )
            try:
                done = subprocess.run(
                    command_of(asked, validator, name),
                    cwd=plan.root,
                    env=environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    timeout=TIME_MAX,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                results.append(
                    Result(validator, Verdict.BREAKS, (Told(_("does not end within {limit} seconds", limit=TIME_MAX)),))
                )
            except OSError as error:
                results.append(
                    Result(validator, Verdict.BREAKS, (Told(_("can't be run: {strerror}", strerror=error.strerror)),))
                )
            else:
                lines = done.stdout.decode(errors="replace").splitlines()
                result = result_of(validator, done.returncode, lines, name, tile.paths)
                findings = order.checked_as(tile).findings if result.verdict is Verdict.BREAKS else ()
                results.append(explained(result, lines, name, findings))
    return results


def _say(words: str) -> None:
    click.echo(words, err=True)


def _as_text(results: list[Result]) -> str:
    from tilewizard.publishing.validators import Verdict

    signs = {Verdict.FINE: "✓", Verdict.OBJECTS: "✗", Verdict.ABSENT: "-", Verdict.BREAKS: "✗"}
    lines = []
    for each in results:
        broken = _(" breaks down") * (each.verdict == Verdict.BREAKS)
        lines.append(f"{signs[each.verdict]} {each.validator}{broken}\n")
        lines += [f"    {told.text}\n" for told in each.told]
    return "".join(lines)


def _as_json(plan: Plan, results: list[Result], told_by: str) -> str:
    import json

    facts = {
        "told_by": told_by,
        "sources": list(plan.sources),
        "left_out": dict(plan.left_out),
        "results": [each.as_json() for each in results],
    }
    return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
