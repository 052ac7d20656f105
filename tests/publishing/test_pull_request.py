"""The text of a pull request from the repository's own template, ticked by what was seen; and what is in its way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tilewizard.checking.check_many import Order
from tilewizard.cli import cli
from tilewizard.errors import TilewizardError
from tilewizard.field.vocabulary import Target, TileType
from tilewizard.publishing.pull_request import BODY_MAX, PullRequest, pull_request_of
from tilewizard.session.session import Session
from tilewizard.tile.tile import MANIFEST, read

from tests.commands.test_check_options import git
from tests.core.test_variants import variant
from tests.rules.clean_tile import clean_tile, written

NAME = "acme_corp_acme_widget"
OLD = "acme_corp_older"
CODEOWNERS = f"""* @DataDog/all
/{OLD}/    @acme/team
/*/README.md    @DataDog/documentation
/*/assets/logs/  @DataDog/logs-integrations-reviewers
"""
TEMPLATE = """### What does this PR do?

A brief description.

### Motivation

What moved you?

## Checklist before requesting review

- [ ] Feature or bugfix has tests
- [ ] Git history is clean
- [ ] Somebody has read it
- [ ] If this PR includes a log pipeline, describe its processors
<!-- - [ ] not shown -->

### Additional Notes

Anything else?
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a published tile, a template and owners, on a branch with another tile."""
    root = tmp_path / "marketplace"
    written(root / OLD)
    (root / ".github" / "workflows").mkdir(parents=True)
    (root / ".github" / "CODEOWNERS").write_text(CODEOWNERS)
    (root / ".github" / "PULL_REQUEST_TEMPLATE.md").write_text(TEMPLATE)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Start")
    git(root, "switch", "-q", "-c", "work")
    written(root / NAME)
    return root


def of(tile: Path, *ticked: int, motivation: str = "") -> PullRequest:
    found = read(tile)
    return pull_request_of(found, Order(tile).checked_as(found), frozenset(ticked), motivation)


def ran(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["pull-request", *map(str, arguments)], standalone_mode=False)


def committed(checkout: Path, message: str = "Add Acme Widget") -> None:
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", message)


def ticks(request: PullRequest) -> list[bool]:
    return [box.ticked for box in request.boxes]


def test_the_template_is_filled_and_its_lists_stay(checkout: Path) -> None:
    body = of(checkout / NAME, motivation="Customers asked for it.").body
    assert "A brief description." not in body and "What moved you?" not in body and "Anything else?" not in body
    said = re.search(
        r"### What does this PR do\?\n\n(.*)\n\n### Motivation\n\nCustomers asked for it\.\n\n## Checklist", body
    )
    assert said and said[1].startswith("Adds Acme Widget: ")
    assert "`tilewizard check` finds" in body and "The log pipeline" in body
    assert [line.partition("] ")[2] for line in body.splitlines() if line.startswith("- [")] == [
        line.partition("] ")[2] for line in TEMPLATE.splitlines() if line.startswith("- [")
    ]


def test_without_a_motivation_the_template_still_asks_for_it(checkout: Path) -> None:
    assert "What moved you?" in of(checkout / NAME).body


def test_what_was_seen_is_ticked_and_what_is_vouched_for(checkout: Path) -> None:
    assert ticks(of(checkout / NAME)) == [False, False, False, True]
    committed(checkout)
    assert ticks(of(checkout / NAME)) == [False, True, False, True]
    request = of(checkout / NAME, 1, 3)
    assert ticks(request) == [True] * 4
    shown = re.sub(r"<!--.*?-->", "", request.body, flags=re.DOTALL)
    assert shown.count("- [x] ") == 4 and "- [ ] " not in shown and "- [ ] not shown" in request.body
    assert request.length <= BODY_MAX


@pytest.mark.parametrize("subject", ["fixup! Add it", "squash! Add it", "WIP"])
def test_a_history_that_asks_to_be_squashed_is_not_clean(checkout: Path, subject: str) -> None:
    committed(checkout, subject)
    assert not ticks(of(checkout / NAME))[1]


def test_a_place_that_the_list_does_not_have_is_told(checkout: Path) -> None:
    with pytest.raises(TilewizardError, match="no place 9"):
        of(checkout / NAME, 9)


@pytest.mark.slow
def test_changes_outside_of_the_tile_and_its_lines_are_named(checkout: Path) -> None:
    assert of(checkout / NAME).outside == ()
    owners = checkout / ".github" / "CODEOWNERS"
    owners.write_text(owners.read_text().replace(f"/{OLD}/", f"/{NAME}/  @acme/team\n/{OLD}/"))
    assert of(checkout / NAME).outside == ()
    owners.write_text(owners.read_text().replace("@DataDog/documentation", "@acme/team"))
    (checkout / OLD / "README.md").write_text("# Another\n")
    assert of(checkout / NAME).outside == (f"{OLD}/README.md", ".github/CODEOWNERS") or set(
        of(checkout / NAME).outside
    ) == {f"{OLD}/README.md", ".github/CODEOWNERS"}
    done = ran(checkout / NAME)
    assert done.return_value == 1 and f"{OLD}/README.md differs too" in done.stderr


def test_what_others_changed_on_the_default_branch_is_no_change_of_this_one(checkout: Path) -> None:
    owners = checkout / ".github" / "CODEOWNERS"
    owners.write_text(owners.read_text().replace(f"/{OLD}/", f"/{NAME}/  @acme/team\n/{OLD}/"))
    committed(checkout)
    git(checkout, "switch", "-q", "main")
    owners.write_text(owners.read_text() + "/another/  @else/where\n")
    git(checkout, "commit", "-q", "-a", "-m", "Another")
    git(checkout, "switch", "-q", "work")
    assert of(checkout / NAME).outside == ()


def test_who_reviews_what_is_told(checkout: Path) -> None:
    reviewers = dict(of(checkout / NAME).reviewers)
    assert reviewers["@DataDog/documentation"] == 1 and reviewers["@DataDog/logs-integrations-reviewers"] == 2
    assert sum(reviewers.values()) == len(clean_tile().paths)


def test_the_commands_stay_with_the_tile(checkout: Path) -> None:
    assert of(checkout / NAME).todo.commands == (
        f"git add -- {NAME}",
        "git commit -m 'Add Acme Widget'",
        "git push -u origin work",
    )
    committed(checkout)
    assert of(checkout / NAME).todo.commands == ("git push -u origin work",)
    git(checkout, "switch", "-q", "--detach")
    assert of(checkout / NAME).todo.commands[0] == f"git switch -c {NAME.replace('_', '-')}"


def test_an_update_lists_what_differs(checkout: Path) -> None:
    (checkout / OLD / "assets/monitors/acme_widget_errors.json").unlink()
    body = of(checkout / OLD).body
    assert "Updates Acme Widget." in body and "- Removed: Monitor: acme\\_widget\\_errors" in body


@pytest.mark.parametrize("name", ["rebase-merge", "MERGE_HEAD"])
def test_in_the_middle_of_something_nothing_is_offered(checkout: Path, name: str) -> None:
    place = checkout / ".git" / name
    place.mkdir() if name.islower() else place.write_text("0" * 40)
    with pytest.raises(TilewizardError, match="is under way"):
        of(checkout / NAME)


def test_a_tile_that_does_not_differ_has_nothing_to_hand_in(checkout: Path) -> None:
    with pytest.raises(TilewizardError, match="nothing in it differs"):
        of(checkout / OLD)


def test_a_text_that_is_too_long_is_told(checkout: Path) -> None:
    committed(checkout)
    assert of(checkout / NAME, 1, 3).length <= BODY_MAX
    done = ran(checkout / NAME, "--motivation", "x" * BODY_MAX)
    assert done.return_value == 1 and "allows 3,000" in done.stderr


def test_what_is_made_gives_way_until_the_text_fits(checkout: Path) -> None:
    processors = "".join("    - type: attribute-remapper\n" for _ in range(30))
    (checkout / NAME / "assets" / "logs").mkdir(parents=True, exist_ok=True)
    for at in range(12):
        text = f"id: acme_{at}\npipeline:\n  processors:\n{processors}"
        (checkout / NAME / "assets" / "logs" / f"acme_pipeline_{at:02}.yaml").write_text(text)
    body = of(checkout / NAME, motivation="Asked for.")
    assert body.length <= BODY_MAX and "Asked for." in body.body
    assert re.search(r"- and \d+ more\n", body.body) and "attribute-remapper, and 2" in body.body
    assert "x" * 2_500 in of(checkout / NAME, motivation="x" * 2_500).body


def test_names_of_a_tile_are_text_and_mention_nobody(checkout: Path) -> None:
    tile = read(checkout / NAME)
    text = tile.manifest.with_value("/tile/title", "<b> @acme/team [x](y) `z`").text
    (checkout / NAME / MANIFEST).write_text(text)
    assert "Adds &lt;b\\> @<!-- -->acme/team \\[x\\](y) \\`z\\`" in of(checkout / NAME).body


@pytest.mark.parametrize("words", ["a <!-- b", "## Checklist before requesting review\n- [ ] Anything", "- [ ] Later"])
def test_a_partners_words_hide_nothing_and_add_no_place(checkout: Path, words: str) -> None:
    committed(checkout)
    usual, request = of(checkout / NAME, 1, 3), of(checkout / NAME, 1, 3, motivation=words)
    assert request.boxes == usual.boxes and request.ready == usual.ready
    shown = re.sub(r"<!--.*?-->", "", request.body, flags=re.DOTALL)
    assert shown.count("- [x] ") == 4 and shown.count("\n## ") == 1


def test_a_heading_in_a_remark_is_none(checkout: Path) -> None:
    (checkout / ".github" / "PULL_REQUEST_TEMPLATE.md").write_text(f"<!--\n## Motivation\n-->\n{TEMPLATE}")
    assert of(checkout / NAME, motivation="Why not").body.startswith("<!--\n## Motivation\n-->\n### What")


def test_the_end_of_a_line_counts_as_a_browser_sends_it(checkout: Path) -> None:
    request = of(checkout / NAME)
    shown = re.sub(r"<!--.*?-->", "", request.body, flags=re.DOTALL)
    assert request.length == len(shown.replace("\n", "\r\n"))


def test_where_the_repository_has_no_template_the_usual_headings_do(checkout: Path) -> None:
    (checkout / ".github" / "PULL_REQUEST_TEMPLATE.md").unlink()
    git(checkout, "commit", "-q", "-a", "-m", "No template")
    git(checkout, "branch", "-q", "-f", "main", "work")
    request = of(checkout / NAME)
    assert request.boxes == () and "### What does this PR do?\n\nAdds Acme Widget" in request.body


def test_the_command_prints_the_text_alone_or_writes_it(checkout: Path, tmp_path: Path) -> None:
    committed(checkout)
    done = ran(checkout / NAME, "--tick", "1,3")
    assert done.stdout == of(checkout / NAME, 1, 3).body and "git push" in done.stderr
    ran(checkout / NAME, "--tick", "1", "--tick", "3", "--output", tmp_path / "body.md")
    assert (tmp_path / "body.md").read_text() == done.stdout


# -- the commit, on request


def state(root: Path) -> tuple[str, ...]:
    """The branch, all commits and what isn't committed."""
    return (
        git(root, "symbolic-ref", "HEAD"),
        git(root, "rev-list", "--all"),
        git(root, "status", "--porcelain"),
        git(root, "branch", "--list"),
    )


