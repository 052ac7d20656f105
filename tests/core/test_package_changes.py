"""What metadata.csv asks of a package that is there: entries come and go, all other text keeps its bytes."""

from __future__ import annotations

import json
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tilewizard.authoring import agent_rendering
from tilewizard.authoring.author import author
from tilewizard.checking.check import check
from tilewizard.documents.map_text import python_map, yaml_map
from tilewizard.session.package_changes import map_changes, spec_changes
from tilewizard.tile.tile import METADATA, Tile, TileFile

from tests.packages.test_agent_package import answers, row

FOLDER = "datadog_checks/acme_widget"
EXPOSITION = "# TYPE jobs counter\njobs_total 1\n# TYPE depth gauge\ndepth 3\n"
LISTED = {"package/openmetrics-listed", "package/openmetrics-row"}


def openmetrics() -> Tile:
    rows = [row("jobs.count", "count", "jobs"), row("depth", "gauge", "depth")]
    return author(answers("openmetrics-check", rows, EXPOSITION))


def python() -> Tile:
    rows = [row("jobs", "count", "jobs_total"), row("queue.depth", "gauge", "queue.depth")]
    return author(answers("python-check", rows, '{"jobs_total": 1, "queue": {"depth": 2}}'))


def listing(tile: Tile, *lines: str, without: str = "") -> Tile:
    """The tile with more rows in metadata.csv, and without those of a name."""
    text = "".join(
        each for each in tile.file(METADATA).text.splitlines(keepends=True) if not without or without not in each
    )
    return tile.with_text(METADATA, text + "".join(f"acme.{line},,,,Of the widget.,0,acme,,\n" for line in lines))


def taken(tile: Tile) -> Tile:
    for change in map_changes(tile):
        tile = tile.with_files(change.files)
    return tile


@pytest.mark.parametrize("make", [openmetrics, python])
def test_a_package_that_agrees_is_asked_for_nothing(make):
    assert map_changes(make()) == []


def test_a_metric_that_is_listed_is_offered_for_the_map_with_a_sample_for_the_tests():
    tile = listing(
        openmetrics(), "errors.count,count", "wait.bucket,count", "wait.sum,count", "wait.count,count", "loose,rate"
    )
    (change,) = map_changes(tile)
    assert change.title.startswith("3 entries that metadata.csv lists")
    code, fixture = (each.text for each in change.files)
    before = tile.file(f"{FOLDER}/metrics.py").text
    new = ["    'errors': 'errors',\n", "    'loose': {'name': 'loose', 'type': 'rate'},\n", "    'wait': 'wait',\n"]
    assert [line for line in code.splitlines(keepends=True) if line not in before] == new
    assert "".join(line for line in code.splitlines(keepends=True) if line not in new) == before
    assert "errors_total 3" in fixture and 'wait_bucket{le="0.5"}' in fixture
    assert fixture.startswith(tile.file("tests/fixtures/metrics.txt").text)
    after = taken(tile)
    assert map_changes(after) == [] and not LISTED & {each.rule for each in check(after)}


def test_what_stands_before_all_names_at_the_source_stands_before_a_new_one_too():
    rows = [row("jobs.count", "count", "acme_jobs"), row("depth", "gauge", "acme_depth")]
    tile = author(
        answers("openmetrics-check", rows, EXPOSITION.replace("jobs", "acme_jobs").replace("depth", "acme_depth"))
    )
    assert map_changes(tile) == []
    (change,) = map_changes(listing(tile, "errors.count,count"))
    assert "    'acme_errors': 'errors',\n" in change.files[0].text and "acme_errors_total 3" in change.files[1].text


def test_an_entry_that_nothing_lists_is_offered_to_go_by_itself():
    tile = listing(openmetrics(), "errors.count,count", without="depth")
    _, removed = map_changes(tile)
    assert removed.title.startswith("1 entry that metadata.csv doesn't list")
    (file,) = removed.files
    before = tile.file(f"{FOLDER}/metrics.py").text
    assert file.text == before.replace("    'depth': 'depth',\n", "")


