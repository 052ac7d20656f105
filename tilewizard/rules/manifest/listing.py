"""The card of the tile and the names it goes by."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from tilewizard.field import names
from tilewizard.field.vocabulary import (
    DESCRIPTION_MAX,
    DESCRIPTION_MAX_MARKETPLACE,
    OWNER,
    TITLE_MAX,
    Target,
    vocabulary,
)
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Fix, Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example, rule
from ..sources import CREATE_A_TILE, INTEGRATION_ASSETS, PUBLISHED_TILES, REVIEW, VALIDATE_MANIFEST
from .author import is_url


@rule(
    "listing/title-length",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="The card of the tile cuts longer titles off.",
    form="Shorten the title to 50 characters: the card cuts longer ones off.",
    bad=Example(MANIFEST, {"tile": {"title": "A title of far more than fifty characters, which no card shows"}}),
    at=("/tile/title",),
)
def title_length(tile: Tile) -> Iterator[Problem]:
    """tile.title has at most 50 characters."""
    title = tile.text_at("/tile/title")
    if len(title) > TITLE_MAX:
        yield Problem(
            _("the title has {count} characters", count=len(title)),
            pointer="/tile/title",
            hint=_("shorten it to {limit}", limit=TITLE_MAX),
            form=_(
                "Shorten the title to {limit} characters: it has {count}, and the card cuts it off.",
                limit=TITLE_MAX,
                count=len(title),
            ),
        )


@rule(
    "listing/description-length",
    step="listing",
    severity=Severity.ERROR,
    source=VALIDATE_MANIFEST,
    why="The card of the tile has room for one line.",
    form="Say in one line what it does, in at most 70 characters.",
    bad=Example(
        MANIFEST,
        {"tile": {"description": "A description that goes on and on, well beyond the seventy characters that fit"}},
    ),
    at=("/tile/description",),
)
def description_length(tile: Tile) -> Iterator[Problem]:
    """tile.description has at most 80 characters, 70 on the Marketplace."""
    limit = DESCRIPTION_MAX_MARKETPLACE if tile.sold else DESCRIPTION_MAX
    description = tile.text_at("/tile/description")
    if len(description) > limit:
        yield Problem(
            _("the description has {count} characters", count=len(description)),
            pointer="/tile/description",
            hint=_("shorten it to {limit}", limit=limit),
            form=_(
                "Say in one line what it does, in at most {limit} characters: there are {count}.",
                limit=limit,
                count=len(description),
            ),
        )


@rule(
    "listing/description-full-stop",
    step="listing",
    severity=Severity.WARNING,
    source=CREATE_A_TILE,
    why="Datadog's style has no full stop at the end of a card's line.",
    form="Leave out the full stop at the end.",
    bad=Example(MANIFEST, {"tile": {"description": "Watch every widget."}}),
    at=("/tile/description",),
    mends=True,
)
def description_full_stop(tile: Tile) -> Iterator[Problem]:
    """tile.description doesn't end in a full stop."""
    description = tile.text_at("/tile/description")
    if description.rstrip().endswith(".") and not description.rstrip().endswith("..."):
        plain = description.rstrip().rstrip(".")
        yield Problem(
            _("the description ends in a full stop"),
            pointer="/tile/description",
            hint=_("take the full stop away"),
            fix=_writing("/tile/description", plain) if plain else None,
        )


@rule(
    "listing/app-id",
    step="listing",
    severity={Target.MARKETPLACE: Severity.ERROR, Target.EXTRAS: Severity.WARNING},
    source=INTEGRATION_ASSETS,
    why="The app id is part of the address of the tile's page.",
    form="Write lower-case words joined by dashes, such as acme-widget.",
    bad=Example(MANIFEST, {"app_id": "Acme Widget"}),
    at=("/app_id",),
)
def app_id(tile: Tile) -> Iterator[Problem]:
    """app_id is kebab case: lower-case words joined by dashes."""
    value = tile.text_at("/app_id")
    if value and not names.is_kebab(value):
        right = names.kebab(value) or "a-name"
        form = _("Write {right}: lower-case words joined by dashes.", right=quoted(right))
        yield Problem(
            _("app_id is {value}", value=quoted(value)),
            pointer="/app_id",
            hint=_("write {right}", right=right),
            form=form,
        )