def refused(tile: Path) -> str:
    """What is said where nothing is done."""
    before = state(tile.parent)
    result = ran(tile, "--commit")
    assert isinstance(result.exception, TilewizardError) and not result.stdout
    assert state(tile.parent) == before
    return str(result.exception)


def test_on_request_the_tile_and_its_lines_are_committed_on_a_branch_of_its_own(checkout: Path) -> None:
    git(checkout, "switch", "-q", "main")
    owners = checkout / ".github" / "CODEOWNERS"
    owners.write_text(f"{CODEOWNERS}/{NAME}/    @acme/team\n")
    result = ran(checkout / NAME, "--commit")
    assert git(checkout, "symbolic-ref", "--short", "HEAD").strip() == "acme-corp-acme-widget"
    assert git(checkout, "log", "-1", "--format=%s").strip() == "Add Acme Widget"
    assert git(checkout, "rev-parse", "HEAD^") == git(checkout, "rev-parse", "main")
    names = git(checkout, "show", "--name-only", "--format=", "HEAD").split()
    files = [path.relative_to(checkout).as_posix() for path in (checkout / NAME).rglob("*") if path.is_file()]
    assert sorted(names) == sorted([*files, ".github/CODEOWNERS"])
    assert not git(checkout, "status", "--porcelain")
    assert "Committed on branch acme-corp-acme-widget" in result.stderr
    assert result.stderr.rstrip().splitlines()[-2:] == [
        "git push -u origin acme-corp-acme-widget",
        "gh pr create --title 'Add Acme Widget' --body-file FILE",
    ]