def test_what_a_python_check_reads_is_held_against_the_list_too():
    tile = listing(python(), "wait,gauge", without="queue.depth")
    added, removed = map_changes(tile)
    assert "    ('wait', 'gauge', 'wait'),\n" in added.files[0].text
    assert '"wait": 1' in added.files[1].text and '"queue"' in added.files[1].text
    assert "queue.depth" not in removed.files[0].text.partition("METRICS")[2]


def test_the_file_of_yaml_beside_the_check_is_a_map_too():
    tile = openmetrics()
    text = "# ours\njobs: jobs\n# the depth\ndepth:\n  name: depth\n  type: gauge\n"
    files = [TileFile(f"{FOLDER}/metrics.yaml", text.encode())]
    tile = tile.with_files(files, without=[f"{FOLDER}/metrics.py"])
    assert map_changes(tile) == []
    more = listing(tile, "errors.count,count", "loose,rate", without="depth")
    added, removed = map_changes(more)
    assert added.files[0].text == text + "errors: errors\nloose: {name: loose, type: rate}\n"
    assert removed.files[0].text == "# ours\njobs: jobs\n# the depth\n"


@pytest.mark.parametrize(
    "code",
    ["METRICS = {'jobs': 'jobs', 'depth': 'depth'}\n", "METRICS = {'jobs': 'jobs',\n  'depth': 'depth'}\n"],
)
def test_a_map_in_another_form_is_left_alone_and_what_is_wanted_is_told(code):
    tile = listing(openmetrics().with_text(f"{FOLDER}/metrics.py", code), "errors.count,count")
    (change,) = map_changes(tile)
    assert change.files == () and "'errors': 'errors'" in change.lacks


@pytest.mark.parametrize("code", ["METRICS = dict(jobs='jobs')\n", "METRICS = {**OTHER}\n", "METRICS = {\n", "", "METRICS = {'a': [1]}\n"])  # fmt: skip
def test_a_map_that_can_not_be_read_is_asked_for_nothing(code):
    assert map_changes(listing(openmetrics().with_text(f"{FOLDER}/metrics.py", code), "errors.count,count")) == []


def test_code_that_sends_by_itself_may_send_what_the_map_lacks():
    tile = listing(openmetrics(), "errors.count,count")
    code = tile.file(f"{FOLDER}/check.py").text
    own = tile.with_text(f"{FOLDER}/check.py", code + "\n    def check(self, _):\n        self.count('errors', 1)\n")
    assert map_changes(own) == []


# -- texts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("M = {}\n", "M = {\n    'b': 1,\n}\n"),
        ("M = {  # all\n    'a': 1,  # first\n    'c': 3\n}\nN = {}\n", "M = {  # all\n    'a': 1,  # first\n    'b': 1,\n    'c': 3,\n}\nN = {}\n"),
        ("M = {\r\n  'z': 1,\r\n  'a': {\r\n    'x': 1,\r\n  },\r\n}", "M = {\r\n  'z': 1,\r\n  'a': {\r\n    'x': 1,\r\n  },\r\n  'b': 1,\r\n}"),
        ("M = {\n    'a': 1  # why, indeed\n}\n", "M = {\n    'a': 1,  # why, indeed\n    'b': 1,\n}\n"),
        ("N = {}\nM = {\n\t'a': 1,\n}\n", "N = {}\nM = {\n\t'a': 1,\n\t'b': 1,\n}\n"),
        ("M = {\n    # none yet\n}\n", "M = {\n    # none yet\n    'b': 1,\n}\n"),
        ("M = [\n  ('a', 1),\n]\n", "M = [\n  ('a', 1),\n  'b': 1,\n]\n"),
        ("é = M = []\n", "é = M = [\n    'b': 1,\n]\n"),
    ],
)  # fmt: skip
def test_an_entry_is_put_in_and_no_other_byte_changes(before, after):
    found = python_map(before, "M")
    assert found is not None and found.having([("b", "'b': 1")]) == after


