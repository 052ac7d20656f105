"""The language server, spoken to by a script over standard input and output: what it tells, explains, mends, completes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from .driving import LIKE_VS_CODE, MANIFEST, METADATA, NAME, README, Editor, actions, applied, editor

BOARD = "assets/dashboards/acme_widget_overview.json"
PIPELINE, CASES = "assets/logs/acme_widget.yaml", "assets/logs/acme_widget_tests.yaml"


def underlined(text: str, each: lsp.Diagnostic) -> str:
    """What a diagnostic underlines, on one line, its columns taken for units of UTF-16."""
    start, end = each.range.start, each.range.end
    assert start.line == end.line
    units = text.split("\n")[start.line].encode("utf-16-le")
    return units[2 * start.character : 2 * end.character].decode("utf-16-le")


FAULTS = [
    (MANIFEST, '"title": "Acme Widget"', '"titel": "Acme Widget"', "manifest/unknown-key", '"titel"'),
    (MANIFEST, '"Category::Cloud"', '"Category::Claud"', "tags/unknown", '"Category::Claud"'),
    (README, "## Setup\n", "#### Setup\n", "readme/heading-skipped", "#### Setup"),
    (README, "[guide][1]", "[guide](https://x.example)", "readme/inline-link", "[guide](https://x.example)"),
    (METADATA, ",count,", ",counter,", "metadata/type", "counter"),
    (METADATA, "Mean time", "\U0001f600 mean time", "metadata/description", "\U0001f600 mean time to serve a request."),
    (BOARD, '"widgets": [', '"widget": [', "dashboards/form", "{"),
    (PIPELINE, "id: acme_widget\n", "", "logs/keys", "metric_id"),
    (CASES, "tests:", "tests: []\nmore:", "logs/", ""),
]


@pytest.mark.parametrize(("file", "old", "new", "rule", "at"), FAULTS)
async def test_what_is_typed_is_checked_before_it_is_saved(
    tile: Path, file: str, old: str, new: str, rule: str, at: str
) -> None:
    before = (tile / file).read_text("utf-8")
    assert old in before
    after = before.replace(old, new, 1)
    async with editor(tile.parent) as client:
        uri = client.open(tile / file)
        assert await client.settled(uri) == []
        client.type(uri, after)
        found = [each for each in await client.settled(uri) if str(each.code).startswith(rule)]
        assert found, client.rules(uri)
        assert not at or at in {underlined(after, each) for each in found}
        assert all(each.source == "tilewizard" for each in found)
        assert (tile / file).read_text("utf-8") == before
        client.type(uri, before)
        assert await client.settled(uri) == []


@pytest.mark.parametrize("encoding", [lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf32])
async def test_columns_are_counted_in_what_was_agreed_on(tile: Path, encoding: lsp.PositionEncodingKind) -> None:
    general = lsp.GeneralClientCapabilities(position_encodings=[encoding])
    text = (tile / README).read_text().replace("What every widget", "\U0001f600é what every", 1)
    text = text.replace("[guide][1]", "[guide](https://x.example)")
    line = next(each for each in text.split("\n") if "[guide]" in each)
    codec = "utf-8" if encoding == lsp.PositionEncodingKind.Utf8 else "utf-32-le"
    width = 1 if encoding == lsp.PositionEncodingKind.Utf8 else 4
    async with editor(tile.parent, lsp.ClientCapabilities(general=general)) as client:
        assert client.result is not None and client.result.capabilities.position_encoding == encoding
        uri = client.open(tile / README, text)
        await client.settled(uri)
        place = next(each.range for each in client.at(uri) if each.code == "readme/inline-link")
        assert place.start.character == len(line[: line.index("[guide]")].encode(codec)) // width
        assert place.end.character - place.start.character == len("[guide](https://x.example)")


async def test_edits_of_a_part_are_laid_where_the_protocol_says(tile: Path) -> None:
    # A line separator ends no line in the protocol, a lone carriage return does.
    text = (tile / README).read_text().replace("What every widget does", "\u2028\U0001f600 what\x0c it does", 1)
    text = text.replace("\n\n## Setup", "\r\r## Setup", 1)
    lines = text.replace("\r", "\n").split("\n")
    row = lines.index("1. Install the integration from its tile.")
    async with editor(tile.parent) as client:
        uri = client.open(tile / README, text)
        await client.settled(uri)
        client.type(uri, "Simply i", (row, 3, row, 4))
        found = next(each for each in await client.settled(uri) if each.code == "readme/filler")
        assert (found.range.start, found.range.end) == (lsp.Position(row, 3), lsp.Position(row, 9))


@pytest.mark.slow
@pytest.mark.parametrize("broken", ['"title": "Acme', '"title": ', "{{", '"title" "x",'])
async def test_broken_json_is_told_once_and_the_other_files_stand_as_they_were(tile: Path, broken: str) -> None:
    before = (tile / MANIFEST).read_text()
    (tile / README).write_text((tile / README).read_text().replace("## Support", "## Help"))
    async with editor(tile.parent) as client:
        uri, readme = client.open(tile / MANIFEST), client.open(tile / README)
        await client.settled(uri)
        await client.settled(readme)
        others = client.rules(readme)
        assert "readme/section-missing" in others
        client.type(uri, before.replace('"title": "Acme Widget",', broken, 1))
        assert [each.code for each in await client.settled(uri)] == ["manifest/syntax"]
        assert client.rules(readme) == others
        client.type(uri, before)
        await client.settled(uri)
        assert "manifest/syntax" not in client.rules(uri)


@pytest.mark.parametrize(
    ("file", "broken"),
    [(BOARD, "{"), ("assets/service_checks.json", "[{]"), ("assets/monitors/acme_widget_errors.json", '{"a" 1}'),
     ("assets/saved_views/acme_widget_errors.json", ""), ("assets/oauth_clients.json", "{,}"), (PIPELINE, "id: [")],
)  # fmt: skip
async def test_any_file_that_cannot_be_read_has_one_finding(tile: Path, file: str, broken: str) -> None:
    async with editor(tile.parent) as client:
        uri = client.open(tile / file, broken)
        assert len(await client.settled(uri)) == 1, client.rules(uri)
        assert {address for address, told in client.told.items() if told.diagnostics} == {uri}


async def test_a_hover_says_what_explain_says(tile: Path) -> None:
    text = (tile / METADATA).read_text().replace(",count,", ",counter,", 1)
    explained = subprocess.run(
        [sys.executable, "-m", "tilewizard", "explain", "metadata/type"], capture_output=True, text=True, check=True
    )
    async with editor(tile.parent) as client:
        uri = client.open(tile / METADATA, text)
        place = (await client.settled(uri))[0].range
        named = lsp.TextDocumentIdentifier(uri)
        found = await client.text_document_hover_async(lsp.HoverParams(named, place.start))
        assert found is not None and isinstance(found.contents, lsp.MarkupContent)
        assert found.contents.value == explained.stdout and found.range == place
        assert await client.text_document_hover_async(lsp.HoverParams(named, lsp.Position(0, 0))) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (MANIFEST, '"title": "Acme Widget"', '"titel": "Acme Widget"'),
        (README, "[guide][1]", "[guide](https://docs.acme.example/datadog)"),
        (METADATA, ",acme_widget,requests", ",Acme Widget,requests"),
    ],
)
async def test_quick_fixes_do_what_check_fix_does(tile: Path, file: str, old: str, new: str, tmp_path: Path) -> None:
    text = (tile / file).read_text().replace(old, new, 1)
    async with editor(tile.parent) as client:
        uri = client.open(tile / file, text)
        await client.settled(uri)
        for _ in range(20):
            fixes = await actions(client, uri, "quickfix")
            if not fixes:
                break
            edit = fixes[0].edit
            assert fixes[0].is_preferred and fixes[0].diagnostics and edit is not None and edit.changes is not None
            text = applied(text, list(edit.changes[uri]))
            client.type(uri, text)
            await client.settled(uri)
        assert text != (tile / file).read_text().replace(old, new, 1)
        whole_tile = await actions(client, uri, "source.fixAll")
        assert whole_tile == []
    (tile / file).write_text((tile / file).read_text().replace(old, new, 1))
    words = [sys.executable, "-m", "tilewizard", "check", "--fix", "--yes", str(tile)]
    subprocess.run(words, capture_output=True, check=False)
    assert text == (tile / file).read_text()


async def test_all_is_mended_at_once_in_several_files_with_the_edits_asked_for_when_chosen(tile: Path) -> None:
    manifest = (tile / MANIFEST).read_text().replace('"title": "Acme Widget"', '"titel": "Acme Widget"')
    (tile / METADATA).write_text(
        (tile / METADATA).read_text().replace(",acme_widget,requests", ",Acme Widget,requests", 1)
    )
    async with editor(tile.parent, LIKE_VS_CODE) as client:
        uri = client.open(tile / MANIFEST, manifest)
        await client.settled(uri)
        (action,) = await actions(client, uri, "source.fixAll")
        assert action.edit is None
        edit = (await client.code_action_resolve_async(action)).edit
        assert edit is not None and edit.document_changes is not None
        changes = [each for each in edit.document_changes if isinstance(each, lsp.TextDocumentEdit)]
        assert {(each.text_document.uri, each.text_document.version) for each in changes} == {
            (uri, 1),
            ((tile / METADATA).as_uri(), None),
        }


async def complete(client: Editor, uri: str, text: str) -> dict[str, str]:
    """What is proposed where ``|`` stands in a text, and what the buffer is when it is taken."""
    before, _, after = text.partition("¦")
    text = before + after
    client.type(uri, text)
    place = lsp.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
    asked = lsp.CompletionParams(lsp.TextDocumentIdentifier(uri), place)
    found = await client.text_document_completion_async(asked)
    assert isinstance(found, lsp.CompletionList)
    edits = {each.label: each.text_edit for each in found.items}
    return {label: applied(text, [edit]) for label, edit in edits.items() if isinstance(edit, lsp.TextEdit)}


async def test_tags_units_types_and_headings_are_completed(tile: Path) -> None:
    manifest, metadata, readme = ((tile / name).read_text() for name in (MANIFEST, METADATA, README))
    async with editor(tile.parent) as client:
        uri = client.open(tile / MANIFEST)
        await client.settled(uri)
        found = await complete(client, uri, manifest.replace('"Category::Cloud"', '"Cat¦', 1))
        assert found["Category::Automation"] == manifest.replace('"Category::Cloud"', '"Category::Automation"', 1)
        assert "Category::Metrics" not in found, "a tag that stands there already"
        uri = client.open(tile / METADATA)
        found = await complete(client, uri, metadata.replace(",request,", ",req¦uest,", 1))
        assert found["byte"] == metadata.replace(",request,", ",byte,", 1)
        found = await complete(client, uri, metadata.replace(",count,", ",¦,", 1))
        assert set(found) == {"count", "gauge", "rate"}
        uri = client.open(tile / README)
        found = await complete(client, uri, readme.replace("## Setup\n", "##¦\n", 1))
        assert list(found) == ["## Setup", "## Troubleshooting"] and found["## Setup"] == readme


@pytest.mark.slow
async def test_the_owner_s_line_of_the_checkout_is_offered_where_the_settings_name_one(tile: Path) -> None:
    owners = tile.parent / ".github" / "CODEOWNERS"
    owners.parent.mkdir()
    owners.write_text("/another_tile/  @another\n/*/assets/logs/  @DataDog/logs-integrations-reviewers\n")
    async with editor(tile.parent) as client:
        uri = client.open(tile / MANIFEST)
        assert "checkout/codeowners" in [each.code for each in await client.settled(uri)]
        assert await actions(client, uri, "quickfix") == [], "nobody but the partner knows it"
        settings = tile.parent / "tilewizard.toml"
        settings.write_text('owner = "@acme/integrations"\n')
        client.save(settings.as_uri())
        client.type(uri, (tile / MANIFEST).read_text())
        await client.settled(uri)
        (fix,) = await actions(client, uri, "quickfix")
        assert fix.edit is not None and fix.edit.changes is not None
        after = applied(owners.read_text(), list(fix.edit.changes[owners.as_uri()]))
        assert after.splitlines()[0].split() == [f"/{NAME}/", "@acme/integrations"]
        owners.write_text(after)
        client.save(owners.as_uri())
        await client.until(lambda: client.rules(uri) == [])


async def test_a_hover_is_plain_where_the_editor_reads_no_markdown(tile: Path) -> None:
    hovers = lsp.HoverClientCapabilities(content_format=[lsp.MarkupKind.PlainText])
    capabilities = lsp.ClientCapabilities(text_document=lsp.TextDocumentClientCapabilities(hover=hovers))
    async with editor(tile.parent, capabilities) as client:
        uri = client.open(tile / METADATA, (tile / METADATA).read_text().replace(",count,", ",counter,", 1))
        place = (await client.settled(uri))[0].range.start
        found = await client.text_document_hover_async(lsp.HoverParams(lsp.TextDocumentIdentifier(uri), place))
        assert found is not None and isinstance(found.contents, lsp.MarkupContent)
        assert found.contents.kind == lsp.MarkupKind.PlainText
