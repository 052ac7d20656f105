"""The OAuth client that the tile brings: ``assets/oauth_clients.json``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tilewizard.quoting import quoted
from tilewizard.rules.findings import Problem, Severity
from tilewizard.tile.tile import MANIFEST, Tile, TileFile

from ..registry import Example, rule
from ..sources import OAUTH, PUBLISHED_TILES
from .json_assets import plain_path, unreadable

PATH = "assets/oauth_clients.json"
_TEXTS = ("name", "description", "onboarding_url", "client_role")
_SECRET = re.compile(r"secret|password|private_?key|access_token|refresh_token", re.IGNORECASE)
_CLIENT = {
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
    if not said and tile.file(PATH) is not None and isinstance(tile.at("/assets"), dict):
        yield Problem(
            f"the manifest doesn't name {PATH}", pointer="/assets/oauth", hint=f'add "oauth": "{PATH}" to assets'
        )
    elif said and not isinstance(said, str):
        yield Problem(f"assets.oauth is {quoted(said)}", pointer="/assets/oauth", hint=f"write {PATH}")
    top = tile.at("/oauth")
    if isinstance(top, dict) and top:
        hint = f"write {{}} there, and the client in {PATH}"
        yield Problem(f"oauth is {quoted(top)}", pointer="/oauth", hint=hint, severity=Severity.INFO)


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
        yield Problem("there is no client in it", file.path, hint='write {"integration": {…}}')
    for key, client in file.json.value.items():
        if not isinstance(client, dict):
            at = f"/{key.replace('~', '~0').replace('/', '~1')}"
            hint = f"write an object with {', '.join(_CLIENT)}"
            yield Problem(f"the client {quoted(key)} is {quoted(client)}", file.path, at, hint=hint)


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
                yield Problem(f"{key} is {_shown(value)}", file.path, f"{at}/{key}", hint=f"write a text for {key}")
        start = client.get("onboarding_url")
        if isinstance(start, str) and start.strip() and not start.startswith("https://"):
            yield Problem(f"onboarding_url is {quoted(start)}", file.path, f"{at}/onboarding_url", hint=_https(start))
        yield from _listed(file, at, client)


def _listed(file: TileFile, at: str, client: dict[str, Any]) -> Iterator[Problem]:
    for key in ("redirect_uris", "scopes"):
        value = client.get(key)
        if not isinstance(value, list) or not value:
            yield Problem(f"{key} is {_shown(value)}", file.path, f"{at}/{key}", hint="write a list of at least one")
            continue
        seen: list[Any] = []
        for index, each in enumerate(value[:200]):
            place = f"{at}/{key}/{index}"
            if each in seen:
                yield Problem(f"{quoted(each)} stands twice in {key}", file.path, place, hint="take one away")
            seen.append(each)
            if key == "redirect_uris" and not (isinstance(each, str) and each.startswith("https://")):
                yield Problem(f"the address {quoted(each)} is not https", file.path, place, hint=_https(each))
            elif key == "scopes" and not (isinstance(each, str) and re.fullmatch(r"[a-z][a-z0-9_]*", each)):
                hint = "write a scope such as api_keys_write"
                yield Problem(f"{quoted(each)} is no scope", file.path, place, hint=hint)


def _shown(value: object) -> str:
    return "missing" if value is None else quoted(value)


def _https(value: object) -> str:
    rest = value.partition("://")[2] if isinstance(value, str) else ""
    return f"write {quoted(f'https://{rest}')}" if rest else "write an address that starts with https://"


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
                hint = "take it away, and have it replaced if it was ever pushed"
                yield Problem(f"{quoted(key)} is a secret", file.path, place, key=True, hint=hint)