@pytest.mark.parametrize(
    "code",
    [
        "",
        "M = {",
        "M = \0",
        "N = {}\n",
        "M = {}\nM = {}\n",
        "M = ()\n",
        "M = dict()\n",
        "M = {1: 2}\n",
        "M = {\n    1: 2,\n}\n",
        "M = {\n    'a': 1,\n    **N,\n}\n",
        "M = [\n    'a',\n]\n",
        "M = [\n    (),\n]\n",
        "M = [\n    (1, 'a'),\n]\n",
        "M = {'a': 1}\n",
        "M = {'a': 1,\n}\n",
        "M = {\n    'a': 1}\n",
        "M = {\n    'a': 1, 'b': 2,\n}\n",
        "M = {\n    'a': [\n    ], 'b': 2,\n}\n",
    ],
)
def test_python_of_another_form_is_unknown(code):
    assert python_map(code, "M") is None


def test_an_entry_over_several_lines_goes_whole():
    found = python_map("M = {\n    'a': {\n        'x': 1,\n    },\n    'b': 2,\n}\n", "M")
    assert found is not None and found.without(["a"]) == "M = {\n    'b': 2,\n}\n"


KEYS = st.text("ab_é'\"\\\\#, {}:", min_size=1, max_size=6)


@given(
    st.lists(KEYS, unique=True, max_size=6),
    KEYS,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "  # why, indeed"]),
)
def test_what_is_put_in_and_taken_out_again_leaves_the_text_as_it_was(keys, new, end, remark):
    lines = ["import x", "M = {", *(f"    {key!r}: {key!r},{remark}" for key in keys), "}", "N = {'a': 1}", ""]
    code = end.join(lines)
    found = python_map(code, "M")
    assert found is not None and found.keys == keys
    if new in keys or not keys:
        return
    longer = found.having([(new, f"{new!r}: 'new'")])
    again = python_map(longer, "M")
    assert again is not None and sorted(again.keys) == sorted([*keys, new])
    assert again.without([new]) == code
    if keys == sorted(keys):
        assert again.keys == sorted(again.keys)


@pytest.mark.parametrize("text", ["", "[]", "{a: b}", "a", "a: [", " a: b\n", "? [x]\n: y\n"])
def test_yaml_of_another_form_is_unknown(text):
    assert yaml_map(text) is None


def test_yaml_keeps_comments_and_what_stands_behind():
    found = yaml_map("# x\na: 1\n\n# of c\nc:\n  d: 1\n# end")
    assert found is not None
    assert found.having([("b", "b: 2")]) == "# x\na: 1\n\n# of c\nb: 2\nc:\n  d: 1\n# end"
    assert found.without(["c"]) == "# x\na: 1\n\n# of c\n# end"


# -- what is made of spec.yaml

SPEC = "assets/configuration/spec.yaml"
EXAMPLE = f"{FOLDER}/data/conf.yaml.example"
MODELS = f"{FOLDER}/config_models"


@pytest.mark.parametrize("make", [openmetrics, python])
@pytest.mark.parametrize("logs", [False, True])
def test_what_is_made_of_a_spec_like_ours_needs_nobody_else(make, logs, monkeypatch):
    monkeypatch.setattr(agent_rendering, "renderer_python", lambda: None)
    submits = ["metrics", "logs"] if logs else ["metrics"]
    tile = author(answers("openmetrics-check" if make is openmetrics else "python-check", submits=submits))
    assert spec_changes(tile) == []
    spec = tile.file(SPEC).text
    endpoint = re.search(r"example: (http\S+)", spec)
    other = tile.with_text(SPEC, spec.replace(endpoint[1], "'http://elsewhere.example:9/metrics'"))
    (change,) = spec_changes(other)
    (file,) = change.files
    assert file.path == EXAMPLE and file.text == tile.file(EXAMPLE).text.replace(
        endpoint[1], "http://elsewhere.example:9/metrics"
    )


def test_hand_made_changes_of_what_is_generated_are_offered_to_go_and_the_partners_own_stay():
    tile = openmetrics()
    own = tile.with_text(f"{MODELS}/validators.py", "# mine\n")
    assert spec_changes(own) == []
    (example,) = spec_changes(own.with_text(EXAMPLE, "init_config:\n"))
    assert [(each.path, each.data) for each in example.files] == [(EXAMPLE, tile.file(EXAMPLE).data)]
    (models,) = spec_changes(own.with_text(f"{MODELS}/shared.py", "x = 1\n"))
    assert [each.path for each in models.files] == [f"{MODELS}/shared.py"]
    none = own.with_files([], without=own.under(MODELS))
    assert spec_changes(none) == [], "ddev asks for no models where there are none"
    windows = own.with_text(EXAMPLE, own.file(EXAMPLE).text.replace("\n", "\r\n"))
    assert spec_changes(windows) == []


