"""The language server and what is around a tile: the disk, other tiles, settings, and how it begins and ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.rules.clean_tile import written

from .driving import LIKE_VS_CODE, MANIFEST, METADATA, NAME, README, actions, editor


def message(method: str, number: int | None = None, **params: object) -> bytes:
    said = {"jsonrpc": "2.0", "method": method, "params": params} | ({} if number is None else {"id": number})
    body = json.dumps(said).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


HELLO = message("initialize", 1, processId=None, rootUri=None, capabilities={}) + message("initialized")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "status"),
    [
        (HELLO + message("shutdown", 2) + message("exit"), 0),
        (HELLO + message("exit"), 1),
        (HELLO, 0),
        (b"", 0),
    ],
)
def test_it_ends_by_the_protocol_and_says_nothing_else(said: bytes, status: int, tile: Path) -> None:
    words = [sys.executable, "-m", "tilewizard", "lsp"]
    done = subprocess.run(words, input=said, capture_output=True, timeout=60, check=False, cwd=tile)
    assert done.returncode == status and b"Traceback" not in done.stderr
    rest = done.stdout
    while rest:
        head, _, rest = rest.partition(b"\r\n\r\n")
        size = int(head.removeprefix(b"Content-Length: ").partition(b"\r\n")[0])
        assert json.loads(rest[:size])["jsonrpc"] == "2.0"
        rest = rest[size:]


@pytest.mark.slow
def test_what_git_or_a_library_prints_does_not_reach_the_editor(tile: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, threading\n"
        "def loud(*_):\n    print('NOISE'); return None\n"
        "import tilewizard.editors.at_work as work\n"
        "kept = work.TileAtWork.check\n"
        "def check(self, buffers):\n    print('NOISE'); import os; os.system('echo NOISE'); return kept(self, buffers)\n"
        "work.TileAtWork.check = check\n"
    )
    opened = {
        "uri": (tile / MANIFEST).as_uri(),
        "languageId": "json",
        "version": 1,
        "text": (tile / MANIFEST).read_text(),
    }
    uri = {"uri": opened["uri"]}
    said = HELLO + message("textDocument/didOpen", textDocument=opened)
    said += message("textDocument/hover", 2, textDocument=uri, position={"line": 0, "character": 0})
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    words = [sys.executable, "-m", "tilewizard", "lsp"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as server:
        assert server.stdin and server.stdout and server.stderr
        server.stdin.write(said)
        server.stdin.flush()
        seen = b""
        while b'"id":2' not in seen.replace(b" ", b""):
            seen += server.stdout.read1(65536)
        out, told = server.communicate(message("shutdown", 3) + message("exit"), timeout=60)
    assert b"NOISE" not in seen + out and told.count(b"NOISE") >= 2


@pytest.mark.slow
def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls").mkdir()
    (tmp_path / "pygls" / "__init__.py").write_text("raise ModuleNotFoundError('no', name='pygls')\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    words = [sys.executable, "-m", "tilewizard", "lsp"]
    done = subprocess.run(words, input="", capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2 and not done.stdout
    assert done.stderr.strip() == (
        "tilewizard: the language server needs a package that is not installed — pip install 'tilewizard[lsp]'"
    )


@pytest.mark.slow
async def test_watching_is_asked_for_where_the_editor_can(tile: Path) -> None:
    async with editor(tile.parent, LIKE_VS_CODE) as client:
        await client.settled(client.open(tile / MANIFEST))
        assert client.registered == ["workspace/didChangeWatchedFiles"]


async def test_several_tiles_are_kept_apart_and_what_was_told_goes_with_the_last_buffer(tile: Path) -> None:
    second = written(tile.parent / "acme_corp_acme_gadget")
    async with editor(tile.parent) as client:
        one, other = client.open(tile / METADATA), client.open(second / METADATA)
        client.type(one, (tile / METADATA).read_text().replace(",count,", ",counter,", 1))
        await client.settled(one)
        await client.settled(other)
        assert "metadata/type" in client.rules(one) and "metadata/type" not in client.rules(other)
        assert all(NAME in uri or "gadget" in uri for uri in client.told)
        client.close(one)
        await client.until(lambda: client.at(one) == [])


@pytest.mark.parametrize(
    "text", ['{"manifest_version": 3, "name": "An extension", "version": "1"}', '{"name": "A page"}']
)
async def test_a_manifest_of_something_else_is_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "extension").mkdir()
    (tmp_path / "extension" / MANIFEST).write_text(text)
    async with editor(tmp_path) as client:
        uri = client.open(tmp_path / "extension" / MANIFEST)
        assert await client.settled(uri) == []


async def test_what_belongs_to_no_tile_and_what_is_no_file_is_left_alone(tile: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n")
    async with editor(tmp_path) as client:
        stray = client.open(tmp_path / "notes.md")
        client.open(tile / ".venv" / "lib" / "package.json", "{")
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem("untitled:1", "json", 1, "{")))
        client.versions["untitled:1"] = 1
        client.type("untitled:1", "{}")
        assert await client.settled(client.open(tile / MANIFEST)) == []
        assert not any(told.diagnostics for told in client.told.values())
        named = lsp.TextDocumentIdentifier(stray)
        assert await client.text_document_hover_async(lsp.HoverParams(named, lsp.Position(0, 0))) is None
        assert await client.text_document_completion_async(lsp.CompletionParams(named, lsp.Position(0, 1))) is None
        assert await actions(client, stray) == []
        assert stray not in client.told and "untitled:1" not in client.told


@pytest.mark.slow
async def test_the_rest_of_the_tile_is_read_from_the_disk_anew(tile: Path) -> None:
    async with editor(tile.parent) as client:
        uri = client.open(tile / MANIFEST)
        await client.settled(uri)
        other = (tile / METADATA).as_uri()
        (tile / METADATA).write_text((tile / METADATA).read_text().replace(",count,", ",counter,", 1))
        client.type(uri, (tile / MANIFEST).read_text() + "\n")
        await client.settled(uri)
        await client.until(lambda: "metadata/type" in client.rules(other))
        (tile / README).unlink()
        client.workspace_did_change_watched_files(
            lsp.DidChangeWatchedFilesParams([lsp.FileEvent((tile / README).as_uri(), lsp.FileChangeType.Deleted)])
        )
        await client.until(lambda: "readme/missing" in client.rules(uri))
        assert any(each.message.startswith("README.md: ") for each in client.at(uri))


async def test_settings_are_read_at_each_check_where_nobody_tells_that_they_changed(tile: Path) -> None:
    text = (tile / METADATA).read_text().replace(",count,", ",counter,", 1)
    async with editor(tile.parent) as client:
        uri = client.open(tile / METADATA, text)
        assert [each.code for each in await client.settled(uri)] == ["metadata/type"]
        (tile.parent / "tilewizard.toml").write_text('ignore = ["metadata/type"]\n')
        client.type(uri, text)
        assert await client.settled(uri) == []


@pytest.mark.slow
async def test_exceptions_and_settings_of_the_checkout_hold_and_are_read_again_when_they_are_saved(tile: Path) -> None:
    settings = tile.parent / "tilewizard.toml"
    (tile / MANIFEST).write_text(
        (tile / MANIFEST).read_text().replace('"title": "Acme Widget"', '"titel": "Acme Widget"')
    )
    async with editor(tile.parent) as client:
        uri = client.open(tile / MANIFEST)
        await client.settled(uri)
        assert set(client.rules(uri)) == {"manifest/unknown-key", "manifest/required-key"}
        settings.write_text('[[allow]]\nrule = "manifest/unknown-key"\nreason = "Agreed"\n')
        client.save(settings.as_uri())
        await client.until(lambda: client.rules(uri) == ["manifest/required-key"])
        settings.write_text('ignore = ["manifest"]\n')
        client.save(settings.as_uri())
        await client.until(lambda: client.rules(uri) == [])
        settings.write_text('ignore = ["manifest"]\nseverty = "error"\n')
        client.save(settings.as_uri())
        await client.until(lambda: len(client.at(settings.as_uri())) == 1)
        assert "severity" in client.at(settings.as_uri())[0].message
        assert client.at(settings.as_uri())[0].range.start.line == 1
        settings.unlink()
        client.save(settings.as_uri())
        await client.until(lambda: client.at(settings.as_uri()) == [] and len(client.rules(uri)) == 2)


async def test_keys_that_follow_each_other_at_once_are_checked_once(tile: Path) -> None:
    text = (tile / README).read_text()
    async with editor(tile.parent) as client:
        uri = client.open(tile / README)
        await client.settled(uri)
        before = client.order.count(uri)
        for number in range(40):
            client.type(uri, f"{text}\n{'simply ' * number}\n")
        assert "readme/filler" in [each.code for each in await client.settled(uri)]
        assert client.order.count(uri) - before < 10
