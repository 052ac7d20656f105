"""Who offers the tile: addresses, home page, vendor id."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tilewizard.field import names
from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile

from ..registry import Example, rule
from ..sources import CREATE_A_TILE, INTEGRATION_ASSETS, SCAFFOLD

_URL = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?")
_EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]+@[^\s@<>\"',;:()\[\]\\]+\.[^\s@.]+")


def is_url(text: str) -> bool:
    """Whether a text is a web address: ``http`` or ``https``, and a host."""
    return _URL.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Whether a text is one mail address."""
    return _EMAIL.fullmatch(text) is not None


@rule(
    "author/address",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="Customers and Datadog write to these addresses.",
    form="Write a mail address in plain letters, such as support@acme.example.",
    bad=Example(MANIFEST, {"author": {"support_email": "support at acme"}}),
    at=("/author/support_email", "/author/sales_email"),
)
def address(tile: Tile) -> Iterator[Problem]:
    """author.support_email and author.sales_email are mail addresses of ASCII characters."""
    for key in ("support_email", "sales_email"):
        value = tile.text_at(f"/author/{key}")
        if value and not (is_email(value) and value.isascii()):
            # A web form in place of an address has been published; reviewers let it through.
            severity = Severity.WARNING if is_url(value) else None
            yield Problem(
                _("{value} is no mail address", value=quoted(value)),
                pointer=f"/author/{key}",
                hint=_("write one such as support@acme.example"),
                severity=severity,
            )


@rule(
    "author/homepage",
    step="listing",
    severity=Severity.ERROR,
    source=INTEGRATION_ASSETS,
    why="The author's name on the tile's page links to it.",
    form="Write the whole web address, such as https://www.acme.example.",
    bad=Example(MANIFEST, {"author": {"homepage": "acme.example"}}),
    at=("/author/homepage",),
)
def homepage(tile: Tile) -> Iterator[Problem]:
    """author.homepage is a web address."""
    value = tile.text_at("/author/homepage")
    if value and not is_url(value):
        yield Problem(
            _("{value} is no web address", value=quoted(value)),
            pointer="/author/homepage",
            hint=_("write {value}", value=quoted(f"https://{value}")),
            form=_("Write the whole address: {value}.", value=quoted(f"https://{value}")),
        )


@rule(
    "author/vendor-id",
    step="listing",
    severity={Target.MARKETPLACE: Severity.ERROR},
    source=CREATE_A_TILE,
    why="Datadog issues one to each vendor; listings and metering are tied to it.",
    form="Write the vendor id that Datadog issued to you: lower-case letters, digits and dashes.",
    bad=Example(MANIFEST, {"author": {"vendor_id": "Acme Corp"}}),
    at=("/author/vendor_id",),
)
def vendor_id(tile: Tile) -> Iterator[Problem]:
    """On the Marketplace author.vendor_id is there: lower-case letters, digits and dashes."""
    value = tile.text_at("/author/vendor_id")
    if not isinstance(tile.at("/author"), dict):
        return
    if not value:
        yield Problem(
            _("author.vendor_id is missing"),
            pointer="/author/vendor_id",
            hint=_("write the one Datadog issued"),
            form=_("Enter the vendor id that Datadog issued to you."),
        )
    elif not names.is_kebab(value):
        yield Problem(
            _("vendor_id is {value}", value=quoted(value)),
            pointer="/author/vendor_id",
            hint=_("write {names}", names=names.kebab(value) or "a-name"),
            form=_(
                "Write {names}: lower-case letters, digits and dashes.", names=quoted(names.kebab(value) or "a-name")
            ),
        )


_REPOSITORY = re.compile(
    r"https?://(?:(?:www\.)?github\.com/datadog(?:/(?:integrations-(?:extras|core)|marketplace)\b.*)?"
    r"|(?:www\.|docs\.|app\.)?datadoghq\.(?:com|eu)(?:/.*)?)/?",
    re.I,
)
# Not those of people who work there and publish a tile of their own.
_DATADOG_MAIL = re.compile(
    r"(?:help|support|info|sales|success|contact|community|hello|partners?|integrations?|ecosystems?|packages?)"
    r"@datadoghq\.(?:com|eu)",
    re.I,
)
_NOBODY = (
    "community",
    "the community",
    "your company",
    "your company name",
    "your name",
    "company name",
    "vendor name",
)


@rule(
    "author/scaffold-value",
    step="listing",
    form="Write your own company's name, site and addresses.",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=SCAFFOLD,
    why="The tile's page names the scaffold's values where customers look for you.",
    bad=Example(MANIFEST, {"author": {"homepage": "https://github.com/DataDog/integrations-extras"}}),
    at=("/author/name", "/author/homepage", "/author/support_email", "/author/sales_email"),
)
def scaffold_value(tile: Tile) -> Iterator[Problem]:
    """author says who offers the tile: not “Community”, Datadog's repository, site or addresses, which the scaffold writes."""
    name = tile.text_at("/author/name").strip()
    if name.lower().startswith("datadog"):
        return  # Datadog's own tile: these are its values.
    if name.lower() in _NOBODY:
        yield Problem(
            _("author.name is {name}", name=quoted(name)), pointer="/author/name", hint=_("write your company's name")
        )
    home = tile.text_at("/author/homepage").strip()
    if _REPOSITORY.fullmatch(home):
        message = _("author.homepage is {home}, Datadog's own", home=quoted(home))
        yield Problem(message, pointer="/author/homepage", hint=_("write your own site's address"))
    for key in ("support_email", "sales_email"):
        mail = tile.text_at(f"/author/{key}").strip()
        if _DATADOG_MAIL.fullmatch(mail):
            message = _("author.{key} is {mail}, Datadog's own", key=key, mail=quoted(mail))
            yield Problem(message, pointer=f"/author/{key}", hint=_("write your own address"))