def test_on_a_branch_of_ones_own_the_commit_is_made_there(checkout: Path) -> None:
    ran(checkout / NAME, "--commit")
    assert git(checkout, "symbolic-ref", "--short", "HEAD").strip() == "work"
    assert git(checkout, "log", "-1", "--format=%s").strip() == "Add Acme Widget"


@pytest.mark.parametrize("staged", [False, True])
def test_nothing_is_committed_where_anything_else_differs(checkout: Path, staged: bool) -> None:
    (checkout / OLD / "README.md").write_text("# Another\n")
    if staged:
        git(checkout, "add", f"{OLD}/README.md")
    said = refused(checkout / NAME)
    assert f"{OLD}/README.md differs too" in said
    assert "git stash" in said


def test_nothing_is_committed_twice(checkout: Path) -> None:
    ran(checkout / NAME, "--commit")
    said = refused(checkout / NAME)
    assert "committed already" in said
    assert "git push -u origin work" in said


def test_a_branch_that_is_there_is_left_alone(checkout: Path) -> None:
    git(checkout, "switch", "-q", "main")
    git(checkout, "branch", "acme-corp-acme-widget")
    said = refused(checkout / NAME)
    assert "there is a branch acme-corp-acme-widget already" in said


def test_a_commit_that_git_refuses_leaves_the_branch_and_the_files_as_they_were(checkout: Path) -> None:
    git(checkout, "switch", "-q", "main")
    git(checkout, "config", "commit.gpgsign", "true")
    git(checkout, "config", "gpg.program", "false")
    said = refused(checkout / NAME)
    assert "git commit fails" in said


def test_without_a_name_to_commit_under_git_is_not_begun(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(checkout, "switch", "-q", "main")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    git(checkout, "config", "user.useConfigOnly", "true")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    said = refused(checkout / NAME)
    assert "git has no name to commit under" in said
    assert "git config user.email" in said


def test_a_rebase_under_way_is_left_alone(checkout: Path) -> None:
    (checkout / ".git" / "rebase-merge").mkdir()
    assert "a rebase is under way" in refused(checkout / NAME)
    assert "??" in git(checkout, "status", "--porcelain")


def test_what_goes_to_the_form_alone_has_no_pull_request(tmp_path: Path) -> None:
    root, __ = Session(variant(Target.PLATFORM, TileType.REST_API), into=tmp_path / "integrations-extras").write()
    order = Order(root)
    tile = order.tile()
    with pytest.raises(TilewizardError) as caught:
        pull_request_of(tile, order.checked_as(tile))
    assert "form is all" in caught.value.fault and "tilewizard export" in caught.value.remedy
