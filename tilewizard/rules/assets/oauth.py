"""The OAuth client that the tile brings: ``assets/oauth_clients.json``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from tilewizard.language import _
from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile, TileFile

from ..registry import Example, rule
from ..sources import OAUTH, PUBLISHED_TILES
from .json_assets import plain_path, setting, unreadable

PATH = "assets/oauth_clients.json"
_TEXTS = ("name", "description", "onboarding_url", "client_role")
_SECRET = re.compile(r"secret|password|private_?key|access_token|refresh_token", re.IGNORECASE)
_TUNNELS = ("ngrok.io", "ngrok.app", "ngrok-free.app", "loca.lt", "trycloudflare.com", "serveo.net", "example.com", "pstmn.io", "webhook.site",
            "requestbin.com")  # fmt: skip
"""Hosts behind which a developer's own machine stands for a while, and the one that stands for none."""
_TRIAL = frozenset(
    ["alpha", "beta", "demo", "dev", "devel", "develop", "development", "local", "nonprod", "preprod", "preview", "qa", "sandbox", "stage",
     "staging", "stg", "test", "testing", "tst", "uat"]
)  # fmt: skip
"""Words in an address that name a place for the developers themselves."""
_LISTED_MAX = 200
_CLIENT = {
    "id": "0f8fad5b-d9cb-11ef-a165-70867728950e",
    "name": "Acme Widget",
    "description": "Sends the Widget's metrics to Datadog",
    "client_role": "integration",
    "onboarding_url": "https://acme.example/datadog/start",
    "redirect_uris": ["https://acme.example/datadog/callback"],
    "scopes": ["api_keys_write"],
}


def _with(**changes: Any) -> Example:
    client = {**_CLIENT, **changes}
    return Example(PATH, {"integration": client}, also={MANIFEST: {"assets": {"oauth": PATH}}})


def client_file(tile: Tile) -> TileFile | None:
    """The file of clients: the one that the manifest names, else the customary one; None when it isn't there."""
    named = tile.text_at("/assets/oauth") or PATH
    file = tile.file(plain_path(named))
    return file if file is not None and file.link is None else None


def _clients(tile: Tile) -> Iterator[tuple[TileFile, str, dict[str, Any]]]:
    file = client_file(tile)
    if file is None or file.json.broken or not isinstance(file.json.value, dict):
        return
    for key, client in file.json.value.items():
        if isinstance(client, dict):
            yield file, f"/{key.replace('~', '~0').replace('/', '~1')}", client


@rule(
    "oauth/named",
    step="type",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Datadog looks for the client where the manifest says; every published tile with OAuth names it there.",
    form="Choose the OAuth clients here: the tile doesn't name them where Datadog looks.",
    bad=Example(PATH, {"integration": _CLIENT}, also={MANIFEST: {"assets": {"oauth": None}}}),
    at=("/assets/oauth", "/oauth"),
)
def named(tile: Tile) -> Iterator[Problem]:
    """assets.oauth is the path of the client file; the oauth object at the top of the manifest is empty."""
    said = tile.at("/assets/oauth")
    if not said and tile.has(PATH) and isinstance(tile.at("/assets"), dict):
        yield Problem(
            _("the manifest doesn't name {path}", path=PATH),
            pointer="/assets/oauth",
            hint=_('add "oauth": "{path}" to assets', path=PATH),
        )
    elif said and not isinstance(said, str):
        yield Problem(
            _("assets.oauth is {said}", said=quoted(said)), pointer="/assets/oauth", hint=_("write {path}", path=PATH)
        )
    top = tile.at("/oauth")
    if isinstance(top, dict) and top:
        hint = _("write {{}} there, and the client in {path}", path=PATH)
        yield Problem(_("oauth is {top}", top=quoted(top)), pointer="/oauth", hint=hint, severity=Severity.INFO)


@rule(
    "oauth/form",
    step="type",
    severity=Severity.ERROR,
    source=OAUTH,
    why="Datadog registers the client from this file; what can't be read can't be registered.",
    form="Describe the OAuth client anew: there is none that Datadog can read.",
    bad=Example(PATH, '{"integration": ', also={MANIFEST: {"assets": {"oauth": PATH}}}),
    at=("/assets/oauth",),
)
def form(tile: Tile) -> Iterator[Problem]:
    """The OAuth client file is a JSON object of clients, each an object under its role."""
    file = client_file(tile)
    if file is None:
        return
    problem = unreadable(file, "client")
    if problem is not None:
        yield problem
        return
    if not file.json.value:
        yield Problem(_("there is no client in it"), file.path, hint=_('write {"integration": {…}}'))
    for key, client in file.json.value.items():
        if not isinstance(client, dict):
            at = f"/{key.replace('~', '~0').replace('/', '~1')}"
            hint = _("write an object with {client}", client=", ".join(_CLIENT))
            yield Problem(
                _("the client {key} is {client}", key=quoted(key), client=quoted(client)), file.path, at, hint=hint
            )


