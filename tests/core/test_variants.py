"""A tile of every integration type for both targets: nothing wrong with it, its code compiles, its data parses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tilewizard.answers.model import Answers
from tilewizard.answers.paths import replaced
from tilewizard.answers.telemetry import Metrics, ServiceCheck
from tilewizard.answers.yaml_text import load
from tilewizard.field.vocabulary import Target, TileType
from tilewizard.rules.findings import Severity
from tilewizard.session.session import Session

from tests.conftest import ROOT


def variant(target: Target, kind: TileType) -> Answers:
    answers = load(ROOT / "tests" / "material" / "answers.yaml")
    title = f"Acme {kind.value.replace('-', ' ')}"
    answers = replaced(answers, ("listing", "title"), title)
    answers = answers.model_copy(update={"target": target, "type": kind, "dashboards": {}})
    if kind == TileType.TILE_ONLY:
        return answers.model_copy(
            update={"submits": [], "queries": [], "metrics": Metrics(), "offering": "software-license"}
        )
    prefix = f"acme_{kind.value.replace('-', '_')}."
    rows = [
        row.model_copy(update={"metric_name": row.metric_name.replace("acme_widget.", prefix)})
        for row in answers.metrics.rows
    ]
    check = ServiceCheck(
        name="Can Connect", check=f"{prefix}can_connect", description="OK when it connects.", groups=["host"]
    )
    if kind == TileType.OPENMETRICS:  # Its check sends counters under this ending.
        rows = [
            row.model_copy(update={"metric_name": f"{row.metric_name}.count"}) if row.metric_type == "count" else row
            for row in rows
        ]
    answers = replaced(answers, ("metrics", "rows"), rows)
    return answers.model_copy(update={"submits": ["metrics", "events", "service_checks"], "service_checks": [check]})


@pytest.mark.parametrize("target", list(Target))
@pytest.mark.parametrize("kind", list(TileType))
def test_a_tile_of_every_type_is_clean_and_its_files_parse(tmp_path: Path, target: Target, kind: TileType) -> None:
    session = Session(variant(target, kind), into=tmp_path / target.value)
    found = [finding for finding in session.examine().findings if finding.severity != Severity.INFO]
    assert [(finding.rule, finding.message) for finding in found] == []
    root, written = session.write()
    for path in written:
        text = (root / path).read_bytes()
        if path.endswith(".gitignore"):
            continue
        if path.endswith(".py"):
            compile(text, path, "exec")
        elif path.endswith(".toml"):
            tomllib.loads(text.decode())
        elif path.endswith(".json"):
            json.loads(text)
        elif path.endswith(".yaml"):
            assert YAML(typ="safe").load(text)
        assert b"FILL" not in text and b"TODO" not in text
    place = "listing/manifest.json" if target == Target.PLATFORM else "manifest.json"
    manifest = json.loads((root / place).read_text())
    assert ("integration" in manifest["assets"]) == (kind != TileType.TILE_ONLY)
    assert ("pricing" in manifest) == ("legal_terms" in manifest) == (target != Target.EXTRAS)
    assert any(path.startswith("datadog_checks/") for path in written) == kind.agent_based
    assert Session.open(root).plan().is_empty
    assert Session.open(root).answers.type == kind