@rule(
    "listing/app-id-vendor",
    step="listing",
    severity={Target.MARKETPLACE: Severity.WARNING},
    source=CREATE_A_TILE,
    why="Datadog finds a listing's vendor and product by the two halves of its app id.",
    form="Start with your vendor id and a dash, such as acme-corp-widget.",
    bad=Example(MANIFEST, {"app_id": "widget"}),
    at=("/app_id",),
)
def app_id_vendor(tile: Tile) -> Iterator[Problem]:
    """On the Marketplace app_id is the vendor id, a dash and the product id."""
    value, vendor = tile.text_at("/app_id"), tile.text_at("/author/vendor_id")
    if value and names.is_kebab(vendor) and not names.kebab(value).startswith(f"{vendor}-"):
        yield Problem(
            _("app_id {value} doesn't start with the vendor id", value=quoted(value)),
            pointer="/app_id",
            hint=_("write {value}", value=quoted(f"{vendor}-{names.kebab(value)}")),
            form=_("Write {value}: your vendor id comes first.", value=quoted(f"{vendor}-{names.kebab(value)}")),
        )


@rule(
    "listing/app-uuid",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="Datadog and your dashboards know the tile by this number.",
    form="Let the wizard make a new number: this one is no UUID.",
    bad=Example(MANIFEST, {"app_uuid": "1234"}),
    at=("/app_uuid",),
)
def app_uuid(tile: Tile) -> Iterator[Problem]:
    """app_uuid is a UUID."""
    value = tile.text_at("/app_uuid")
    if value and not _is_uuid(value):
        yield Problem(
            _("app_uuid is {value}", value=quoted(value)),
            pointer="/app_uuid",
            hint=_("write a new UUID, as `uuidgen` prints one"),
        )


def _is_uuid(value: str) -> bool:
    try:
        found = uuid.UUID(value)
    except ValueError:
        return False
    # All zeros is what templates carry in its place.
    return found.int != 0 and str(found) == value.lower()


@rule(
    "listing/owner",
    step="listing",
    severity=Severity.INFO,
    source=PUBLISHED_TILES,
    why="Partner tiles are looked after by one team at Datadog.",
    form="Leave the team that Datadog names for partners: this one is unknown.",
    bad=Example(MANIFEST, {"owner": "acme"}),
    at=("/owner",),
)
def owner(tile: Tile) -> Iterator[Problem]:
    """owner is the slug of a team at Datadog; for partners integrations-developer-platform."""
    value = tile.text_at("/owner")
    # saas-integrations looks after Datadog's own; partners' tiles were taken from it.
    known = (OWNER, "agent-integrations", "feature-flagging", "platform-integrations")
    if value and value not in known:
        yield Problem(
            _("owner is {value}", value=quoted(value)),
            pointer="/owner",
            hint=_("partners write {owner}", owner=OWNER),
            form=_("Write {owner}, as partners do.", owner=quoted(OWNER)),
        )


@rule(
    "listing/directory",
    step="listing",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Reviewers ask for the usual name.",
    form="Give the tile's folder the name of its app id, with underscores for dashes.",
    bad=Example(MANIFEST, {"app_id": "something-else"}),
    at=("/app_id",),
)
def directory(tile: Tile) -> Iterator[Problem]:
    """The directory's name is the app_id in snake case."""
    value, usual = tile.text_at("/app_id"), names.snake(tile.name)
    severity = Severity.INFO if not tile.sold else None
    if value and tile.name and names.snake(value) != usual:
        yield Problem(
            _("the directory is {tile} and the app_id {value}", tile=quoted(tile.name), value=quoted(value)),
            pointer="/app_id",
            hint=_("name the directory {names}, or see that both mean the same offering", names=names.snake(value)),
            severity=severity,
        )
    elif value and usual and tile.name != usual:
        message, hint = (
            _("the directory is {tile}", tile=quoted(tile.name)),
            _("name it {usual}, in snake case", usual=usual),
        )
        yield Problem(message, pointer="/app_id", hint=hint, severity=severity)


