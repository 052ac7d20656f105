"""What README.md took over from a scaffold or from another integration, and addresses that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tilewizard.field.vocabulary import Target
from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import README, Tile

from ..registry import Example, rule
from ..sources import COMMONMARK, OAUTH, PUBLISHED_TILES, SCAFFOLD, SCAFFOLD_README
from .readme import LINES_MAX, _changed, _section_at, document, mentions

_DEFINED = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*<?(?P<url>[^\s<>]+)>?", re.M)
_INLINE = re.compile(r"\]\([ \t]*<?(?P<url>[^\s()<>]+)>?(?:[ \t]+[\"'][^\"'\n]*[\"'])?[ \t]*\)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOST = re.compile(
    r"//(?=\w)|www\.|(?:[a-z0-9-]+\.)+(?:com|io|org|net|dev|ai|co|cloud|app|eu|tech|us|me|sh)(?=$|[/?#:])", re.I
)
_TWICE = re.compile(r"https?:/*(?=https?:)", re.I)
_SLASH = re.compile(r"https?:/?(?!/)", re.I)
_SCHEME = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]{0,20})(?:://|:(?=[\w.+-]+@))|(?:https?|htp+s?|htt?ps?)(?=[/;.]))", re.I
)
_SCHEMES = frozenset(
    ("http", "https", "mailto", "tel", "ftp", "sftp", "git", "ssh", "vscode", "slack", "data", "irc", "ircs", "datadog")
)
_LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?=$|[:/?#])", re.I)


def _found(tile: Tile, offset: int, message: str, hint: str) -> Problem:
    readme = document(tile)
    section = _section_at(readme, offset) if readme else ""
    return Problem(message, README, f"/{section}" if section else "", offset=offset, hint=hint)


@rule(
    "readme/address",
    step="readme",
    form="Write the whole address, with https://; for a mail address write mailto: in front.",
    severity=Severity.WARNING,
    source=COMMONMARK,
    why="An address without https:// or mailto: is taken for a page beside the tile's own, which is not there.",
    bad=_changed("[1]: https://acme.example\n", "[1]: support@acme.example\n"),
    good=_changed("[1]: https://acme.example\n", "[1]: mailto:support@acme.example\n"),
)
def address(tile: Tile) -> Iterator[Problem]:
    """Links of README.md begin with https://, mailto:, / or #, and none leads to the reader's own machine."""
    readme = document(tile)
    if readme is None:
        return
    places = {
        each.start("url"): each["url"] for pattern in (_DEFINED, _INLINE) for each in pattern.finditer(readme.text)
    }
    for offset, url in islice(sorted(places.items()), 2_000):
        fault = None if readme.code.holds(offset) else _wrong(url)
        if fault is not None:
            yield _found(tile, offset, _("the address {url} {fault}", url=quoted(url), fault=fault[0]), fault[1])


def _wrong(url: str) -> tuple[str, str] | None:
    """What is wrong with an address and what to do, or None."""
    if _MAIL.fullmatch(url):
        return _("is a mail address"), _("write mailto:{url}", url=url)
    if _HOST.match(url):
        return _("has no https://"), _("write https://{url}", url=url.lstrip("/")[:80])
    twice = _TWICE.match(url)
    if twice:
        return "begins twice", _("write {url}", url=url[twice.end() :][:80])
    broken = _SLASH.match(url)
    if broken:
        return _("lacks a slash"), _("write https://{url}", url=url[broken.end() :][:80])
    other = _SCHEME.match(url)
    if other and (other["scheme"] or "").casefold() not in _SCHEMES:
        return _("begins as no address does"), _("write https://… or mailto:…")
    if _LOCAL.match(url):
        return _("is on the reader's own machine"), _("show it as code, or name a page that customers can open")
    return None


_SCAFFOLD = re.compile(
    r"Include a high[- ]level overview of what this integration does"
    r"|What does your product do \(in 1-2 sentences\)"
    r"|What (?:value )?will customers get from this integration, and why is it valuable"
    r"|What specific data will your integration monitor"
    r"|Screenshots (?:should be absent|are okay) for this section"
    r"|All `###` headers are optional"
    r"|Specific step-by-step (?:un)?(?:configuration|installation) instructions for this integration"
    r"|Information about how and where to go for support for this integration"
    r"|!!! ?Add [^\n!]{3,80}!!!",
    re.IGNORECASE,
)


