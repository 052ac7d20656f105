"""What is said of Agent packages: the spec's faults one by one, and what has one right answer mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from tilewizard.checking.check import check
from tilewizard.inspection.agent_spec import SPEC
from tilewizard.rules.package.project import GOOD as PROJECT_GOOD
from tilewizard.rules.package.spec import GOOD
from tilewizard.rules.registry import all_rules
from tilewizard.tile.tile import read

from .applying import with_content
from .clean_tile import clean_tile
from .edges import said

REPLAY = Path(__file__).resolve().parents[3] / "shared" / "replay" / "spec-against-models"


def of_spec(text: str) -> list[tuple[str, str]]:
    """Rule and hint of each finding on a spec."""
    rules = [each for each in all_rules() if each.subject == "spec"]
    found = check(with_content(clean_tile(), SPEC, text), rules=rules)
    return [(finding.rule, finding.hint) for finding in found]


@pytest.mark.parametrize(
    ("old", "new", "rule", "hint"),
    [
        ("      required: true", "      requried: true", "spec/field", "write required"),
        ("        type: string", "        type: string\n        secret: true", "spec/field", "write it beside its name"),
        ("      required: true", "      default: x", "spec/field", "write it under its value"),
        ("        type: string", "        type: text", "spec/value", "write type: and one of"),
        ("example: http://localhost:8080", "example: 5", "spec/value", "write a text there"),
        ("        type: string", "        type: array", "spec/value", "write a list there"),
        ("    - name: url\n      required", "    - required", "spec/option", "write name:"),
        ("- template: instances/default", "- template: instances/http\n      overrides:\n        timeuot.hidden: true",
         "spec/template", "write timeout.hidden"),
        ("- template: instances/default", "- template: instances/default\n      overrides:\n        tags.type: array",
         "spec/field", "write tags.value.type"),
        ("    - template: instances/default", "    - name: url\n      description: Again.\n      value: {type: string}",
         "spec/option", "take one of them away"),
        ("files:", "file:", "spec/file", "list the file"),
        ("  options:\n  - template: init_config\n", "  optoins:\n  - template: init_config\n", "spec/file", "write options:"),
    ],
)  # fmt: skip
def test_a_fault_of_a_spec_is_told_with_its_remedy(old: str, new: str, rule: str, hint: str) -> None:
    assert old in GOOD
    found = of_spec(GOOD.replace(old, new, 1))
    assert any(name == rule and said.startswith(hint) for name, said in found), found


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("instances/default", "instances/http.auth_type"),
        GOOD.replace("type: string\n        example: http://localhost:8080", "type: boolean\n        example: no"),
        GOOD.replace(
            "instances/default",
            "instances/openmetrics\n      overrides:\n        openmetrics_endpoint.value.example: x",
        ),
        GOOD.replace("instances/default", "instances/default\n      overrides:\n        tags.value.example.0: x"),
    ],
)
def test_a_sound_spec_is_taken(text: str) -> None:
    assert of_spec(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "- a",
        "files: 5",
        "files: [5, {name: [x]}]",
        "files:\n- options: [{}, 5, [x]]",
        "files: [{name: a.yaml, options: [{name: b, value: 5, options: {}}, {template: [1]}]}]",
        "a: &a [1]\nfiles: *a",
        "files:\n- name: x\n  options:\n  - template: instances\n    overrides: [1]",
    ],
)
def test_no_spec_breaks_a_rule(text: str) -> None:
    of_spec(text)


def test_a_mend_of_an_override_changes_its_key_alone() -> None:
    wrong = GOOD.replace("instances/default", "instances/default\n      overrides:\n        tags.value.enabled: true")
    tile = with_content(clean_tile(), SPEC, wrong)
    (finding,) = said("spec/field", tile)
    assert finding.fix is not None
    mended = finding.fix(tile).file(SPEC)
    assert mended is not None and mended.text == wrong.replace("tags.value.enabled", "tags.enabled")


@pytest.mark.skipif(not REPLAY.is_dir(), reason="the repairs after publication are not beside the project")
def test_repairs_of_specs_are_seen_before_and_gone_after() -> None:
    for each in sorted(REPLAY.iterdir()):
        before, after = (
            {(finding.rule, finding.message) for finding in check(read(each / side)) if finding.rule.startswith("spec/")
             and finding.rule != "spec/file"}
            for side in ("before", "after")
        )  # fmt: skip
        assert before - after and not after


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('name = "datadog-acme-corp-acme-widget"\n', "", "package/name"),
        ("authors = [\n    { name = \"Acme Corp\", email = \"support@acme.example\" },\n]\n", "", "package/author-email"),
        ("support@acme.example", "", "package/author-email"),
        ("support@acme.example", "a b@c", "package/author-email"),
        ('path = "datadog_checks/acme_corp_acme_widget/__about__.py"', "", "package/version-path"),
        (">=37.33.0", "==36.2.0", "package/base-floor"),
        (">=37.33.0", "[deps]>=32", "package/base-floor"),
    ],
)  # fmt: skip
def test_a_fault_of_a_project_is_told(old: str, new: str, rule: str) -> None:
    assert old in PROJECT_GOOD
    tile = with_content(clean_tile(), "pyproject.toml", PROJECT_GOOD.replace(old, new))
    assert len(said(rule, tile)) == 1


@pytest.mark.parametrize("name", ["datadog-acme_corp_acme_widget", "Datadog.Acme-Corp-Acme-Widget"])
def test_a_name_may_be_spelled_as_packages_are(name: str) -> None:
    text = PROJECT_GOOD.replace("datadog-acme-corp-acme-widget", name)
    assert said("package/name", with_content(clean_tile(), "pyproject.toml", text)) == []
