"""Links and pictures of README.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tilewizard.documents.markdown_links import folded
from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import README, Tile

from ..registry import rule
from ..sources import CREATE_A_TILE, REVIEW, VALIDATE_README
from .readme import LINES_MAX, _changed, _section_at, document

_IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


def _at(tile: Tile, message: str, offset: int, hint: str, severity: Severity | None = None, form: str = "") -> Problem:
    readme = document(tile)
    section = _section_at(readme, offset) if readme else ""
    at = f"/{section}" if section else ""
    return Problem(message, README, at, offset=offset, hint=hint, severity=severity, form=form)


@rule(
    "readme/inline-link",
    step="readme",
    severity=Severity.WARNING,
    source=CREATE_A_TILE,
    why="Datadog's pages are translated; links at the end of the file survive that.",
    form="Write the link as [text][1], with its address at the end of the text.",
    bad=_changed("[guide][1]", "[guide](https://acme.example/guide)"),
    mends=True,
)
def inline_link(tile: Tile) -> Iterator[Problem]:
    """Links of README.md are reference-style: [text][1], with the address at the end of the file."""
    readme = document(tile)
    found = [link for link in readme.links if link.kind == "inline" and not link.image] if readme else []
    for link in found[:LINES_MAX]:
        problem = _at(tile, _("the link {link} has its address in the text", link=quoted(link.text)), link.start, "")
        hint = _("write [{link}][n] and the address as [n]: {url} at the end", link=link.text[:30], url=link.url[:60])
        yield Problem(problem.message, README, problem.pointer, offset=link.start, hint=hint, fix=_as_references)


def _as_references(tile: Tile) -> Tile:
    readme = document(tile)
    return tile if readme is None else tile.with_text(README, readme.with_inline_links_as_references().text)


@rule(
    "readme/dangling-link",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="A reference without an address shows up in brackets on the page.",
    form="Give this link its address: it leads nowhere.",
    bad=_changed("[guide][1]", "[guide][7]"),
)
def dangling_link(tile: Tile) -> Iterator[Problem]:
    """Every reference of README.md has a definition."""
    readme = document(tile)
    for link in readme.links if readme else ():
        if not link.defined:
            hint = _("add [{label}]: https://… at the end of the file", label=link.label)
            yield _at(
                tile,
                _(
                    "the link {link} refers to [{label}], which is not defined",
                    link=quoted(link.text),
                    label=link.label,
                ),
                link.start,
                hint,
            )


@rule(
    "readme/unused-definition",
    step="readme",
    severity=Severity.INFO,
    source=REVIEW,
    why="An address that nothing links to is left over from an edit.",
    form="Remove this address: no link uses it.",
    bad=_changed("[1]: https://acme.example\n", "[1]: https://acme.example\n[2]: https://acme.example/old\n"),
    mends=True,
)
def unused_definition(tile: Tile) -> Iterator[Problem]:
    """Every link definition of README.md is used."""
    readme = document(tile)
    if readme is None:
        return
    used = {folded(link.label) for link in readme.links if link.label}
    # No label holds brackets but escaped ones: those are taken to be used.
    written = Counter(_IN_BRACKETS.findall(readme.text.casefold()))
    inline = {link.url for link in readme.links if link.kind == "inline"}
    for each in readme.definitions:
        # What stands inside code or HTML may use it all the same; an inline link of this address will.
        if folded(each.label) not in used and each.url not in inline and written[each.label.casefold()] == 1:
            problem = _at(tile, _("[{label}] is defined and not used", label=each.label), each.start, _("take it away"))
            yield Problem(
                problem.message,
                README,
                "",
                offset=each.start,
                hint=_("take it away"),
                fix=_without_definition(each.label),
            )


def _without_definition(label: str):  # type: ignore[no-untyped-def]
    def fix(tile: Tile) -> Tile:
        readme = document(tile)
        return tile if readme is None else tile.with_text(README, readme.without_definition(label).text)

    return fix


@rule(
    "readme/definition-twice",
    step="readme",
    severity=Severity.WARNING,
    source=REVIEW,
    why="Of two definitions with one label only the first counts: some link leads elsewhere than it says.",
    form="Keep one address for this link: it has two.",
    bad=_changed("[1]: https://acme.example\n", "[1]: https://acme.example\n[1]: https://acme.example/other\n"),
)
def definition_twice(tile: Tile) -> Iterator[Problem]:
    """No label of README.md is defined twice."""
    readme = document(tile)
    seen: set[str] = set()
    for each in readme.definitions if readme else ():
        if folded(each.label) in seen:
            yield _at(
                tile,
                _("[{label}] is defined twice", label=each.label),
                each.start,
                _("give the second one another number"),
            )
        seen.add(folded(each.label))


@rule(
    "readme/definition-place",
    step="readme",
    severity=Severity.INFO,
    source=CREATE_A_TILE,
    why="Links at the end of the file survive translation, and are found by whoever edits them.",
    form="Move the addresses of links to the end of the text.",
    bad=_changed("## Setup\n", "[2]: https://acme.example/setup\n\n## Setup\n\nSee [how][2].\n"),
)
def definition_place(tile: Tile) -> Iterator[Problem]:
    """The link definitions of README.md stand at its end."""
    readme = document(tile)
    last = readme.headings[-1].start if readme and readme.headings else 0
    found = [each for each in readme.definitions if each.start < last] if readme else []
    for each in found[:LINES_MAX]:
        message, hint = (
            _("[{label}] is defined before the last heading", label=each.label),
            _("move it to the end of the file"),
        )
        yield _at(tile, message, each.start, hint)


@rule(
    "readme/uninstallation-image",
    step="readme",
    severity={Target.MARKETPLACE: Severity.ERROR},
    source=VALIDATE_README,
    why="Datadog's validator takes no picture in Uninstallation.",
    form="Leave pictures out of Uninstallation.",
    bad=_changed("1. Remove it.", "1. Remove it.\n\n![how](images/acme_widget_overview.png)"),
)
def uninstallation_image(tile: Tile) -> Iterator[Problem]:
    """On the Marketplace the section Uninstallation has no pictures."""
    readme = document(tile)
    rendered = readme.rendered if readme else None
    heads = rendered.sections if rendered else ()
    here = next((index for index, each in enumerate(heads) if each.title == "Uninstallation"), None)
    if readme is None or rendered is None or here is None:
        return
    # The validator looks on to the next H2, past whatever else ends a section.
    end = heads[here + 1].start if here + 1 < len(heads) else len(readme.text)
    for picture in rendered.pictures:
        if heads[here].end <= picture.start < end:
            yield _at(
                tile, _("there is a picture in Uninstallation"), picture.start, _("take it away or move it to Setup")
            )


def raw_address(tile: Tile) -> str:
    """Where pictures of this tile are served from in integrations-extras."""
    return f"https://raw.githubusercontent.com/DataDog/{tile.repository.value}/master/{tile.name}/images/"


@rule(
    "readme/image",
    step="readme",
    severity=Severity.ERROR,
    source=VALIDATE_README,
    why="Pictures are published from the tile's own images folder.",
    form="Show a picture of the tile's own, in the way that its target asks for.",
    bad=_changed("What it is.", "![it](images/not_there.png)"),
)
def image(tile: Tile) -> Iterator[Problem]:
    """Pictures of README.md are files of images/, relative on the Marketplace, by raw GitHub address elsewhere."""
    readme = document(tile)
    base = f"https://raw.githubusercontent.com/DataDog/{tile.repository.value}"
    for picture in readme.rendered.pictures if readme else ():
        url = picture.url
        if url is None:
            form = _("Insert this picture anew: it has no address.")
            yield _at(tile, _("a picture has no address"), picture.start, _("give its tag a src"), form=form)
            continue
        name = url.rpartition("/")[2]
        relative = url.startswith("images/") and tile.sold
        if not relative and not url.startswith(base):
            right = f"images/{name}" if tile.sold else raw_address(tile) + name
            yield _at(
                tile,
                _("the picture {url} is not of this tile", url=quoted(url)),
                picture.start,
                _("write {right}", right=right),
                Severity.WARNING,
                _("Insert the picture {name} anew: its address is not one of this tile.", name=quoted(name)),
            )
        elif tile.file(f"images/{name}") is None:
            form = _("Insert the picture {name} anew: the tile doesn't have it.", name=quoted(name))
            yield _at(
                tile,
                _("the picture {url} is not there", url=quoted(url)),
                picture.start,
                _("add images/{name}", name=name),
                form=form,
            )
        elif not relative and tile.name and f"/{tile.name}/images/{name}" not in url:
            message, hint = (
                _("the picture {url} is shown from another place", url=quoted(url)),
                _("write {tile}{name}", tile=raw_address(tile), name=name),
            )
            form = _("Insert the picture {name} anew: its address is another tile's.", name=quoted(name))
            yield _at(tile, message, picture.start, hint, Severity.WARNING, form)