@rule(
    "readme/scaffold",
    step="readme",
    form="Write your own text in the place of the scaffold's instructions.",
    severity=Severity.WARNING,
    source=SCAFFOLD_README,
    why="These are the scaffold's instructions to you; customers read them on the tile's page.",
    bad=_changed("What it is.", "Include a high level overview of what this integration does:"),
)
def scaffold(tile: Tile) -> Iterator[Problem]:
    """README.md has none of the instructions that ddev's scaffold writes into it."""
    readme = document(tile)
    if readme is None or not mentions(
        readme.text,
        "what this integration does",
        "(in 1-2 sentences)",
        "customers get from this",
        "specific data will your",
        "for this section",
        "headers are optional",
        "instructions for this integration",
        "to go for support",
        "!!!",
    ):
        return
    for match in islice(_SCAFFOLD.finditer(readme.text), LINES_MAX):
        yield _found(
            tile, match.start(), _("{match} is the scaffold's", match=quoted(match[0][:70])), _("write your own text")
        )


_FILE_OF = re.compile(
    r"github\.com/DataDog/(?:integrations-extras|marketplace)/(?:blob|tree|raw)/[\w.-]{1,60}/(?P<name>[\w.-]{1,80})"
    r"/(?:metadata\.csv|manifest\.json|assets/service_checks\.json|datadog_checks/)",
    re.IGNORECASE,
)
_FOLDER = re.compile(
    r"(?<![\w/.<{*-])(?:conf\.d/)?(?P<name>[a-z][a-z0-9_]{2,80})\.d[/\\](?:conf\.yaml|metrics\.yaml)(?![\w-])"
)
_SHARED_CHECKS = frozenset(
    re.findall(
        r"\S+",
        "openmetrics prometheus jmx http_check tcp_check process directory go_expvar snmp sqlserver postgres mysql network "
        "win32_event_log windows_performance_counters wmi_check pdh_check custom_queries logs journald nagios statsd",
    )
)
"""Datadog's own checks, which a tile may have its readers configure."""


@rule(
    "readme/other-integration",
    step="readme",
    form="Name your own integration's files, not those of the one whose text was taken over.",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="The text was taken over from another integration: who follows it configures that one, or reads its metrics.",
    bad=_changed("What it is.", "See <https://github.com/DataDog/integrations-extras/blob/master/other/metadata.csv>."),
    good=_changed(
        "What it is.",
        "See <https://github.com/DataDog/integrations-extras/blob/master/acme_corp_acme_widget/metadata.csv>.",
    ),
)
def other_integration(tile: Tile) -> Iterator[Problem]:
    """README.md names no other tile's metadata, service checks or configuration folder in the place of the tile's own."""
    readme = document(tile)
    if readme is None or not tile.name:
        return
    identity = _identity(tile)
    for match in islice(_FILE_OF.finditer(readme.text), 200):
        if match["name"] != tile.name and _plain(match["name"]) not in identity:
            yield _found(
                tile,
                match.start("name"),
                _("the link is to the files of {match}", match=quoted(match["name"])),
                _("write {tile}", tile=tile.name),
            )
    own = {tile.name, *_files_of_spec(tile)} if _has_check(tile) else set()
    for match in islice(_FOLDER.finditer(readme.text), 200) if own else ():
        if match["name"] not in own | _SHARED_CHECKS and _plain(match["name"]) not in identity:
            message = _("the configuration is said to be in {match}, of another integration", match=quoted(match[0]))
            yield _found(tile, match.start("name"), message, _("write {directory}.d/conf.yaml", directory=tile.name))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _identity(tile: Tile) -> set[str]:
    """What else the tile is called: its folder may have another name where it is looked at, as in a copy."""
    packages = {path.split("/")[1] for path in tile.under("datadog_checks", ".py") if path.count("/") > 1}
    said = {
        tile.text_at("/app_id"),
        tile.text_at("/assets/integration/id"),
        tile.stated("/assets/integration/source_type_name"),
    }
    return {_plain(each) for each in packages | said if each} - {""}


def _has_check(tile: Tile) -> bool:
    """Whether the tile has a folder of configuration of its own: it has a spec, or its README names the folder elsewhere."""
    spec, readme = "assets/configuration/spec.yaml", document(tile)
    named = tile.text_at("/assets/integration/configuration/spec") or tile.file(spec)
    return bool(named) or (readme is not None and f"{tile.name}.d/" in readme.text)


def _files_of_spec(tile: Tile) -> set[str]:
    """The names of the configuration files that the package has; empty without a spec."""
    spec = tile.file("assets/configuration/spec.yaml")
    text = spec.text if spec is not None else ""
    return (
        set(re.findall(r"^(?:- +| +|)name: *[\"']?([\w-]{1,80}?)(?:\.yaml)?[\"']? *$", text, re.M)) if text else set()
    )


_UNINSTALLED = re.compile(r"\brevoke[ds]?\b|\bauthorizations?\b|\bAPI[ -]keys?\b", re.IGNORECASE)


