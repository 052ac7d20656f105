"""The command line: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.rules.clean_tile import written
from tests.starting import run

ANSWERS = ROOT / "tests" / "material" / "answers.yaml"


@pytest.fixture
def tile(tmp_path: Path) -> Path:
    return written(tmp_path / "marketplace" / "acme_corp_acme_widget")


def test_answers_become_a_tile_without_a_terminal(tmp_path: Path) -> None:
    done = run("new", "--answers", ANSWERS, "--into", tmp_path, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    root = tmp_path / "acme_corp_acme_widget"
    written = sorted(str(path) for path in root.rglob("*") if path.is_file())
    assert done.stdout.split() == written
    manifest = json.loads((root / "manifest.json").read_text())
    assert list(manifest)[:3] == ["manifest_version", "app_uuid", "app_id"]
    text = "".join(path.read_text() for path in root.rglob("*") if path.suffix in (".json", ".md", ".csv"))
    assert "FILL" not in text and "TODO" not in text and "author_handle" not in text
    assert run("check", root, "--severity", "warning").returncode == 0


def test_a_second_new_never_overwrites(tmp_path: Path) -> None:
    assert run("new", "--answers", ANSWERS, "--into", tmp_path, "--yes").returncode == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = run("new", "--answers", ANSWERS, "--into", tmp_path, "--yes")
    assert again.returncode == 2 and "is there already" in again.stderr and "tilewizard edit" in again.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_answers_with_errors_write_nothing(tmp_path: Path) -> None:
    text = ANSWERS.read_text().replace("vendor_id: acme-corp", "vendor_id: Acme Corp")
    folder = tmp_path / "in"
    folder.mkdir()
    for each in ANSWERS.parent.iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    (folder / "answers.yaml").write_text(text)
    done = run("new", "--answers", folder / "answers.yaml", "--into", tmp_path / "out", "--yes")
    assert done.returncode == 1
    assert "author/vendor-id" in done.stdout and "nothing was written" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["new", "--answers", "nowhere.yaml", "--yes"], "nowhere.yaml: can't be read"),
        (["new", "--yes"], "--answers"),
        (["check", "nowhere"], "no such directory"),
        (["check", "."], "holds no tile"),
        (["chek"], "Did you mean 'check'?"),
        (["explain", "pricing/metric-formt"], "did you mean pricing/metric-format"),
        (["new"], "needs a terminal"),
        (["edit", "nowhere", "--yes"], "no such directory"),
    ],
)
def test_what_cannot_be_used_is_told_and_exits_2(tmp_path: Path, words: list[str], told: str) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2, done
    assert told in done.stderr and "Traceback" not in done.stderr


def test_findings_as_json_have_their_documented_form(tile: Path) -> None:
    manifest = tile / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"title": "Acme Widget"', '"title": ""'))
    done = run("check", tile, "--format", "json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert data["version"] == 1 and set(data) == {"version", "tiles", "summary"}
    assert data["summary"]["errors"] == 1 and data["summary"]["tiles"] == 1
    (found,) = [each for each in data["tiles"][0]["findings"] if each["severity"] == "error"]
    assert set(found) == {"rule", "severity", "file", "pointer", "line", "column", "message", "hint", "fixable"}
    assert (found["file"], found["pointer"], found["rule"]) == ("manifest.json", "/tile/title", "manifest/required-key")
    assert manifest.read_text().splitlines()[found["line"] - 1].strip().startswith('"title"')
    assert data["tiles"][0]["target"] == "marketplace"


def test_the_target_is_found_out_or_given(tile: Path) -> None:
    (tile / "manifest.json").write_text(
        (tile / "manifest.json").read_text().replace('"pricing"', '"was_pricing"').replace('"legal_terms"', '"was"')
    )
    assert json.loads(run("check", tile, "--format", "json").stdout)["tiles"][0]["target"] == "marketplace"
    extras = tile.parent.rename(tile.parent.parent / "somewhere") / tile.name
    assert json.loads(run("check", extras, "--format", "json").stdout)["tiles"][0]["target"] == "integrations-extras"
    assert run("check", extras, "--target", "marketplace").returncode == 1


def test_a_checkout_is_checked_whole_and_findings_are_plain_text_when_piped(tile: Path) -> None:
    done = run("check", tile.parent)
    assert (done.returncode, done.stdout) == (0, "1 tile: 0 errors, 0 warnings, 0 infos\n")
    (tile / "README.md").write_text("# A\x1b[31m\n\n## Overview\n")
    done = run("check", tile.parent)
    assert done.returncode == 1 and "\x1b" not in done.stdout
    assert "readme/section-missing" in done.stdout


def test_an_edit_from_answers_changes_its_line_alone(tile: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("")
    before = {path: path.read_bytes() for path in tile.rglob("*") if path.is_file()}
    assert run("edit", tile, "--answers", tmp_path / "empty.yaml", "--yes").returncode == 0
    assert {path: path.read_bytes() for path in tile.rglob("*") if path.is_file()} == before
    (tmp_path / "part.yaml").write_text("listing:\n  title: Acme Gadget\n")
    done = run("edit", tile, "--answers", tmp_path / "part.yaml", "--yes")
    assert done.returncode == 0 and '+    "title": "Acme Gadget",' in done.stdout
    changed = [path.name for path, data in before.items() if path.read_bytes() != data]
    assert changed == ["manifest.json"]


def test_an_old_manifest_is_upgraded_on_demand(tile: Path) -> None:
    old = {
        "manifest_version": "1.0.0", "integration_id": "acme-widget", "is_public": True, "display_name": "Acme Widget",
        "short_description": "Watch widgets", "public_title": "Acme Widget", "maintainer": "help@acme.example",
        "categories": ["cloud"], "supported_os": ["linux", "mac_os"], "creates_events": False, "guid": "x",
        "metric_prefix": "acme_widget.", "metric_to_check": "acme_widget.requests",
        "author": {"name": "Acme", "homepage": "https://acme.example", "vendor_id": "acme"},
        "terms": {"eula": "assets/eula.pdf", "legal_email": "legal@acme.example"},
        "pricing": [{"billing_type": "tag_count", "metric": "datadog.marketplace.acme.widget", "tag": "id",
                     "unit_label": "Widget", "unit_price": 1}],
        "assets": {"metrics_metadata": "metadata.csv", "service_checks": "assets/service_checks.json", "dashboards": {}},
    }  # fmt: skip
    (tile / "manifest.json").write_text(json.dumps(old))
    assert "manifest/version" in run("check", tile).stdout
    assert run("edit", tile, "--upgrade", "--yes").returncode == 0
    new = json.loads((tile / "manifest.json").read_text())
    assert new["manifest_version"] == "2.0.0" and new["tile"]["title"] == "Acme Widget"
    assert new["author"]["sales_email"] == "legal@acme.example" and new["legal_terms"]["eula"] == "assets/eula.pdf"
    assert (
        "Supported OS::macOS" in new["tile"]["classifier_tags"] and "Category::Cloud" in new["tile"]["classifier_tags"]
    )
    assert new["pricing"][0]["product_id"] and new["pricing"][0]["includes_assets"] is True


def test_every_rule_is_listed_and_explained() -> None:
    listed = json.loads(run("rules", "--format", "json").stdout)
    assert len(listed) > 100
    assert "datadog.marketplace" in run("explain", "pricing/metric-format").stdout


def test_rules_since_a_day_are_those_that_datadog_asks_for_since_then() -> None:
    days = [rule["since"] for rule in json.loads(run("rules", "--format", "json", "--since", "2025-03-31").stdout)]
    assert days and days == sorted(days) and days[0] == "2025-03-31"
    later = json.loads(run("rules", "--format", "json", "--since", "2025-04-01").stdout)
    assert len(later) < len(days) and all(rule["since"] > "2025-03-31" for rule in later)
    every = {
        rule["rule"]: rule["since"] for rule in json.loads(run("rules", "--format", "json").stdout) if rule["since"]
    }
    assert every["monitors/muted"] == "2025-11-19" and every["dataflows/derived"] == "2026-08-04"
    assert "2025-03-31  tags/ui-extension" in run("rules", "--since", "2025-03-31").stdout
    assert "since:** 2025-03-31" in run("explain", "tags/ui-extension").stdout
    assert run("rules", "--since", "yesterday").returncode == 2


def test_the_schema_and_the_sample_answers_fit_each_other() -> None:
    import jsonschema
    from tilewizard.answers.yaml_text import loads

    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert loads(run("answers").stdout).listing.title == "Acme Widget"


def test_check_starts_without_the_terminal_and_the_models() -> None:
    code = "import sys, tilewizard.commands.check, tilewizard.rules.registry as r; r.all_rules(); print([m for m in ('textual', 'pydantic', 'PIL', 'pypdf', 'jinja2', 'ruamel') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_an_answers_file_is_brought_up_to_date_and_keeps_its_comments(tile: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("# ours, do not lose\nlisting:\n  title: Old title  # short\n")
    done = run("answers", tile, "--update", file)
    assert (done.returncode, done.stderr) == (0, "")
    text = file.read_text()
    assert text.startswith("# ours, do not lose\nlisting:\n  title: Acme Widget # short\n")
    assert "was up to date" in run("answers", tile, "--update", file).stdout
    assert run("new", "--answers", file, "--into", tmp_path / "again", "--yes").returncode == 0


def test_marks_line_ends_and_unknown_keys_survive_an_edit(tile: Path, tmp_path: Path) -> None:
    manifest = tile / "manifest.json"
    text = manifest.read_text().replace('"oauth": {}', '"oauth": {},\n  "of_tomorrow": [1, {"a": null}]')
    raw = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    manifest.write_bytes(raw)
    (tile / "README.md").write_bytes((tile / "README.md").read_bytes().replace(b"\n", b"\r\n"))
    (tmp_path / "part.yaml").write_text("listing: {title: Other}\nreadme: {Support: Nobody.}\n")
    assert run("edit", tile, "--answers", tmp_path / "part.yaml", "--yes").returncode == 0
    assert manifest.read_bytes() == raw.replace(b'"title": "Acme Widget"', b'"title": "Other"')
    assert b"## Support\r\n\r\nNobody.\r\n" in (tile / "README.md").read_bytes()