def with_option(tile: Tile) -> Tile:
    """The tile with an option of its own in the spec, which nothing here renders."""
    spec = tile.file(SPEC).text
    option = "    - name: more\n      description: More of it.\n      value:\n        type: boolean\n        example: false\n"
    return tile.with_text(
        SPEC, spec.replace("    - template: instances/http\n", f"{option}    - template: instances/http\n")
    )


def test_without_datadogs_renderer_it_is_said_what_is_not_known(monkeypatch):
    monkeypatch.setattr(agent_rendering, "renderer_python", lambda: None)
    (change,) = spec_changes(with_option(python()))
    assert change.files == () and "tilewizard[agent]" in change.lacks


@pytest.mark.parametrize(
    ("answer", "paths", "lacks"),
    [
        (
            {
                "files": {"data/conf.yaml.example": "a: 1\n", "config_models/shared.py": ""},
                "errors": [],
                "version": "40.0.1",
            },
            [EXAMPLE],
            "",
        ),
        ({"files": {}, "errors": ["no name"], "version": "40.0.1"}, [], "refuses the spec: no name"),
        ("", [], "tilewizard[agent]"),
    ],
)
def test_datadogs_renderer_is_run_for_any_other_spec(answer, paths, lacks, monkeypatch, tmp_path):
    program = tmp_path / "python"
    said = json.dumps(answer) if answer else "Traceback"
    program.write_text(f"#!/bin/sh\ncat >{tmp_path}/asked\ncat <<'END'\n{said}\nEND\n")
    program.chmod(0o755)
    monkeypatch.setattr(agent_rendering, "renderer_python", lambda: str(program))
    tile = with_option(python())
    (change,) = spec_changes(tile)
    assert [each.path for each in change.files] == paths and lacks in change.lacks
    assert json.loads((tmp_path / "asked").read_text()) == {"spec": tile.file(SPEC).text, "name": "acme_widget"}


@pytest.mark.parametrize(
    ("version", "like_ours", "example", "told"),
    [
        ("40.0.1", True, "theirs: 1\n", ""),
        ("36.1.0", True, None, ""),
        ("41.2.0", False, "theirs: 1\n", ""),
        ("36.1.0", False, "theirs: 1\n", "(by datadog-checks-dev 36.1.0, which is not the newest)"),
    ],
)
def test_an_old_renderer_is_asked_only_for_what_nobody_else_renders(
    version, like_ours, example, told, monkeypatch, tmp_path
):
    program = tmp_path / "python"
    said = json.dumps({"files": {"data/conf.yaml.example": "theirs: 1\n"}, "errors": [], "version": version})
    program.write_text(f"#!/bin/sh\ncat >/dev/null\ncat <<'END'\n{said}\nEND\n")
    program.chmod(0o755)
    monkeypatch.setattr(agent_rendering, "renderer_python", lambda: str(program))
    found = spec_changes(python() if like_ours else with_option(python()))
    assert [each.files[0].text for each in found] == ([example] if example else [])
    assert all(told in each.title and ("not the newest" in each.title) is bool(told) for each in found)


@pytest.mark.parametrize(
    ("first", "found"),
    [("#!{python}\n", True), ("#!/nowhere/python3\n", False), ("\x7fELF\n", False), ("#!/bin/sh\n", False)],
)
def test_the_python_of_ddev_is_found_by_its_first_line(first, found, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(agent_rendering.importlib.util, "find_spec", lambda _: None)
    assert agent_rendering.renderer_python() is None
    (tmp_path / "ddev").write_text(first.format(python=sys.executable))
    (tmp_path / "ddev").chmod(0o755)
    assert agent_rendering.renderer_python() == (sys.executable if found else None)
