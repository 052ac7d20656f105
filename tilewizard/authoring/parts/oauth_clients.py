"""assets/oauth_clients.json: the client by which customers connect, from a form of its own.

Published files hold one client under the key ``integration`` (field-2026, section 1.6).
"""

from __future__ import annotations

from typing import Any

from tilewizard.answers.declaring import Kind
from tilewizard.answers.model import Answers
from tilewizard.answers.oauth_client import OAuthClient, is_begun
from tilewizard.answers.paths import is_given
from tilewizard.answers.questions import questions
from tilewizard.documents.json_document import JsonDocument
from tilewizard.field.asset_kinds import OAUTH_CLIENTS
from tilewizard.tile.tile import Tile, TileFile

from . import lists
from .part import Files, Part, Writing, shown
from .placing import placed

_FIRST = ("id", "name", "description", "client_role", "scopes", "onboarding_url", "redirect_uris")
"""The usual order of a client's keys."""
_KINDS = {each.path[1]: each.ask.kind for each in questions() if each.path[0] == "oauth_client"}
KEYS = tuple(dict.fromkeys((*_FIRST, *(key for key in _KINDS if key != "exception"))))
"""The keys of a client, in the order in which they are written: every question's but the one on the exception from it."""
_CLIENT = "/integration"


def extract(tile: Tile) -> dict[str, Any]:
    """The client of the file that the manifest names, else of the usual one."""
    file = tile.file(tile.text_at(OAUTH_CLIENTS.pointer) or OAUTH_CLIENTS.home)
    client = file.json.get(_CLIENT) if file is not None and not file.json.broken else None
    if not isinstance(client, dict):
        return {}
    return {"oauth_client": {key: _as_answer(key, client[key]) for key in KEYS if key in client}}


def _as_answer(key: str, value: Any) -> Any:
    if _KINDS[key] != Kind.LIST:
        return shown(value)
    return [shown(item) for item in value] if isinstance(value, list) else [shown(value)]


def files(writing: Writing) -> Files:
    """The file with the values of the answers that differ, over one that was picked; a new one where there is none."""
    if not is_begun(writing.after) and not writing.after.oauth:
        return {}
    changed = _changed(writing.before.oauth_client, writing.after.oauth_client)
    if not changed:
        return {}
    answer = writing.after.oauth
    path = lists.single_path(writing, "oauth", answer, OAUTH_CLIENTS.home)
    file = placed(writing, answer, path).get(path) or writing.base.file(path)
    if file is None:
        client = {key: value for key, value in _values(writing.after.oauth_client).items() if is_given(value)}
        return {path: TileFile(path, JsonDocument.of({"integration": client}).text.encode())}
    document = file.json
    if document.broken or not isinstance(document.value, dict):
        return {}  # Nothing can be set in what is no JSON; the finding on its form says what to mend first.
    client = document.get(_CLIENT)
    client = dict(client) if isinstance(client, dict) else {}
    for key, value in changed.items():
        client.pop(key, None) if not is_given(value) else client.update({key: value})
    return {path: file.with_text(document.with_value(_CLIENT, client, key_order=KEYS).text)}


def _values(client: OAuthClient) -> dict[str, Any]:
    return {key: getattr(client, key) for key in KEYS}


def _changed(before: OAuthClient, after: OAuthClient) -> dict[str, Any]:
    old = _values(before)
    return {key: value for key, value in _values(after).items() if value != old[key]}


def _inputs(answers: Answers) -> tuple[Any, ...]:
    return (answers.type, answers.submits, answers.oauth, answers.oauth_client)


PART = Part("OAuth client", _inputs, extract, files)
