"""The formats that services read: Markdown does nothing but show, JUnit has the form that is asked for."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tilewizard.checking.checked import Checked
from tilewizard.quoting import visible
from tilewizard.reporting import gitlab, junit, markdown
from tilewizard.reporting.grouping import ALIKE_SHOWN
from tilewizard.rules.findings import Finding, Severity

from .test_check_in_the_wild import run
from .test_check_options import altered, checkout, tile, written

__all__ = ["checkout", "tile"]  # Fixtures.

GITHUB = MarkdownIt("gfm-like")
assert GITHUB.linkify is not None
# GitHub links no bare domains and no addresses without a scheme.
GITHUB.linkify.set({"fuzzy_link": False}).add("//", None)


def found(rule: str = "readme/image", severity: Severity = Severity.ERROR, **more: str | int) -> Finding:
    words = {"message": "wrong", "hint": "", "file": "README.md", "allowed": "", "line": 3, **more}
    return Finding(rule=rule, severity=severity, pointer="", column=1, step="readme", **words)  # type: ignore[arg-type]


def checked(*findings: Finding, path: str = "acme", allowed: tuple[Finding, ...] = ()) -> Checked:
    return Checked(Path(path), "marketplace", list(findings), list(allowed))


# -- Markdown


ACTING = (
    "@DataDog/agent-integrations",
    "#12",
    "GH-12 and gh-3",
    "acme/widget#4",
    "![x](https://evil.example/x.png)",
    "[a](javascript:alert)",
    "<img src=x onerror=alert(1)>",
    "<!-- hidden -->",
    "a|b|c",
    "`code` ``more``",
    "**bold** __bold__ ~~gone~~",
    "$\\frac{1}{2}$",
    "www.acme.example WWW.acme.example",
    "https://acme.example/?a=b&copy;",
    "mail me@acme.example",
    ":rocket: :x:",
    "&lt;b&gt; &#64;",
    "\x1b[31mred\nnext line\u202eturned",
    "[^1] [x] - [ ] task",
    "\udc80",
)


def shown_by_github(row: str) -> str:
    return GITHUB.render(f"| a |\n| --- |\n| {row} |\n")


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page)).partition("a\n")[2].strip()


@pytest.mark.parametrize("text", ACTING)
def test_text_of_a_tile_is_shown_and_does_nothing(text: str) -> None:
    written = markdown.inert(text)
    page = shown_by_github(written)
    assert set(re.findall(r"</?(\w+)", page)) <= {"table", "thead", "tbody", "tr", "th", "td", "span"}, page
    assert words_of(page) == visible(text).encode("utf-8", "backslashreplace").decode()
    # GitHub reads mentions, references, emoji and formulas in the page's text, from a sign to the word that follows it.
    assert not re.search(r"[@#$]|:\S|(?i:gh-\d|www\.)", re.sub(r"&#\d+;|<span>.*?</span>", "", written))


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    plain = visible(text).encode("utf-8", "backslashreplace").decode()
    page = shown_by_github(f"x{markdown.inert(text)}x")
    assert set(re.findall(r"</?(\w+)", page)) <= {"table", "thead", "tbody", "tr", "th", "td", "span"}
    assert words_of(page) == f"x{plain}x"


def test_markdown_is_a_table_a_file(tile: Path) -> None:
    (tile / "README.md").write_text("# @acme\n\n![a](images/none.png)\n")
    done = run("check", "--format", "markdown", tile)
    assert done.returncode == 1
    page = GITHUB.render(done.stdout)
    assert page.count("<table>") == page.count("<h3>") and "<h2>tilewizard</h2>" in page
    findings = json.loads(run("check", "--format", "json", tile).stdout)["tiles"][0]["findings"]
    assert page.count("<tr>") - page.count("<thead>") == len(findings)
    assert page.count("<strong>error</strong>") == sum(each["severity"] == "error" for each in findings)


def test_markdown_counts_what_stands_many_times() -> None:
    report = [checked(*(found() for _ in range(9)))]
    assert markdown.render(report, whole=False).count("| wrong") == ALIKE_SHOWN
    assert f"and {9 - ALIKE_SHOWN} more like this; `--all` shows them" in markdown.render(report, whole=False)
    assert markdown.render(report).count("| wrong") == 9


def test_markdown_is_cut_where_github_would_refuse_it_and_says_so() -> None:
    reports = [
        checked(found(message="é" * 900), found("readme/heading", Severity.WARNING), path=f"acme_{index}")
        for index in range(100)
    ]
    cut = markdown.render(reports, whole=False)
    assert markdown.LIMIT - 2000 < len(cut) <= markdown.LIMIT
    told = re.search(r"Cut here: (\d+) errors?, (\d+) warnings? more", cut)
    assert told and int(told[1]) + cut.count("| **error**") == 100 and int(told[2]) + cut.count("| warning") == 100
    whole = markdown.render(reports)
    assert "Cut here" not in whole and whole.count("| **error**") == 100


def test_errors_come_first_where_it_is_cut() -> None:
    fine = [checked(found("a/b", Severity.INFO, message="é" * 900), path=f"fine_{index}") for index in range(99)]
    wrong = checked(found(), path="wrong")
    assert "### wrong/" in markdown.render([*fine, wrong], whole=False).split("\n", 5)[4]
    assert re.search(r"Cut here: \d+ infos more\.", markdown.render([*fine, wrong], whole=False))
    assert markdown.render([*fine[:5], wrong], whole=False) == markdown.render([*fine[:5], wrong])


def test_markdown_tells_what_is_allowed_and_that_nothing_is_wrong(tile: Path) -> None:
    text = markdown.render([checked(allowed=(found(allowed="agreed with @reviewer"),))])
    assert "| allowed | 3 | wrong<br>→ allowed: agreed with <span>&#64;</span>reviewer |" in text
    assert run("check", "--format", "markdown", tile).stdout == (
        "## tilewizard\n\n**1 tile: 0 errors, 0 warnings, 0 infos**\n"
    )


# -- JUnit


FORM = {  # By element: its attributes, and what may stand in it; as junit-10.xsd has it.
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package", "group",
         "file", "log", "url"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": ({"name", "time", "classname", "group"}, {"skipped", "error", "failure", "system-out", "system-err"}),
    "skipped": ({"message", "type"}, set()),
    "failure": ({"message", "type"}, set()),
    "system-out": (set(), set()),
}  # fmt: skip
NEEDED = {"testsuite": {"name", "tests", "failures", "errors"}, "testcase": {"name"}}


def cases(report: str) -> dict[str, ET.Element]:
    """The cases of a report, whose form is looked at, by suite and name."""
    top = ET.fromstring(report.encode())
    for each in top.iter():
        attributes, inner = FORM[each.tag]
        assert set(each.attrib) <= attributes and {child.tag for child in each} <= inner
        assert NEEDED.get(each.tag, set()) <= set(each.attrib)
    for suite in top:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))
    assert int(top.get("tests", "")) == len(top.findall("testsuite/testcase"))
    assert int(top.get("failures", "")) == len(top.findall("testsuite/testcase/failure"))
    return {f"{suite.get('name')} {case.get('name')}": case for suite in top for case in suite}


def test_a_rule_is_a_case_of_its_tile() -> None:
    reports = [
        checked(
            found("a/error"),
            found("a/error", message="<worse> & more"),
            found("a/warning", Severity.WARNING, hint="do so"),
            found("a/mixed"),
            found("a/mixed", Severity.INFO, message="known"),
            allowed=(found("a/allowed", allowed="agreed"), found("a/warning", allowed="agreed too")),
        ),
        checked(path="clean"),
    ]
    got = cases(junit.render(reports))
    assert {name: [inner.tag for inner in case] for name, case in got.items()} == {
        "acme a/error": ["failure"],
        "acme a/warning": ["system-out"],
        "acme a/mixed": ["failure", "system-out"],
        "acme a/allowed": ["skipped", "system-out"],
        "clean no findings": [],
    }
    failure = got["acme a/error"][0]
    assert failure.get("message") == "wrong, and 1 more" and "README.md:3:1: error: <worse> & more" in failure.text
    assert got["acme a/allowed"][0].get("message") == "allowed: agreed"
    assert "warning: wrong — do so\n" in got["acme a/warning"][0].text


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_makes_xml_that_is_read_again(text: str) -> None:
    path = text.replace("\0", "").replace("/", "") or "tile"
    got = cases(junit.render([checked(found("a/b", message=text, hint=text), path=path)]))
    (case,) = got.values()
    assert case[0].get("message") == visible(text)


def test_junit_of_a_tile(tile: Path) -> None:
    (tile / "README.md").unlink()
    done = run("check", "--format", "junit", tile.name, cwd=tile.parent)
    assert done.returncode == 1 and any(case.find("failure") is not None for case in cases(done.stdout).values())


# -- what fails


@pytest.mark.parametrize(
    ("severity", "codes"),
    [
        (Severity.ERROR, {"error": 1, "warning": 1, "info": 1, "never": 0}),
        (Severity.WARNING, {"error": 0, "warning": 1, "info": 1, "never": 0}),
        (None, {"error": 0, "warning": 0, "info": 0, "never": 0}),
    ],
)
def test_fail_on_says_from_which_severity_on_the_exit_code_is_1(
    tile: Path, severity: Severity | None, codes: dict[str, int]
) -> None:
    if severity == Severity.ERROR:
        (tile / "README.md").unlink()
    if severity == Severity.WARNING:
        (tile / "images" / "spare.png").write_bytes((tile / "images" / "acme_widget_overview.png").read_bytes())
    assert {word: run("check", "--fail-on", word, tile).returncode for word in codes} == codes


def test_never_failing_still_tells_what_cannot_be_read(tile: Path) -> None:
    assert run("check", "--fail-on", "never", tile.parent / "nowhere").returncode == 2


# -- GitLab


def quality(folder: Path, *words: object, **environment: str) -> list[dict[str, Any]]:
    """The issues of a report, each in the form that is asked for."""
    issues: list[dict[str, Any]] = json.loads(
        run("check", "--format", "gitlab", *words, cwd=folder, **environment).stdout
    )
    for each in issues:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert each["description"] and each["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert set(each["location"]) == {"path", "lines"} and each["location"]["lines"]["begin"] >= 1
    prints = [each["fingerprint"] for each in issues]
    assert len(set(prints)) == len(prints)
    return issues


def test_gitlab_finds_files_from_the_project_on(checkout: Path, tile: Path) -> None:
    (tile / "README.md").unlink()
    altered(tile, description="Send metrics and events of Acme Widget to Datadog.")
    below = {each["location"]["path"] for each in quality(tile, ".", CI_PROJECT_DIR=str(checkout))}
    assert {f"{tile.name}/README.md", f"{tile.name}/manifest.json"} <= below
    assert "README.md" in {each["location"]["path"] for each in quality(tile, ".", CI_PROJECT_DIR="")}
    missing = [each for each in quality(checkout, tile) if each["check_name"] == "readme/missing"]
    assert [(each["severity"], each["location"]["lines"]["begin"]) for each in missing] == [("critical", 1)]


def test_gitlab_tells_findings_apart_in_tiles_of_one_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (written(tmp_path / folder / "acme_widget") / "README.md").unlink()
    both = quality(tmp_path, "a/acme_widget", "b/acme_widget")
    assert {each["location"]["path"].partition("/")[0] for each in both} == {"a", "b"}
    # Whether another tile is checked with it changes nothing for the first.
    assert quality(tmp_path, "a/acme_widget") == [each for each in both if each["location"]["path"].startswith("a/")]


def test_gitlab_is_not_told_of_what_is_allowed() -> None:
    report = checked(found("a/warning", Severity.WARNING, hint="do so"), allowed=(found(allowed="agreed"),))
    (issue,) = json.loads(gitlab.render([report]))
    assert issue["description"] == "wrong — do so" and issue["severity"] == "minor"
    assert json.loads(gitlab.render([checked()])) == []


def test_gitlab_shares_fingerprints_with_code_scanning(tile: Path) -> None:
    (tile / "README.md").unlink()
    results = json.loads(run("check", "--format", "sarif", tile).stdout)["runs"][0]["results"]
    prints = {mark for each in results for mark in each["partialFingerprints"].values()}
    assert {each["fingerprint"] for each in quality(tile.parent, tile)} == prints
