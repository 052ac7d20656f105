"""What metadata.csv and spec.yaml ask of an Agent package that is there: entries of its map of metrics that are missing, or that
nothing lists; an example configuration and config models that are no longer those of the spec.

The partner's code is read as text and never run, and is changed by whole entries of the map alone. The answer that the tests read
gets a sample of what is added, where that can be done without writing the rest of it anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tilewizard.language import _, ngettext

from ..answers.paths import replaced
from ..authoring.agent_rendering import rendering_of
from ..authoring.author import answers_of
from ..authoring.datadog_renderer import CUSTOM
from ..authoring.parts import agent_metrics
from ..authoring.templating import python_literal
from ..documents.map_text import MapText, python_map, yaml_map
from ..field.openmetrics import PARTS
from ..rules.package.openmetrics_map import FIXTURE, CheckMap, families_of_row, map_of
from ..rules.package.project import package_name
from ..rules.package.python_map import ANSWER, FigureMap, figures_of
from ..tile.tile import Tile, TileFile

_MADE_OF_SPEC = {
    "data": _("The example configuration, as spec.yaml describes it"),
    "config_models": _("The config models, as spec.yaml describes them"),
}
"""By folder of the package."""
_LACKING = _("It is not written an entry a line: change it by hand. Wanted: ")


@dataclass(frozen=True)
class PackageChange:
    """Files of a package that would change together.

    Attributes:
        title: what it brings, a few words.
        files: as they would be; empty where the change can't be made.
        lacks: why not, and what to do by hand; empty otherwise.
    """

    title: str
    files: tuple[TileFile, ...]
    lacks: str = ""


def map_changes(tile: Tile) -> list[PackageChange]:
    """What the map of a tile's check lacks, and what it has that metadata.csv doesn't list; each a change of its own."""
    package = package_name(tile)
    openmetrics = map_of(tile, package)
    if openmetrics is not None:
        return list(_of_openmetrics(tile, openmetrics))
    figures = figures_of(tile, package)
    return list(_of_figures(tile, figures)) if figures is not None else []


def spec_changes(tile: Tile) -> list[PackageChange]:
    """What spec.yaml describes otherwise than the files that are made of it: the example configuration, the config models.

    As with ddev, models that nobody has begun to write are not asked for, and those that are the partner's own stay.
    """
    folder = f"datadog_checks/{package_name(tile)}"
    rendering = rendering_of(tile) if tile.under(folder) else None
    if rendering is None:
        return []
    if rendering.why:
        return [PackageChange(_("What spec.yaml describes, in the example and the config models"), (), rendering.why)]
    found = []
    for part, title in _MADE_OF_SPEC.items():
        files = {f"{folder}/{path}": text for path, text in rendering.files.items() if path.startswith(f"{part}/")}
        changed = [TileFile(path, text.encode()) for path, text in files.items() if _is_stale(tile, path, text)]
        if changed and (part == "data" or tile.under(f"{folder}/{part}")):
            by = (
                _(" (by datadog-checks-dev {old}, which is not the newest)", old=rendering.old) if rendering.old else ""
            )
            found.append(PackageChange(f"{title}{by}", tuple(changed)))
    return found


def _is_stale(tile: Tile, path: str, text: str) -> bool:
    file = tile.file(path)
    if file is None:
        return True
    return file.text.replace("\r\n", "\n") != text and path.rpartition("/")[2] not in CUSTOM


def _of_openmetrics(tile: Tile, check: CheckMap) -> Iterator[PackageChange]:
    text = _map_text(tile, check.path, check.holder)
    if not check.families and (text is None or text.entries):
        return  # It can't be read.
    answers, known = answers_of(tile), {family.name: family for family in check.families}
    prefix, taken = f"{check.namespace}.", {family.source for family in check.families}
    rows = [row for row in answers.metrics.rows if row.metric_name.startswith(prefix)]
    lost = [row for row in rows if not any(families_of_row(row.metric_name, known))]
    only = replaced(replaced(answers, ("metrics", "rows"), lost), ("metrics", "prefix"), prefix)
    lead = _lead(check)
    named = [replace(each, source=lead + each.source.removeprefix(lead)) for each in agent_metrics.exposed(only)]
    wanted = [each for each in named if each.source not in taken] if check.whole else []
    added = [(each.source, _entry(each, in_python=bool(check.holder))) for each in wanted]
    fixture = _exposition_with(tile, wanted)
    yield from _added(text, check.path, added, tile, fixture)
    names = {row.metric_name for row in rows}
    surplus = [
        family.source for family in check.families
        if not any(f"{family.name}{end}" in names for end in ("", *PARTS))
    ]  # fmt: skip
    if rows:
        yield from _removed(text, check.path, surplus, tile)


def _lead(check: CheckMap) -> str:
    """What stands before every family's name at the source and not in Datadog: ``hikaricp_``; empty where that isn't so of all."""
    below = [(each.source, each.name.removeprefix(f"{check.namespace}.").replace(".", "_")) for each in check.families]
    leads = {source.removesuffix(name) if source.endswith(name) else "" for source, name in below}
    return leads.pop() if len(leads) == 1 else ""


def _entry(family: agent_metrics.Exposed, *, in_python: bool) -> str:
    """An entry as the package's template writes it."""
    if in_python:
        name, source = python_literal(family.name), python_literal(family.source)
        told = f"{{'name': {name}, 'type': {python_literal(family.told)}}}" if family.told else name
        return f"{source}: {told}"
    from ..authoring.parts.agent_check import plain_yaml

    source, name = plain_yaml(family.source), plain_yaml(family.name)
    return f"{source}: {{name: {name}, type: {family.told}}}" if family.told else f"{source}: {name}"


