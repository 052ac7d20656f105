"""What the checkout around the tile knows: what is published already, and who owns the directory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from tilewizard.documents.json_document import JsonDocument
from tilewizard.field.asset_kinds import MAPPED
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.codeowners import OWNED_BY_ADDRESS, entries
from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example, rule
from ..sources import INTEGRATION_ASSETS, VALIDATE_CODEOWNERS, VALIDATE_MANIFEST
from .manifest_keys import renaming

_IMMUTABLE = ("/app_id", "/app_uuid", "/assets/integration/id", "/assets/integration/source_type_name")
_NAMES = tuple(kind.pointer for kind in MAPPED)
_PUBLIC = "/display_on_public_website"


def _dotted(pointer: str) -> str:
    return pointer[1:].replace("/", ".")


def _folder(tile: Tile) -> PurePosixPath | None:
    """The tile's directory relative to the checkout; None outside of one."""
    if tile.checkout is None or tile.root is None:
        return None
    try:
        return PurePosixPath(tile.root.resolve().relative_to(tile.checkout.root.resolve()).as_posix())
    except (ValueError, OSError):
        return None


def _published(tile: Tile) -> JsonDocument | None:
    """The manifest on the default branch, when there is one of the same version to compare with."""
    checkout, folder = tile.checkout, _folder(tile)
    # Without git's folder there is no history, and asking git would only cost time.
    if checkout is None or folder is None or not (checkout.root / ".git").exists():
        return None
    text = checkout.published((folder / MANIFEST).as_posix())
    document = JsonDocument.parse(text) if text else None
    if document is None or document.broken or not isinstance(document.value, dict):
        return None
    upgraded = document.get("/manifest_version") == "1.0.0" and tile.at("/manifest_version") == "2.0.0"
    return None if upgraded else document


def _putting_back(pointer: str, old: Any) -> Fix:
    return lambda tile: tile.with_text(MANIFEST, tile.manifest.with_value(pointer, old).text)


@rule(
    "manifest/immutable",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="Customers' installations hang on these names; once published they can't change.",
    form="Put back what was published: Datadog and customers know the tile by it.",
    bad=Example(MANIFEST, {"app_id": "another-id"}),
    at=(*_IMMUTABLE, *_NAMES, _PUBLIC),
    mends=True,
    checkout=True,
)
def immutable(tile: Tile) -> Iterator[Problem]:
    """app_id, app_uuid, source_type_name and short names are those of the checkout's default branch; public stays public."""
    published = _published(tile)
    if published is None or tile.manifest.broken:
        return
    for pointer in (*_IMMUTABLE, _PUBLIC):
        old, new = published.get(pointer), tile.at(pointer)
        if old == new or (pointer == _PUBLIC and old is not True):
            continue
        if old is None:
            message, hint = _("{pointer} is new, and the published manifest has none", pointer=_dotted(pointer)), _ASK
        else:
            message = _(
                "{pointer} is {new}, and {old} is published", pointer=_dotted(pointer), new=quoted(new), old=quoted(old)
            )
            hint = _("put {old} back", old=quoted(old))
        fix = None if old is None else _putting_back(pointer, old)
        yield Problem(message, pointer=pointer, hint=hint, fix=fix)
    for pointer in _NAMES:
        yield from _gone(tile, pointer, published.get(pointer))


_ASK = _("Datadog's check refuses to see it added to a published tile; tell the reviewers why it is")


def _gone(tile: Tile, pointer: str, names: Any) -> Iterator[Problem]:
    present = tile.object_at(pointer)
    for name, path in names.items() if isinstance(names, dict) else ():
        if name in present:
            continue
        renamed = next((new for new, value in present.items() if value == path and new not in names), None)
        inner = f"{pointer}/{(renamed or name).replace('~', '~0').replace('/', '~1')}"
        yield Problem(
            _("the published short name {name} is gone from {pointer}", name=quoted(name), pointer=_dotted(pointer)),
            pointer=inner if renamed else pointer,
            key=renamed is not None,
            hint=_("name {renamed} {name} again", renamed=quoted(renamed), name=quoted(name))
            if renamed
            else _("put it back: a short name stays"),
            fix=renaming(inner, name) if renamed else None,
        )