@rule(
    "listing/resource",
    step="listing",
    severity=Severity.ERROR,
    source=CREATE_A_TILE,
    why="The links below the description are made of these.",
    form="Choose what the link leads to, and write its whole address, such as “https://docs.acme.example”.",
    bad=Example(MANIFEST, {"tile": {"resources": [{"resource_type": "docs", "url": "docs.acme.example"}]}}),
    at=("/tile/resources", "/tile/resources/*/resource_type", "/tile/resources/*/url"),
)
def resource(tile: Tile) -> Iterator[Problem]:
    """Every entry of tile.resources has a known resource_type and a web address."""
    kinds = vocabulary()["resource_types"]
    for index, item in enumerate(tile.list_at("/tile/resources")):
        at = f"/tile/resources/{index}"
        if not isinstance(item, dict):
            yield Problem(
                _("resource {index} is no object", index=index + 1), pointer=at, hint=_("write resource_type and url")
            )
            continue
        if item.get("resource_type") not in kinds:
            yield Problem(
                _("resource_type is {item}", item=quoted(item.get("resource_type", ""))),
                pointer=f"{at}/resource_type",
                hint=_kind_hint(item.get("resource_type"), kinds),
                form=_("Choose what the link leads to, such as documentation."),
                severity=Severity.WARNING,
            )
        url = item.get("url")
        if not isinstance(url, str) or not is_url(url):
            whole = f"https://{url}" if isinstance(url, str) else ""
            hint = _("write {whole}", whole=quoted(whole)) if is_url(whole) else _("write an address: https://…")
            form = _(
                "Write the whole address: {whole}.",
                whole=quoted(whole if is_url(whole) else "https://docs.acme.example"),
            )
            yield Problem(_("url is {url}", url=quoted(url or "")), pointer=f"{at}/url", hint=hint, form=form)


def _kind_hint(value: object, kinds: list[str]) -> str:
    """``docs`` is short for ``documentation``."""
    text = value.strip().lower() if isinstance(value, str) else ""
    near = next((each for each in kinds if len(text) > 2 and each.startswith(text[:3])), None)
    return _("write {near}", near=near) if near else _("write one of {kinds}", kinds=", ".join(kinds))


@rule(
    "listing/public",
    step="listing",
    severity=Severity.INFO,
    source=CREATE_A_TILE,
    why="Until then the tile has no page in Datadog's public documentation.",
    form="Switch this on once the tile may be seen; it then stays on.",
    bad=Example(MANIFEST, {"display_on_public_website": False}),
    at=("/display_on_public_website",),
)
def public(tile: Tile) -> Iterator[Problem]:
    """display_on_public_website is true when the tile is published."""
    if tile.at("/display_on_public_website") is False:
        yield Problem(
            _("the tile is kept off the public documentation"),
            pointer="/display_on_public_website",
            hint=_("write true once it may be seen; it then stays true"),
        )


_LINES = ("/tile/title", "/tile/description", "/author/name", "/assets/integration/source_type_name")


@rule(
    "listing/blanks",
    step="listing",
    severity=Severity.WARNING,
    source=REVIEW,
    why="They are shown and compared as they stand: a blank at an end makes another name of it.",
    form="Remove blanks at the ends and double ones: the text is shown as it stands.",
    bad=Example(MANIFEST, {"tile": {"title": " Acme Widget"}}),
    at=_LINES,
    mends=True,
)
def blanks(tile: Tile) -> Iterator[Problem]:
    """Title, description and names are one line, without blanks at the ends or two in a row."""
    for pointer in _LINES:
        value = tile.text_at(pointer)
        plain = " ".join(value.split())
        if plain and plain != value:
            yield Problem(
                _("{pointer} has blanks too many: {value}", pointer=pointer[1:].replace("/", "."), value=quoted(value)),
                pointer=pointer,
                hint=_("write {plain}", plain=quoted(plain)),
                form=_("Write {plain}: there are blanks too many.", plain=quoted(plain)),
                fix=_writing(pointer, plain),
            )


def _writing(pointer: str, value: str) -> Fix:
    return lambda tile: tile.with_text(MANIFEST, tile.manifest.with_value(pointer, value).text)