@rule(
    "readme/oauth-revocation",
    step="readme",
    form="Say under Uninstallation that authorizations are revoked, and that the API keys made for it be disabled.",
    severity=Severity.INFO,
    source=OAUTH,
    why="Who leaves wants no key of theirs to stay behind; Datadog's page on OAuth asks for a word on it.",
    bad=Example(
        "assets/oauth_clients.json",
        {"integration": {"id": "0f8fad5b-d9cb-11ef-a165-70867728950e"}},
        also={README: "# Acme Widget\n\n## Overview\n\nWidgets.\n\n## Setup\n\n1. Install it.\n\n## Uninstallation\n\n1. Take it "
              "away.\n\n## Support\n\nWrite to support@acme.example.\n"},
    ),
    good=Example(
        "assets/oauth_clients.json",
        {"integration": {"id": "0f8fad5b-d9cb-11ef-a165-70867728950e"}},
        also={README: "# Acme Widget\n\n## Overview\n\nWidgets.\n\n## Setup\n\n1. Install it.\n\n## Uninstallation\n\n1. Take it "
              "away. Disable its API keys.\n\n## Support\n\nWrite to support@acme.example.\n"},
    ),
)  # fmt: skip
def oauth_revocation(tile: Tile) -> Iterator[Problem]:
    """README.md of a tile with an OAuth client says under Uninstallation what becomes of authorizations and API keys."""
    readme = document(tile)
    client = tile.file("assets/oauth_clients.json")
    section = readme.section("Uninstallation") if readme else None
    if readme is None or client is None or section is None:
        return
    if not _UNINSTALLED.search(readme.text[section.start : section.end]):
        hint = _("say that authorizations are revoked, and that its API keys be disabled")
        message = _("Uninstallation says nothing of authorizations and API keys")
        yield Problem(message, README, "/Uninstallation", offset=section.heading.start, hint=hint)


_DATADOG_SUPPORT = re.compile(
    r"\bdatadog(?:'s)? (?:\w+ )?(?:support|help(?:desk)?|team)\b|\b(?:help|support|info|success)@datadoghq\."
    r"|\b(?:contact|ask|email|mail|(?:ticket|request|case|issue) (?:with|to|at|for)|reach out to) (?:the )?\[?datadog\b",
    re.I,
)
_OTHER_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?!datadoghq)[\w-]+\.\w")
_OTHER_CONTACT = re.compile(
    r"\b(?!datadog\b)(?<![\w.'-])[\w.-]{1,60}(?:'s)? (?:support|docs|documentation|help|team|community)\b", re.I
)
_LITTLE = frozenset(
    [
        *(
            "to",
            "via",
            "at",
            "by",
            "email",
            "mail",
            "your",
            "a",
            "an",
            "get",
            "request",
            "of",
            "on",
            "write",
            "ask",
            "more",
        ),
        "contact",
        "the",
        "for",
        "from",
        "with",
        "see",
        "our",
        "and",
        "or",
        "need",
        "any",
        "this",
        "integration",
        "troubleshooting",
        "reach",
        "out",
    ]
)


@rule(
    "readme/own-support",
    step="readme",
    form="Name your own support: Datadog's can't answer for your product.",
    severity={Target.MARKETPLACE: Severity.WARNING, Target.EXTRAS: Severity.INFO},
    source=SCAFFOLD,
    why="Datadog's support can't answer questions about your product: reviewers ask for your own contact.",
    bad=_changed("Write to [support][1].", "Need help? Contact [Datadog support](https://docs.datadoghq.com/help/)."),
)
def own_support(tile: Tile) -> Iterator[Problem]:
    """Support or Troubleshooting of README.md names a contact of the partner's own, not Datadog's alone."""
    readme = document(tile)
    if readme is None or tile.text_at("/author/name").lower().startswith("datadog"):
        return
    sections = [each for each in readme.sections if each.title in ("Support", "Troubleshooting")]
    texts = [(each, readme.text[each.start : each.end]) for each in sections]
    if any(_has_own_contact(text) for __, text in texts):
        return
    for section, text in texts:
        match = _DATADOG_SUPPORT.search(text)
        if match:
            message, hint = _("the only contact is Datadog's support"), _("write your own address or page")
            yield Problem(message, README, f"/{section.key}", offset=section.start + match.start(), hint=hint)


def _has_own_contact(text: str) -> bool:
    """Whether a section names a contact that is not Datadog's: an address, or somebody's support, documentation or team."""
    plain = re.sub(r"[\[\]*_]", "", re.sub(r"\]\[[^\]\n]*\]", "]", text))
    if _OTHER_MAIL.search(text):
        return True
    if any(
        match.group().split()[0].lower().removesuffix("'s") not in _LITTLE for match in _OTHER_CONTACT.finditer(plain)
    ):
        return True
    return re.search(r"\]\((?:https?://(?!\w+\.datadoghq)|mailto:)", text) is not None
