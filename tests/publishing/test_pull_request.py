"""The text of a pull request from the repository's own template, ticked by what was seen; and what is in its way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tilewizard.checking.check_many import Order
from tilewizard.cli import cli
from tilewizard.errors import TilewizardError
from tilewizard.publishing.pull_request import BODY_MAX, PullRequest, pull_request_of
from tilewizard.tile.tile import MANIFEST, read

from tests.commands.test_check_options import git
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
    assert of(checkout / NAME).commands == (
        f"git add -- {NAME}",
        "git commit -m 'Add Acme Widget'",
        "git push -u origin work",
    )
    committed(checkout)
    assert of(checkout / NAME).commands == ("git push -u origin work",)
    git(checkout, "switch", "-q", "--detach")
    assert of(checkout / NAME).commands[0] == f"git switch -c {NAME.replace('_', '-')}"


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


def test_names_of_a_tile_are_text_and_mention_nobody(checkout: Path) -> None:
    tile = read(checkout / NAME)
    text = tile.manifest.with_value("/tile/title", "<b> @acme/team [x](y) `z`").text
    (checkout / NAME / MANIFEST).write_text(text)
    assert "Adds \\<b\\> @<!-- -->acme/team \\[x\\](y) \\`z\\`" in of(checkout / NAME).body


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