@rule(
    "oauth/keys",
    step="type",
    severity=Severity.WARNING,
    source=OAUTH,
    why="Without them a customer can't start or finish the authorization.",
    form="Give the client a name, a description, addresses that start with https, and its scopes.",
    bad=_with(redirect_uris=["http://acme.example/callback"]),
    good=_with(),
    at=("/assets/oauth",),
)
def keys(tile: Tile) -> Iterator[Problem]:
    """A client has name, description, client_role and onboarding_url, redirect addresses by https, and scopes."""
    for file, at, client in _clients(tile):
        for key in _TEXTS:
            value = client.get(key)
            if not isinstance(value, str) or not value.strip():
                yield Problem(
                    _("{key} is {value}", key=key, value=_shown(value)),
                    file.path,
                    f"{at}/{key}",
                    hint=_("write a text for {key}", key=key),
                )
        start = client.get("onboarding_url")
        if isinstance(start, str) and start.strip() and not start.startswith("https://"):
            yield Problem(
                _("onboarding_url is {start}", start=quoted(start)),
                file.path,
                f"{at}/onboarding_url",
                hint=_https(start),
            )
        yield from _listed(file, at, client)


def _listed(file: TileFile, at: str, client: dict[str, Any]) -> Iterator[Problem]:
    for key in ("redirect_uris", "scopes"):
        value = client.get(key)
        if not isinstance(value, list) or not value:
            yield Problem(
                _("{key} is {value}", key=key, value=_shown(value)),
                file.path,
                f"{at}/{key}",
                hint=_("write a list of at least one"),
            )
            continue
        seen: list[Any] = []
        for index, each in enumerate(value[:_LISTED_MAX]):
            place = f"{at}/{key}/{index}"
            if each in seen:
                yield Problem(
                    _("{name} stands twice in {key}", name=quoted(each), key=key),
                    file.path,
                    place,
                    hint=_("take one away"),
                )
            seen.append(each)
            if key == "redirect_uris" and not (isinstance(each, str) and each.startswith("https://")):
                yield Problem(
                    _("the address {name} is not https", name=quoted(each)), file.path, place, hint=_https(each)
                )
            elif key == "scopes" and not (isinstance(each, str) and re.fullmatch(r"[a-z][a-z0-9_]*", each)):
                hint = _("write a scope such as api_keys_write")
                yield Problem(_("{name} is no scope", name=quoted(each)), file.path, place, hint=hint)


def _shown(value: object) -> str:
    return "missing" if value is None else quoted(value)


def _https(value: object) -> str:
    rest = value.partition("://")[2] if isinstance(value, str) else ""
    return (
        _("write {value}", value=quoted(f"https://{rest}")) if rest else _("write an address that starts with https://")
    )


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


@rule(
    "oauth/id",
    step="type",
    severity=Severity.WARNING,
    source=PUBLISHED_TILES,
    why="Datadog knows the client by the id that it gave it; every published client has it: 37 of 37.",
    form="Enter the ID that Datadog gave the OAuth client.",
    bad=_with(id="acme"),
    good=_with(),
    at=("/assets/oauth",),
)
def client_id(tile: Tile) -> Iterator[Problem]:
    """A client has the id that Datadog gave it, a UUID, and no two clients have the same."""
    seen: dict[str, str] = {}
    for file, at, client in _clients(tile):
        here = client.get("id")
        place, hint = f"{at}/id", _("write the one that Datadog showed when the client was made")
        if not here:
            # Before Datadog has made the client there is none to write.
            yield Problem(_("the client has no id"), file.path, place, hint=hint, severity=Severity.INFO)
        elif not isinstance(here, str) or not _ID.fullmatch(here):
            yield Problem(_("the id {here} is no UUID", here=quoted(here)), file.path, place, hint=hint)
        elif seen.setdefault(here.lower(), at) != at:
            yield Problem(_("two clients have the id {here}", here=quoted(here)), file.path, place, hint=hint)


@rule(
    "oauth/secret",
    step="type",
    severity=Severity.WARNING,
    source=OAUTH,
    why="The repository is read by others; Datadog gives the secret to you alone.",
    form="Take the secret out at once and have a new one made: this file is published.",
    bad=_with(client_secret="not-for-others"),
    good=_with(),
    at=("/assets/oauth",),
)
def secret(tile: Tile) -> Iterator[Problem]:
    """The OAuth client file holds no secret."""
    for file, at, client in _clients(tile):
        for key, value in client.items():
            if _SECRET.search(key) and value:
                place = f"{at}/{key.replace('~', '~0').replace('/', '~1')}"
                hint = _("take it away, and have it replaced if it was ever pushed")
                yield Problem(_("{key} is a secret", key=quoted(key)), file.path, place, key=True, hint=hint)


