"""The example of a REST API tile, run against a server of this machine that plays Datadog, and mutated."""

from __future__ import annotations

import ast
from itertools import combinations

import pytest
from tilewizard.answers.model import Answers
from tilewizard.answers.oauth_client import OAuthClient
from tilewizard.authoring.author import answers_of, author
from tilewizard.checking.check import check
from tilewizard.checking.locate import path_of
from tilewizard.tile.tile import TileFile
from tools.conformance_example_mutants import CONNECTING, IN_METADATA, SUBMITTING, UNIT
from tools.package_runs import written

from .running import ran

ALL = ("metrics", "events", "service_checks", "logs")


def answers(submits=ALL, title="Acme Widget"):
    rows = [
        {"metric_name": "acme.requests", "metric_type": "count", "unit_name": "request"},
        {"metric_name": "acme.load", "metric_type": "rate", "interval": 60},
        {"metric_name": "acme.depth", "metric_type": "gauge"},
    ]
    check = {"name": "Up", "check": "acme.up", "statuses": ["ok"], "description": "d"}
    return Answers.model_validate(
        {
            "target": "integrations-extras",
            "type": "rest-api",
            "submits": list(submits),
            "listing": {"title": title},
            "metrics": {"prefix": "acme.", "rows": rows if "metrics" in submits else []},
            "service_checks": [check] if "service_checks" in submits else [],
        }
    )


@pytest.mark.slow
@pytest.mark.parametrize("submits", [ALL, ("metrics",), ("events",), ("service_checks",), ("logs", "events")])
def test_the_example_sends_what_was_chosen(tmp_path, submits):
    done = ran(written(author(answers(submits, 'It\'s "quoted" ☃')), tmp_path))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("submits", [("traces",), ("traces", "security_events")])
def test_what_has_no_example_gets_none(submits):
    assert author(answers(submits)).file("examples/rest_api/submit.py") is None


@pytest.mark.slow
@pytest.mark.parametrize("mutant", (*SUBMITTING, *IN_METADATA, *UNIT), ids=lambda each: each.name)
def test_what_is_broken_is_noticed(tmp_path, mutant):
    tile = author(answers())
    changed = tile.with_text(mutant.path, mutant.change(tile.file(mutant.path).text))
    assert ran(written(changed, tmp_path)).returncode == 1


def test_the_example_is_no_fault_of_the_tile_and_stays_as_it_is():
    tile = author(answers())
    assert not [each for each in check(tile) if "examples/" in each.file or "examples/" in each.message]
    again = author(answers_of(tile), tile)
    assert {path: again.file(path).data for path in again.paths} == {path: tile.file(path).data for path in tile.paths}


CLIENT = {"onboarding_url": "https://acme.example/dd/start", "redirect_uris": ["https://acme.example/dd/back"]}


def connecting(submits=(*ALL, "incidents"), **client):
    return answers(submits).model_copy(update={"oauth_client": OAuthClient.model_validate({**CLIENT, **client})})


@pytest.mark.slow
@pytest.mark.parametrize("submits", [(*ALL, "incidents"), ("metrics",), ("incidents",)])
def test_customers_connect_by_oauth(tmp_path, submits):
    done = ran(written(author(connecting(submits)), tmp_path))
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_an_api_key_is_the_exception_with_its_reason(tmp_path):
    reason = 'They said: "it\'s on premises" ☃'
    tile = author(connecting(exception=reason))
    assert tile.file("examples/rest_api/connect.py") is None
    assert tile.file("assets/oauth_clients.json") is None
    assert answers_of(tile).oauth_client.exception == reason
    done = ran(written(tile, tmp_path))
    assert done.returncode == 0, done.stdout


def test_security_signals_are_said_not_to_be_sendable():
    assert "detection rules" in author(answers(("metrics", "security_events"))).file("examples/rest_api/submit.py").text


@pytest.mark.slow
@pytest.mark.parametrize("mutant", CONNECTING, ids=lambda each: each.name)
def test_what_is_broken_in_connecting_is_noticed(tmp_path, mutant):
    tile = author(connecting())
    changed = tile.with_text(mutant.path, mutant.change(tile.file(mutant.path).text))
    assert ran(written(changed, tmp_path)).returncode == 1


def test_the_client_is_made_from_the_form_and_read_back():
    tile = author(connecting())
    assert tile.at("/assets/oauth") == "assets/oauth_clients.json"
    client = tile.file("assets/oauth_clients.json").json.value["integration"]
    assert client == {
        "name": "Acme Widget",
        "client_role": "integration",
        "scopes": ["api_keys_write", "incident_write"],
        **CLIENT,
    }
    assert answers_of(tile).oauth_client.redirect_uris == CLIENT["redirect_uris"]


