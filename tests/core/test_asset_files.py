"""Assets that come with a tile: taken from files as Datadog exports them, mended, listed, renamed, taken away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tilewizard.answers.model import Answers
from tilewizard.answers.monitor_form import monitor_questions
from tilewizard.answers.paths import replaced
from tilewizard.answers.telemetry import MetricRow
from tilewizard.errors import TilewizardError
from tilewizard.field.asset_kinds import (
    BLUEPRINTS,
    DASHBOARDS,
    DATAFLOWS,
    DETECTION_RULES,
    MONITORS,
    SAVED_VIEWS,
    WEBHOOK,
    AssetKind,
)
from tilewizard.inspection.asset_export import kind_of
from tilewizard.session.assets import assets_of, remove, rename, source_of, take
from tilewizard.session.monitor_desk import MonitorDesk
from tilewizard.session.session import Session

from tests.conftest import CORPUS, needs_corpus
from tests.rules.clean_tile import clean_tile

BODY = {"type": "query alert", "query": "avg(last_5m):avg:acme_widget.latency{*} by {host} > 5", "message": "Slow."}
EXPORTS: dict[str, tuple[AssetKind, dict[str, Any], dict[str, Any]]] = {
    "dashboard": (
        DASHBOARDS,
        {"id": "abc-def-ghi", "title": "Widgets", "author_handle": "jo@acme.example", "author_name": "Jo", "url": "/d/abc",
         "created_at": "2026-01-01T00:00:00Z", "modified_at": "2026-01-02T00:00:00Z", "is_read_only": False,
         "layout_type": "ordered", "widgets": [], "template_variables": []},
        {"title": "Widgets", "layout_type": "ordered", "widgets": [], "template_variables": []},
    ),
    "monitor": (
        MONITORS,
        {"id": 1234567, "org_id": 7, "name": "[Acme] Latency is high on {{host.name}}", **BODY, "tags": ["team:a"],
         "options": {"thresholds": {"critical": 5}, "notify_no_data": False, "no_data_timeframe": 10, "silenced": {"*": None}},
         "created": "2025-03-04T10:00:00Z", "modified": "2025-04-05T10:00:00Z", "creator": {"name": "Jo"},
         "overall_state": "OK", "multi": True, "deleted": None, "matching_downtimes": []},
        {"version": 2, "created_at": "2025-03-04", "last_updated_at": "2025-04-05", "title": "Latency is high",
         "description": "", "tags": ["team:a", "integration:acme-corp-acme-widget"],
         "definition": {"name": "[Acme] Latency is high on {{host.name}}", **BODY, "tags": ["team:a"],
                        "options": {"thresholds": {"critical": 5}, "on_missing_data": "show_no_data"}}},
    ),
    "template": (
        MONITORS,
        {"version": 1, "created_at": "2025-03-04", "last_updated_at": "2025-04-05", "title": "Slow", "description": "Why",
         "tags": ["integration:other"], "definition": {"id": 3, "name": "Slow", **BODY, "tags": [], "options": {}}},
        {"version": 2, "created_at": "2025-03-04", "last_updated_at": "2025-04-05", "title": "Slow", "description": "Why",
         "tags": ["integration:acme-corp-acme-widget"], "definition": {"name": "Slow", **BODY, "tags": [], "options": {}}},
    ),
    "view": (
        SAVED_VIEWS,
        {"id": 99, "author": {"name": "Jo"}, "created_at": "2026-01-01", "name": "Errors", "page": "stream", "query": "status:error",
         "type": "logs", "visible_facets": ["status"]},
        {"name": "Errors", "page": "stream", "query": "status:error", "type": "logs", "visible_facets": ["status"]},
    ),
    "rule": (
        DETECTION_RULES,
        {"name": "Login", "id": "abc-def-ghi", "version": 3, "isEnabled": True, "creator": {"name": "Jo"}, "updater": {"name": "Jo"},
         "createdAt": 1, "updatedAt": 2, "creationAuthorId": 5, "updateAuthorId": 6, "partnerRuleId": "ext-00a-aaa",
         "message": "Somebody.", "queries": [{"query": "source:acme_widget"}], "type": "log_detection", "tags": ["tactic:TA0001"],
         "cases": [{"status": "low", "condition": "a > 0"}, {"status": "high", "condition": "a > 9"}]},
        {"name": "Login", "partnerRuleId": "ext-00a-aaa", "message": "Somebody.", "queries": [{"query": "source:acme_widget"}],
         "type": "log_detection", "tags": ["security:attack", "tactic:TA0001", "source:acme_widget"],
         "cases": [{"status": "high", "condition": "a > 9"}, {"status": "low", "condition": "a > 0"}]},
    ),
    "app": (
        BLUEPRINTS,
        {"id": "7c0c", "user_uuid": "u", "createdAt": "2026-01-01", "slug": "widgets", "name": "Widgets", "description": "Lists",
         "definition": {"queries": [], "components": []}, "mockedOutputs": {}, "tile_icon_action_fqn": "com.datadoghq.http.request",
         "tags": []},
        {"slug": "widgets", "name": "Widgets", "description": "Lists", "definition": {"queries": [], "components": []},
         "mocked_outputs": {}, "tile_icon_action_fqn": "com.datadoghq.http.request", "tags": []},
    ),
    "webhook": (
        WEBHOOK,
        {"id": 4, "type": "url", "source": "acme_widget"},
        {"type": "url", "source": "acme_widget"},
    ),
}  # fmt: skip
"""By the exported file: its kind, what Datadog exports, what comes with the tile."""
ALL = pytest.mark.parametrize("name", EXPORTS)


def existing(folder: Path) -> Session:
    """A session on a tile of the disk that has all but blueprints, rules and webhooks."""
    tile = clean_tile()
    for path in tile.paths:
        file = tile.file(path)
        place = folder / "acme_corp_acme_widget" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data if file else b"")
    return Session.open(folder / "acme_corp_acme_widget")


def keeping(folder: Path) -> Any:
    def keep(name: str, data: bytes) -> Path:
        place = (
            folder / "kept" / str(len(list((folder / "kept").glob("*"))) if (folder / "kept").exists() else 0) / name
        )
        place.parent.mkdir(parents=True)
        place.write_bytes(data)
        return place

    return keep


def exported(folder: Path, name: str) -> Path:
    place = folder / f"My {name}.json"
    place.write_text(json.dumps(EXPORTS[name][1], indent=2), encoding="utf-8")
    return place


@ALL
def test_an_export_is_taken_as_its_kind_without_what_only_its_account_can_use(tmp_path: Path, name: str) -> None:
    kind, _, wanted = EXPORTS[name]
    session = existing(tmp_path)
    taken = take(session, exported(tmp_path, name), keeping(tmp_path))
    assert taken.asset.kind is kind
    assert taken.done
    tile = session.examine().tile
    file = tile.file(taken.asset.path)
    assert file is not None
    assert file.json.value == wanted
    assert taken.asset in assets_of(tile)
    assert taken.asset.path == (kind.home if kind.single else f"{kind.home}/my_{name}.json")
    if kind.mapped:
        assert tile.object_at(kind.pointer)[f"my_{name}"] == taken.asset.path
    session.write()
    assert session.original is not None
    assert session.original.root is not None
    assert json.loads((session.original.root / taken.asset.path).read_text("utf-8")) == wanted


def test_what_is_mended_in_a_monitor_is_told_by_the_questions_of_its_form(tmp_path: Path) -> None:
    done = take(existing(tmp_path), exported(tmp_path, "monitor"), keeping(tmp_path)).done
    titles = {each.path[-1]: each.ask.title for each in monitor_questions()}
    assert {titles["tags"], titles["on_missing_data"]} <= set(done)
    assert not [each for each in done if "notify_no_data" in each]
    assert "id is left over from the export" in done and len(set(done)) == len(done)


@ALL
def test_taking_is_one_change_and_a_file_is_renamed_and_taken_away(tmp_path: Path, name: str) -> None:
    kind = EXPORTS[name][0]
    session = existing(tmp_path)
    start = session.answers
    asset = take(session, exported(tmp_path, name), keeping(tmp_path)).asset
    session.undo()
    assert session.answers == start
    session.redo()
    if kind.single:
        with pytest.raises(TilewizardError, match="one name"):
            rename(session, asset, "another")
    else:
        was, asset = asset, rename(session, asset, "another-name")
        tile = session.examine().tile
        assert asset in assets_of(tile)
        assert tile.file(was.path) is None
        assert tile.file(asset.path) is not None
        assert source_of(session, asset) is not None
    remove(session, asset)
    assert session.examine().tile.paths == Session(tile=session.base).examine().tile.paths


@pytest.mark.parametrize("kind", [MONITORS, DASHBOARDS, SAVED_VIEWS, DATAFLOWS], ids=lambda kind: kind.name)
def test_what_a_tile_has_already_is_taken_away_with_its_file(tmp_path: Path, kind: AssetKind) -> None:
    session = existing(tmp_path)
    asset = next(each for each in assets_of(session.examine().tile) if each.kind is kind)
    remove(session, asset)
    assert asset not in assets_of(session.examine().tile)
    session.write()
    assert session.original is not None
    assert session.original.root is not None
    assert not (session.original.root / asset.path).exists()


def test_what_is_named_in_the_manifest_keeps_its_file_when_it_gets_another_short_name(tmp_path: Path) -> None:
    session = existing(tmp_path)
    asset = next(each for each in assets_of(session.examine().tile) if each.kind is MONITORS)
    renamed = rename(session, asset, "errors")
    assert (renamed.path, renamed.name) == (asset.path, "errors")
    assert list(session.answers.monitors) == ["errors"]


@pytest.mark.parametrize("steps", ["edit rename", "rename edit", "edit rename edit rename"])
def test_an_edited_monitor_keeps_its_file_when_it_gets_another_short_name(tmp_path: Path, steps: str) -> None:
    session = existing(tmp_path)
    before = set(session.examine().tile.paths)
    for at, step in enumerate(steps.split()):
        asset = next(each for each in assets_of(session.examine().tile) if each.kind is MONITORS)
        if step == "rename":
            rename(session, asset, f"errors_{at}")
        else:
            desk = MonitorDesk(session, asset)
            desk.keep(desk.start.with_value("title", f"Late {at}"), keeping(tmp_path))
    root, written = session.write()
    assert sorted(written) == ["assets/monitors/acme_widget_errors.json", "manifest.json"]
    assert set(session.examine().tile.paths) == before
    assert "Late" in (root / "assets/monitors/acme_widget_errors.json").read_text()
    named = json.loads((root / "manifest.json").read_text())["assets"]["monitors"]
    assert list(named.values()) == ["assets/monitors/acme_widget_errors.json"] and "errors_" in next(iter(named))


def test_one_place_goes_to_one_of_two_new_names(tmp_path: Path) -> None:
    session = existing(tmp_path)
    name, answer = next(iter(session.answers.monitors.items()))
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / Path(answer).name).write_bytes(Path(answer).read_bytes())
    copies = {each: str(tmp_path / each / Path(answer).name) for each in ("one", "other")}
    session.set(("monitors",), copies)
    named = session.examine().tile.object_at("/assets/monitors")
    assert named == {"one": "assets/monitors/acme_widget_errors.json", "other": "assets/monitors/other.json"}
    session.set(("monitors",), {"again": answer, **copies})
    named = session.examine().tile.object_at("/assets/monitors")
    assert named["one"] == "assets/monitors/one.json" and name not in named


def test_a_file_in_its_folder_alone_is_renamed_and_edited_at_its_place(tmp_path: Path) -> None:
    session = existing(tmp_path)
    root = session.original.root if session.original is not None else None
    assert root is not None
    (root / "assets/security").mkdir()
    (root / "assets/security/login.json").write_text(json.dumps(EXPORTS["rule"][2]))
    (root / "assets/monitors/lone.json").write_text(json.dumps(EXPORTS["template"][2]))
    session = Session.open(root)
    rule = next(each for each in assets_of(session.examine().tile) if each.kind is DETECTION_RULES)
    rename(session, rule, "sign_in")
    lone = next(each for each in assets_of(session.examine().tile) if each.path.endswith("lone.json"))
    desk = MonitorDesk(session, lone)
    assert desk.keep(desk.start.with_value("title", "Late"), keeping(tmp_path)) == lone
    session.write()
    assert sorted(each.name for each in (root / "assets/security").iterdir()) == ["sign_in.json"]
    assert json.loads((root / "assets/monitors/lone.json").read_text())["title"] == "Late"


@pytest.mark.parametrize(
    ("name", "words"), [("", "no name"), ("a/b", "no name"), ("../x", "no name"), ("mine", "another")]
)
def test_a_name_that_can_not_be_is_refused_and_nothing_changes(tmp_path: Path, name: str, words: str) -> None:
    session = existing(tmp_path)
    keep = keeping(tmp_path)
    asset = take(session, exported(tmp_path, "template"), keep).asset
    other = rename(session, take(session, exported(tmp_path, "monitor"), keep).asset, "mine")
    before = session.answers
    with pytest.raises(TilewizardError, match=words) as refused:
        rename(session, asset, name)
    assert refused.value.remedy
    assert session.answers is before
    assert other.name == "mine"


def test_a_second_file_of_a_name_is_numbered(tmp_path: Path) -> None:
    session = existing(tmp_path)
    keep = keeping(tmp_path)
    paths = [take(session, exported(tmp_path, "rule"), keep).asset.path for _ in range(3)]
    assert paths == [f"assets/security/my_rule{end}.json" for end in ("", "_2", "_3")]


@pytest.mark.parametrize(
    ("file", "data", "words"),
    [
        ("x.json", b"{", "line 1"),
        ("x.json", b"[]", "nothing that comes"),
        ("x.json", b'{"a": 1}', "nothing that comes"),
        ("x.json", b"\xff", "UTF-8"),
        ("x.json", b'{"title": NaN}', "NaN"),
        ("x.yaml", b"id: pipeline\n", "no list of data flows"),
        ("x.json", None, "can't be read"),
    ],
)
def test_a_file_of_no_kind_is_refused_by_its_name_with_a_remedy(
    tmp_path: Path, file: str, data: bytes | None, words: str
) -> None:
    session = existing(tmp_path)
    before = session.answers
    place = tmp_path / file
    if data is not None:
        place.write_bytes(data)
    with pytest.raises(TilewizardError, match=words) as refused:
        take(session, place, keeping(tmp_path))
    assert refused.value.file == str(place)
    assert refused.value.remedy
    assert session.answers is before


def test_a_list_of_data_flows_is_taken_and_a_new_tile_makes_its_own(tmp_path: Path) -> None:
    answers = replaced(replaced(Answers(), ("listing", "title"), "Acme Widget"), ("submits",), ["metrics", "logs"])
    answers = replaced(answers, ("author", "name"), "Acme")
    session = Session(
        replaced(answers, ("metrics", "rows"), [MetricRow(metric_name="acme_widget.x", metric_type="gauge")])
    )
    made = session.examine().tile.file(DATAFLOWS.home)
    assert made is not None
    assert "data_type: metrics" in made.text
    place = tmp_path / "dataflows.yaml"
    place.write_text("provides:\n  - id: wrong-metrics\n    always_on: true\n    granular: false\n    data_type: metrics\n"
                     "    direction: inbound\n")  # fmt: skip
    taken = take(session, place, keeping(tmp_path))
    app_id = session.settled().listing.app_id
    after = session.examine().tile.file(DATAFLOWS.home)
    assert taken.asset.kind is DATAFLOWS
    assert after is not None
    assert f"id: {app_id}-metrics" in after.text
    remove(session, taken.asset)
    assert session.examine().tile.file(DATAFLOWS.home) is None


def test_a_bare_monitor_of_the_tile_keeps_what_it_has_when_it_is_edited(tmp_path: Path) -> None:
    session = existing(tmp_path)
    root = session.original.root if session.original is not None else None
    assert root is not None
    place = root / "assets/monitors/acme_widget_errors.json"
    text = json.dumps(
        {"id": 5, "name": "Slow", **BODY, "tags": [], "options": {"thresholds": {"critical": 5}}}, indent=4
    )
    place.write_text(text)
    session = Session.open(root)
    asset = next(each for each in assets_of(session.examine().tile) if each.kind is MONITORS)
    desk = MonitorDesk(session, asset)
    desk.keep(desk.start.with_value("name", "Late"), keeping(tmp_path))
    session.write()
    assert place.read_text() == text.replace('"Slow"', '"Late"')


FOLDERS = {kind.home: kind for kind in (DASHBOARDS, MONITORS, SAVED_VIEWS, DETECTION_RULES, BLUEPRINTS)}


@needs_corpus
def test_each_published_asset_is_told_to_be_what_its_folder_says() -> None:
    count = 0
    for home, kind in FOLDERS.items():
        for path in sorted(CORPUS.glob(f"*/{home}/*.json")):
            count += 1
            assert kind_of(json.loads(path.read_text("utf-8"))) is kind, path
    assert count > 100
    for path in CORPUS.glob("*/assets/webhook_config.json"):
        assert kind_of(json.loads(path.read_text("utf-8"))) is WEBHOOK


@needs_corpus
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/assets/*monitors/*.json")), ids=lambda path: path.stem)
def test_a_published_monitor_is_checked_field_by_field(path: Path) -> None:
    session = Session.open(path.parents[2])
    asset = next(each for each in assets_of(session.examine().tile) if each.path.endswith(path.name))
    desk = MonitorDesk(session, asset)
    known = {finding.rule for finding in session.examine().findings if finding.file == asset.path}
    told = {finding.rule for each in desk.findings(desk.start).values() for finding in each}
    assert told == {rule for rule in known if rule.startswith("monitors/")}
    broken = desk.start.with_value("warning", "many")
    assert "monitors/option-kind" in {finding.rule for finding in desk.findings(broken)["warning"]}