@rule(
    "oauth/test-address",
    step="type",
    severity=Severity.INFO,
    source=PUBLISHED_TILES,
    why="Customers are sent to these addresses; most published clients have none that is for tests.",
    form="Name only addresses that customers use, none of a test or staging system.",
    bad=_with(redirect_uris=["https://staging.acme.example/datadog/callback"]),
    good=_with(),
    at=("/assets/oauth",),
)
def test_address(tile: Tile) -> Iterator[Problem]:
    """The addresses of a client are not those of a developer's machine or a test or staging system."""
    for file, at, client in _clients(tile):
        listed = client.get("redirect_uris")
        places = [
            (f"{at}/redirect_uris/{index}", each)
            for index, each in enumerate(listed if isinstance(listed, list) else ())
        ]
        for place, address in [(f"{at}/onboarding_url", client.get("onboarding_url")), *places[:_LISTED_MAX]]:
            word = _trial_word(address) if isinstance(address, str) else ""
            if word:
                message = _("the address {address} is of {word}", address=quoted(address), word=quoted(word))
                yield Problem(message, file.path, place, hint=_("take it away before the tile is published"))


def _trial_word(address: str) -> str:
    """What tells that an address is for tests: a word of its host but for the last label, a whole step of its path, an environment that it asks for."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:  # a bracket that is no IPv6 address
        return ""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or _is_private(host):
        return host
    tunnel = next((each for each in _TUNNELS if host == each or host.endswith(f".{each}")), "")
    asked = re.findall(r"\b(?:env|environment|stage)=([\w-]+)", parts.query.lower())
    words = [*re.split(r"[.\-_]", host.rpartition(".")[0]), *parts.path.lower().split("/"), *asked]
    return tunnel or next((word for word in words if word.rstrip("0123456789") in _TRIAL), "")


def _is_private(host: str) -> bool:
    """Whether a host is an address of a machine or a network of one's own."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback


@rule(
    "oauth/role",
    step="type",
    severity=Severity.INFO,
    source=PUBLISHED_TILES,
    why="Every published client is an integration's; another role is of another kind of client.",
    form="Let the client be an integration's.",
    bad=_with(client_role="admin"),
    good=_with(),
    at=("/assets/oauth",),
    mends=True,
)
def role(tile: Tile) -> Iterator[Problem]:
    """A client's client_role is integration."""
    for file, at, client in _clients(tile):
        here = client.get("client_role")
        if isinstance(here, str) and here.strip() and here != "integration":
            pointer = f"{at}/client_role"
            yield Problem(_("client_role is {here}", here=quoted(here)), file.path, pointer, hint=_("write integration"),
                          fix=setting(file.path, pointer, "integration"))  # fmt: skip


_TAGGED = "Submitted Data Type::Incidents"


@rule(
    "oauth/incident-scope",
    step="type",
    severity=Severity.INFO,
    source=OAUTH,
    why="An incident is opened in a user's name: without that scope Datadog refuses it, unless the customer enters an application key.",
    form="Ask for the scope of incidents in the OAuth client, or untick incidents: nothing can open them.",
    bad=Example(
        PATH,
        {"integration": _CLIENT},
        also={MANIFEST: {"tile": {"classifier_tags": [_TAGGED, "Offering::Integration"]}, "assets": {"oauth": PATH}}},
    ),
    good=Example(
        PATH,
        {"integration": {**_CLIENT, "scopes": ["api_keys_write", "incident_write"]}},
        also={MANIFEST: {"tile": {"classifier_tags": [_TAGGED, "Offering::Integration"]}, "assets": {"oauth": PATH}}},
    ),
    at=("submits",),
)
def incident_scope(tile: Tile) -> Iterator[Problem]:
    """A tile that is tagged with incidents has a client with the scope incident_write, or code that opens them."""
    if _TAGGED not in tile.list_at("/tile/classifier_tags"):
        return
    asked = any("incident_write" in str(client.get("scopes")) for *__, client in _clients(tile))
    code = (file for path in tile.under("examples", ".py") if (file := tile.file(path)) is not None)
    if not asked and not any("/v2/incidents" in file.text for file in code):
        message, hint = (
            _("incidents are tagged, and no OAuth client asks for the scope incident_write"),
            _("add incident_write"),
        )
        yield Problem(
            message, pointer="/tile/classifier_tags", hint=_("{hint} to its scopes", hint=hint), question="submits"
        )


_DATA = "Submitted Data Type::"


@rule(
    "oauth/send-scope",
    step="type",
    severity=Severity.INFO,
    source=OAUTH,
    why="With that scope the client makes the customer's API key, by which data is sent; without it the customer has to make and enter one.",
    form="Ask for the scope that makes an API key, since your tile sends data.",
    bad=Example(PATH, {"integration": {**_CLIENT, "scopes": ["metrics_read"]}}),
    good=_with(),
    at=("/assets/oauth",),
)
def send_scope(tile: Tile) -> Iterator[Problem]:
    """The client of a tile that submits data has the scope api_keys_write."""
    tags = [each for each in tile.list_at("/tile/classifier_tags") if isinstance(each, str)]
    if not any(each.startswith(_DATA) for each in tags) or tile.under("datadog_checks", ".py"):
        return
    for file, at, client in _clients(tile):
        scopes = client.get("scopes")
        if isinstance(scopes, list) and scopes and "api_keys_write" not in scopes:
            message = _("the tile submits data, and no scope makes an API key")
            yield Problem(
                message, file.path, f"{at}/scopes", hint=_("add api_keys_write, if customers enter no key themselves")
            )