@rule(
    "checkout/identity",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="Datadog tells tiles apart by them; a manifest that was copied from another tile takes that one's place.",
    form="Choose another value: a tile of this repository has it already.",
    bad=Example("../another_tile/manifest.json", '{"app_uuid": "5f0b1a9c-3d0e-4b7a-9c58-6d1f0a2b3c4d"}',
                shown="another_tile/manifest.json with the app_uuid of this tile"),
    at=("/app_uuid", "/app_id"),
    checkout=True,
)  # fmt: skip
def identity(tile: Tile) -> Iterator[Problem]:
    """app_uuid and app_id are those of no other tile of the checkout."""
    folder, checkout = _folder(tile), tile.checkout
    if checkout is None or folder is None or len(folder.parts) != 1:
        return
    for pointer, hint in (
        ("/app_uuid", _("write a new UUID, as `uuidgen` prints one")),
        ("/app_id", _("write an id of its own")),
    ):
        value = tile.text_at(pointer)
        others = [name for name in checkout.identities.get(value, ()) if name != folder.name] if value else []
        if others:
            message = _(
                "{pointer} is {value}, and that of {others} too",
                pointer=pointer[1:],
                value=quoted(value),
                others=quoted(others[0]),
            )
            yield Problem(message, pointer=pointer, hint=hint)


@rule(
    "checkout/codeowners",
    step="review",
    severity=Severity.ERROR,
    source=VALIDATE_CODEOWNERS,
    why="Without an owner nobody on your side is asked to review changes to the tile, and ddev refuses the whole checkout.",
    form="Say who at your company owns this tile: the repository's list of owners has no owner for it.",
    bad=Example(
        ".github/CODEOWNERS", "/another_tile/  @another-team\n", shown=".github/CODEOWNERS without a line for the tile"
    ),
    checkout=True,
)
def codeowners(tile: Tile) -> Iterator[Problem]:
    """The checkout's .github/CODEOWNERS has a line for the tile's directory, with a user or a team of GitHub's as its owner."""
    folder, checkout = _folder(tile), tile.checkout
    text = checkout.codeowners if checkout is not None else None
    if text is None or folder is None or not folder.name:
        return
    right = f"/{folder}/"
    # ddev looks at directories with a manifest only; whoever has none is asked for an owner by reviewers.
    severity = None if tile.file(MANIFEST) else Severity.WARNING
    named = [entry for entry in entries(text) if _names(entry.pattern, str(folder))]
    if not named:
        hint = _("add the line “{right}  @your-team” to .github/CODEOWNERS", right=right)
        yield Problem(
            _(".github/CODEOWNERS has no line for {right}", right=quoted(right)), hint=hint, severity=severity
        )
        return
    last = next((entry for entry in reversed(named) if entry.pattern == right), named[-1])
    owner = last.owners[0] if last.owners else ""
    if not owner:
        message, hint = (
            _("the line {pattern} in .github/CODEOWNERS names no owner", pattern=quoted(last.pattern)),
            _("write {right}  @your-team", right=right),
        )
    elif last.pattern != right:
        message = _("ddev does not read the line {pattern} in .github/CODEOWNERS", pattern=quoted(last.pattern))
        hint = _("write {right}  {owner}", right=right, owner=owner)
    elif not owner.startswith("@") and tile.name not in OWNED_BY_ADDRESS:
        message = _("{owner} in .github/CODEOWNERS is no user or team of GitHub's", owner=quoted(owner))
        hint = _("write {right}  @your-team", right=right)
    else:
        return
    yield Problem(message, hint=hint, severity=severity)


def _names(pattern: str, folder: str) -> bool:
    """Whether a line's pattern is for this directory as a whole; ``*`` alone is for everybody's."""
    return pattern.lstrip("/").removesuffix("**").removesuffix("*").rstrip("/") == folder
