"""What the checkout around a tile says: owners of which the last wins, and directories without a manifest on purpose."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tilewizard.authoring.author import Author
from tilewizard.checking.check import check
from tilewizard.field.vocabulary import Target
from tilewizard.rules.findings import Severity
from tilewizard.tile.codeowners import deciding, owned
from tilewizard.tile.jobs import WORKFLOWS, job_names
from tilewizard.tile.overrides import overrides_in
from tilewizard.tile.tile import MANIFEST, METADATA, read

from .clean_tile import written
from .edges import said

HEAD = "*                 @DataDog/agent\n\n# Documentation\n/*/README.md      @DataDog/docs\n\n# Partners\n"
PARTNERS = "/alpha/           @alpha\n/zeta/            @zeta\n"
DETAILS = "\n# Partners and documentation\n/alpha/README.md  @alpha @DataDog/docs\n"
TAIL = (
    "\n# LEAVE THE FOLLOWING LOG OWNERSHIP LAST IN THE FILE\n/*/assets/logs/   @DataDog/logs-integrations-reviewers\n"
)
LOGS_LINE = "/*/assets/logs/  @DataDog/logs-integrations-reviewers"
LINE = "/mine/            @me\n"
NAMED = (
    '[overrides.display-name]\nacme_widget = "Acme Widget"\n'
    '[overrides.metrics-prefix]\nacme_widget = "acme_widget."\n'
    '[overrides.manifest.platforms]\nacme_widget = ["linux", "mac_os"]\n'
)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (HEAD + PARTNERS + DETAILS + TAIL, HEAD + PARTNERS.replace("/zeta", f"{LINE}/zeta") + DETAILS + TAIL),
        (HEAD + "/alpha/           @alpha\n/beta/            @beta\n" + TAIL,
         HEAD + "/alpha/           @alpha\n/beta/            @beta\n" + LINE + TAIL),
        (PARTNERS + TAIL.split("\n", 2)[2], PARTNERS.replace("/zeta", f"{LINE}/zeta") + TAIL.split("\n", 2)[2]),
        ("* @d\n" + TAIL, "* @d\n/mine/  @me\n" + TAIL),
        (f"{LOGS_LINE}\n", f"/mine/  @me\n{LOGS_LINE}\n"),
        (f"* @d\n\n# Logs\n{LOGS_LINE}\n", f"* @d\n/mine/  @me\n\n# Logs\n{LOGS_LINE}\n"),
        (f"{LOGS_LINE.lower()}\n/beta/  @b\n", f"/mine/  @me\n{LOGS_LINE.lower()}\n/beta/  @b\n"),
        (f"{LOGS_LINE}\n* @d\n", f"{LOGS_LINE}\n* @d\n/mine/  @me\n"),
        ("/alpha/ @a\n\n# Keep this at the end\n/nice/assets/ @n\n", "/alpha/ @a\n/mine/  @me\n\n# Keep this at the end\n/nice/assets/ @n\n"),
        ("/alpha/ @a\n/zeta/ @z\n* @d\n", "/alpha/ @a\n/mine/  @me\n/zeta/ @z\n* @d\n"),
    ],
    ids=["blocks", "behind the last of a block", "no comment", "no folder yet", "the logs alone", "the logs and all",
         "a folder behind the logs", "all behind the logs", "told to stay", "a closing rule for all"],
)  # fmt: skip
def test_a_new_line_goes_before_those_that_stay_last(text: str, after: str) -> None:
    assert owned(text, "mine", "@me") == after


@pytest.mark.parametrize(
    ("pattern", "path", "decides"),
    [
        ("/mine/", "mine/assets/", True), ("mine/", "a/mine/b", True), ("/mine/", "a/mine/b", False), ("mine", "mine", True),
        ("/*/assets/logs/", "mine/assets/logs/", True), ("/*/assets/logs/", "a/b/assets/logs/", False),
        ("*.json", "mine/manifest.json", True), ("/*", "mine", True), ("/*", "mine/a", False), ("docs/*", "docs/a", True),
        ("docs/*", "docs/a/b", False), ("**/logs", "a/b/logs", True), ("/a/**", "a/b/c", True), ("/a/**", "a/", False),
        ("/a/**/b", "a/b", True), ("/a/**/b", "a/x/y/b", True), ("/a/**/b", "a/xb", False), ("mine/?.md", "mine/a.md", True),
        ("mine/?.md", "mine//.md", False), ("/min", "mine/", False), ("*a" * 60 + "x", "a" * 300, False), ("*" * 60, "b/a", True),
        ("**a" * 60 + "x", "a" * 300, False),
    ],
)  # fmt: skip
def test_a_pattern_is_for_paths_as_in_gitignore_however_many_stars_it_has(
    pattern: str, path: str, decides: bool
) -> None:
    assert (deciding(f"{pattern} @me\n", path) is not None) is decides


@pytest.mark.parametrize(
    ("teams", "end"),
    [
        (("@a @DataDog/review", "@b @DataDog/review"), " @DataDog/review"),
        (("@a @DataDog/review", "@b @DataDog/review", "@c"), " @DataDog/review"),
        (("@a @DataDog/review", "@b", "@c"), ""),
        (("@a @DataDog/review", "@b @DataDog/other"), ""),
        (("@a @acme/team", "@b @acme/team"), ""),
        (("@DataDog/review", "@DataDog/review"), ""),
    ],
)
def test_a_new_line_ends_with_the_team_that_its_neighbours_end_with(teams: tuple[str, ...], end: str) -> None:
    text = "".join(f"/tile_{at}/ {owners}\n" for at, owners in enumerate(teams))
    entry = deciding(owned(text, "mine", "@me"), "mine/x")
    assert entry and " ".join(entry.owners) == f"@me{end}"
    again = deciding(owned(text, "mine", "@me @datadog/REVIEW"), "mine/x")
    assert again and len(again.owners) == 2


@pytest.mark.parametrize(
    "text", [HEAD + PARTNERS + DETAILS + TAIL, PARTNERS + TAIL, "* @d\n" + TAIL, LOGS_LINE, f"* @d\n{LOGS_LINE}\n"]
)
def test_a_new_line_takes_the_folder_and_leaves_its_logs(text: str) -> None:
    after = owned(text, "mine", "@me")
    folder, logs = deciding(after, "mine/metadata.csv"), deciding(after, "mine/assets/logs/mine.yaml")
    assert folder and folder.owners == ("@me",)
    assert logs and logs.owners == ("@DataDog/logs-integrations-reviewers",)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*", "a/b.md", True),
        ("/a/", "a/b/c", True),
        ("/a/", "ab/c", False),
        ("a/", "x/a/b", True),
        ("/a", "a", True),
        ("/*/README.md", "a/README.md", True),
        ("/*/README.md", "a/b/README.md", False),
        ("*.md", "a/b/c.md", True),
        ("**/logs/", "a/assets/logs/x", True),
        ("/a/**", "a/b/c", True),
        ("docs/*", "docs/a", True),
        ("docs/*", "docs/a/b", False),
        ("/*/assets/logs/", "a/assets/logs/", True),
    ],
)
def test_patterns_match_as_github_says(pattern: str, path: str, matches: bool) -> None:
    assert (deciding(f"{pattern} @x", path) is not None) is matches


def folder(tmp_path: Path, config: str | None, owners: str | None = None) -> Path:
    """A checkout with the clean tile, its manifest taken away where a configuration is given."""
    root = tmp_path / "integrations-extras"
    tile = written(root / "acme_widget", Target.EXTRAS)
    (root / ".git").mkdir()
    for path, text in ((".ddev/config.toml", config), (".github/CODEOWNERS", owners)):
        if text is not None:
            (root / path).parent.mkdir()
            (root / path).write_text(text)
    if config is not None:
        (tile / MANIFEST).unlink()
    return tile


@pytest.mark.parametrize(
    ("owners", "expected"),
    [
        (PARTNERS + "/acme_widget/ @acme\n" + TAIL, []),
        (PARTNERS + TAIL + "/acme_widget/ @acme\n", ["move it above line 5, /*/assets/logs/"]),
        (TAIL + "/acme_widget/ @acme @DataDog/logs-integrations-reviewers\n", []),
        ("/acme_widget/ @acme\n", [f"the last line of the repository's own file is {LOGS_LINE}: keep it"]),
        (TAIL + "* @DataDog/all\n", ["move it above line 3, /*/assets/logs/"]),
    ],
    ids=["before", "behind", "with the logs team", "a file without a logs team", "another's line"],
)
def test_the_logs_stay_with_the_logs_team(tmp_path: Path, owners: str, expected: list[str]) -> None:
    tile = read(folder(tmp_path, None, owners))
    assert [finding.hint for finding in said("checkout/log-owners", tile)] == expected


def test_a_directory_without_a_manifest_on_purpose_has_no_fault(tmp_path: Path) -> None:
    tile = read(folder(tmp_path, NAMED))
    assert [each.rule for each in check(tile) if each.severity != Severity.INFO] == []


@pytest.mark.parametrize("config", ["", "[overrides.display-name]\nother = 'Other'\n", "[overrides\n", "overrides = 5"])
def test_a_directory_that_nothing_names_misses_its_manifest(tmp_path: Path, config: str) -> None:
    assert len(said("manifest/missing", read(folder(tmp_path, config)))) == 1


def test_what_the_overrides_leave_out_is_named(tmp_path: Path) -> None:
    tile = read(folder(tmp_path, '[overrides.metrics-prefix]\nacme_widget = "acme_widget."\n'))
    assert [finding.message.split("]")[0] for finding in said("checkout/overrides", tile)] == [
        "[overrides.display-name",
        "[overrides.manifest.platforms",
    ]
    other = tmp_path / "other"
    shutil.copytree(tile.checkout.root if tile.checkout else tmp_path, other / "integrations-extras")
    config = other / "integrations-extras" / ".ddev" / "config.toml"
    config.write_text(NAMED.replace("mac_os", "macos"))
    (finding,) = said("checkout/overrides", read(other / "integrations-extras" / "acme_widget"))
    assert "macos" in finding.message and finding.hint == "ddev knows linux, windows, mac_os"


@pytest.mark.parametrize(
    ("config", "metrics", "lines"),
    [
        (NAMED.splitlines()[4:], True, ['"Acme Widget"', '"acme_widget."']),
        (NAMED.splitlines()[4:], False, ['"Acme Widget"']),
        (NAMED.splitlines()[:2], True, ['"acme_widget."', '["linux", "windows", "mac_os"]']),
        (NAMED.splitlines(), True, []),
    ],
)
def test_the_line_that_is_to_be_added_is_given_as_an_example(
    tmp_path: Path, config: list[str], metrics: bool, lines: list[str]
) -> None:
    place = folder(tmp_path, "\n".join(config))
    if not metrics:
        (place / METADATA).unlink()
    hints = [each.hint for each in said("checkout/overrides", read(place))]
    assert sorted(hints) == sorted(f"add the line acme_widget = {line} to it" for line in lines)


def test_metrics_are_held_against_the_prefix_and_name_of_the_overrides(tmp_path: Path) -> None:
    tile = read(folder(tmp_path, NAMED.replace("acme_widget.", "other.").replace("Acme Widget", "Other")))
    assert said("metadata/prefix", tile) and said("metadata/integration", tile)
    assert said("service-checks/integration", tile)


def test_editing_makes_no_manifest_where_there_is_to_be_none(tmp_path: Path) -> None:
    tile = read(folder(tmp_path, NAMED))
    author = Author(tile)
    assert (author.before.integration.source_type_name, author.before.metrics.prefix) == ("Acme Widget", "acme_widget.")
    assert author.tile(author.before) is tile
    changed = author.before.model_copy(deep=True)
    changed.readme["Overview"] = "Another overview."
    after = author.tile(changed)
    assert after.file(MANIFEST) is None
    assert [path for path in after.paths if after.file(path) is not tile.file(path)] == ["README.md"]


def test_odd_overrides_are_passed_over() -> None:
    found = overrides_in(
        "[overrides.display-name]\na = 5\nb = 'B'\n[overrides.manifest]\nplatforms = {a = 'x', b = [1, 'linux']}"
    )
    assert (found["a"].display_name, found["a"].platforms) == ("", ())
    assert (found["b"].display_name, found["b"].platforms) == ("B", ("linux",))


def test_what_is_remembered_of_a_check_does_not_outlive_the_overrides(tmp_path: Path) -> None:
    from tilewizard.checking.remembered import Memory
    from tilewizard.rules.registry import all_rules

    place, memory = folder(tmp_path, NAMED), Memory(tmp_path / "memory")
    memory.found(read(place), all_rules(), ())
    config = place.parent / ".ddev" / "config.toml"
    config.write_text(NAMED.replace("Acme Widget", "Other").replace("acme_widget.", "other."))
    recalled = memory.recalled(read(place), ())
    assert recalled is not None
    assert [each.message for each in recalled] == [each.message for each in check(read(place))]
    assert {"metadata/prefix", "metadata/integration", "service-checks/integration"} <= {each.rule for each in recalled}


JOB = "jobs:\n  j0f2cce8:\n    uses: x\n    with:\n      job-name: Acme Widget\n      target: acme_widget\n      platform: linux\n"
EXCLUDED = "[overrides.ci.acme_widget]\nexclude = true\n"


@pytest.mark.parametrize(
    ("workflow", "config", "expected"),
    [
        (None, "", []),
        (JOB, "", []),
        (JOB.replace("\n", "\r\n"), "", []),
        ("jobs: {}\n", "", [".github/workflows/test-all.yml has no job for “acme_widget”"]),
        ("jobs: {}\n", EXCLUDED, []),
        (JOB.replace("target: acme_widget", "target: acme_widget_2"), "", [".github/workflows/test-all.yml has no job for “acme_widget”"]),
        (JOB, '[overrides.display-name]\nacme_widget = "Gadget"\n', []),
        (JOB.replace("j0f2cce8", "j0f2cce9"), "",
         ["the job of “acme_widget” in .github/workflows/test-all.yml is not that of “Acme Widget”"]),
    ],
    ids=["no workflow", "right", "CRLF", "none", "excluded", "another's", "what the manifest says", "another id"],
)  # fmt: skip
def test_a_package_has_its_job_in_the_workflow(
    tmp_path: Path, workflow: str | None, config: str, expected: list[str]
) -> None:
    tile = folder(tmp_path, None)
    (tile / "tests").mkdir()
    (tile / "tests" / "__init__.py").touch()
    (tile / "hatch.toml").touch()
    for path, text in ((WORKFLOWS[0], workflow), (".ddev/config.toml", config)):
        if text is not None:
            (tile.parent / path).parent.mkdir(parents=True, exist_ok=True)
            (tile.parent / path).write_bytes(text.encode())
    assert [finding.message for finding in said("checkout/ci-job", read(tile))] == expected


@pytest.mark.parametrize(
    ("name", "platforms", "names"),
    [
        ("Acme", ("linux",), ("Acme",)),
        ("A/B: C?", ("linux",), ("A_B_ C_",)),
        ("Acme (beta)", ("linux",), ("Acme",)),
        ("Acme", ("linux", "windows"), ("Acme on Linux", "Acme on Windows")),
    ],
)
def test_jobs_are_named_as_ddev_names_them(name: str, platforms: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert job_names(name, platforms) == names