def test_an_edit_of_the_client_changes_that_value_alone():
    text = (
        '{ "integration": {\n "redirect_uris": ["https://a.example/b"], "id": "x", "of_tomorrow": 1,\n\t"name":"A" } }'
    )
    tile = author(connecting()).with_files([TileFile("assets/oauth_clients.json", text.encode())])
    before = answers_of(tile)
    assert author(before, tile).file("assets/oauth_clients.json").text == text
    client = before.oauth_client.model_copy(update={"redirect_uris": ["https://a.example/c"]})
    after = author(before.model_copy(update={"oauth_client": client}), tile)
    assert after.file("assets/oauth_clients.json").text == text.replace("example/b", "example/c")


def test_a_picked_file_keeps_its_own_values(tmp_path):
    picked = tmp_path / "clients.json"
    picked.write_text('{"integration": {"name": "Theirs", "onboarding_url": "https://a.example"}}')
    given = connecting().model_copy(update={"oauth": str(picked)})
    client = author(given).file("assets/oauth_clients.json").json.value["integration"]
    assert client == {"name": "Theirs", **CLIENT}


def test_faults_of_the_client_stand_at_its_questions():
    tile = author(connecting(redirect_uris=["http://acme.example/back"]))
    after = answers_of(tile)
    (finding,) = [each for each in check(tile) if each.rule == "oauth/keys" and "redirect_uris" in each.pointer]
    assert path_of(finding, tile, after) == ("oauth_client", "redirect_uris")


KINDS = {
    "metrics": "/api/v2/series",
    "events": "/api/v1/events",
    "service_checks": "/api/v1/check_run",
    "logs": "/api/v2/logs",
    "incidents": "/api/v2/incidents",
}
CHOICES = [choice for count in range(1, len(KINDS) + 1) for choice in combinations(KINDS, count)]
CALLED_BY_OTHERS = {"API_KEY_REASON", "do_GET", "do_POST", "log_message", "renewed"}
"""By the standard library's server, by whoever keeps the tokens, and by reviewers: why it is no OAuth."""


def unused(code: str) -> set[str]:
    """Imports, constants, functions and parameters of a module that nothing in it uses; tests and fixtures are pytest's to use."""
    tree = ast.parse(code)
    read = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
    read |= {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Load)}
    made = {name.id for each in tree.body if isinstance(each, ast.Assign) for target in each.targets
            for name in ast.walk(target) if isinstance(name, ast.Name)}  # fmt: skip
    asked = set()
    for each in ast.walk(tree):
        if isinstance(each, ast.Import | ast.ImportFrom):
            made |= {(name.asname or name.name).partition(".")[0] for name in each.names}
        elif isinstance(each, ast.FunctionDef):
            given = {arg.arg for arg in each.args.args} - {"self", "_", "cls"}
            asked |= given if each.name.startswith("test_") or each.decorator_list else set()
            loaded = {name.id for part in each.body for name in ast.walk(part) if isinstance(name, ast.Name)}
            if not each.name.startswith("test_"):
                made |= {f"{each.name}({arg})" for arg in given - loaded if each.name != "keep"}
                made |= {each.name} if not each.name.startswith("__") else set()
    return made - read - asked - CALLED_BY_OTHERS


@pytest.mark.parametrize("exception", ["", "On premises."], ids=["oauth", "api-key"])
@pytest.mark.parametrize("choice", CHOICES, ids="+".join)
def test_kinds_that_are_not_chosen_are_not_sent_and_leave_no_code(choice, exception):
    tile = author(connecting(choice, exception=exception))
    files = {path: tile.file(path).text for path in tile.under("examples/rest_api")}
    assert len(files) == (2 if exception else 4)
    code = files["examples/rest_api/submit.py"]
    assert {path for path in KINDS.values() if path in code} == {KINDS[kind] for kind in choice}
    assert {path: unused(text) for path, text in files.items() if unused(text)} == {}


@pytest.mark.slow
@pytest.mark.parametrize("exception", ["", "On premises."], ids=["oauth", "api-key"])
@pytest.mark.parametrize("choice", CHOICES, ids="+".join)
def test_the_example_of_any_choice_has_green_tests(tmp_path, choice, exception):
    done = ran(written(author(connecting(choice, exception=exception)), tmp_path))
    assert done.returncode == 0, done.stdout