def _of_figures(tile: Tile, check: FigureMap) -> Iterator[PackageChange]:
    answers = answers_of(tile)
    prefix = f"{check.namespace}."
    only = replaced(answers, ("metrics", "prefix"), prefix)
    listed = {row.metric_name for row in answers.metrics.rows if row.metric_name.startswith(prefix)}
    sent = {f"{prefix}{name}" for __, __, name in check.entries}
    wanted = [each for each in agent_metrics.figures(only) if f"{prefix}{each.name}" not in sent]
    added = [(each.path, f"({', '.join(map(python_literal, (each.path, each.method, each.name)))})") for each in wanted]
    fixture = _answer_with(tile, wanted)
    text = _map_text(tile, check.path, check.holder)
    yield from _added(text, check.path, added, tile, fixture)
    surplus = [path for path, __, name in check.entries if f"{prefix}{name}" not in listed]
    if listed:
        yield from _removed(text, check.path, surplus, tile)


def _map_text(tile: Tile, path: str, holder: str) -> MapText | None:
    file = tile.file(path)
    if file is None:
        return None
    return python_map(file.text, holder) if holder else yaml_map(file.text)


def _added(
    text: MapText | None, path: str, added: list[tuple[str, str]], tile: Tile, fixture: TileFile | None
) -> Iterator[PackageChange]:
    if not added:
        return
    title = _("{added} that metadata.csv lists, for the map in {path}", added=_counted(added), path=path)
    file = tile.file(path)
    if text is None or file is None:
        yield PackageChange(title, (), _LACKING + "; ".join(entry for __, entry in added[:20]))
        return
    files = (file.with_text(text.having(added)), *([fixture] if fixture is not None else []))
    yield PackageChange(title, files)


def _removed(text: MapText | None, path: str, surplus: list[str], tile: Tile) -> Iterator[PackageChange]:
    if not surplus:
        return
    title = _(
        "{surplus} that metadata.csv doesn't list, out of the map in {path}", surplus=_counted(surplus), path=path
    )
    file = tile.file(path)
    if text is None or file is None:
        yield PackageChange(title, (), _LACKING + _("without {surplus}", surplus=", ".join(surplus[:20])))
        return
    yield PackageChange(title, (file.with_text(text.without(surplus)),))


def _counted(entries: Iterable[object]) -> str:
    return ngettext("{count} entry", "{count} entries", len(list(entries)))


def _exposition_with(tile: Tile, wanted: list[agent_metrics.Exposed]) -> TileFile | None:
    """The exposition of the tests with a sample of each family that it lacks; None where it has all, or there is none."""
    file = tile.file(FIXTURE)
    if file is None:
        return None
    from ..importing.exposition import families_of
    from ..importing.trimmed import exposition_of

    known = {family.name for family in families_of(file.text)}
    made = [agent_metrics.made(each) for each in wanted if each.source not in known]
    if not made:
        return None
    head, mark, tail = file.text.partition("# EOF")
    more = exposition_of(made, openmetrics=bool(mark)).removesuffix("# EOF\n")
    return file.with_text(f"{head}{'' if head.endswith(chr(10)) else chr(10)}{more}{mark}{tail}")


def _answer_with(tile: Tile, wanted: list[agent_metrics.Figure]) -> TileFile | None:
    """The JSON answer of the tests with a number for each figure; None where it has all, or is not laid out as ours."""
    file = tile.file(ANSWER)
    if file is None or not wanted:
        return None
    try:
        tree = json.loads(file.text)
    except ValueError:
        return None
    if _laid_out(tree) != file.text:
        return None
    for number, figure in enumerate(wanted, 1):
        tree = agent_metrics.with_number(tree, agent_metrics.steps_of(figure.path), number)
    text = _laid_out(tree)
    return file.with_text(text) if text != file.text else None


def _laid_out(tree: object) -> str:
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
