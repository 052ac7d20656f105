"""A tile's way into a repository: what changed, who reviews it, and the pull request's text from the repository's own template.

Of the checkout nothing is changed here: what is to be done is given as commands. The limit and the list that has to be ticked are those
of `ddev validate pr-description` (integrations-core, ddev/src/ddev/cli/validate/pr_description.py).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tilewizard.language import _

from ..checking.checked import Checked
from ..errors import TilewizardError
from ..field.vocabulary import Target
from ..quoting import visible
from ..rules.assets.logs import log_files
from ..rules.findings import Severity
from ..tile.checkout import Checkout
from ..tile.codeowners import deciding
from ..tile.gathering import differing
from ..tile.overrides import CONFIG
from ..tile.places import has_package
from ..tile.tile import Tile
from .handing_in import HandingIn, handing_in
from .release import changes_between, folder_of, published_tile

BODY_MAX = 3_000
"""Characters of a pull request's text, comments aside."""
TEMPLATE = ".github/PULL_REQUEST_TEMPLATE.md"
SHARED = (".github/CODEOWNERS", ".github/workflows/test-all.yml", CONFIG)
"""Files of a checkout in which a tile has lines of its own."""
_UNDER_WAY = {"rebase-merge": _("a rebase"), "rebase-apply": _("a rebase"), "MERGE_HEAD": _("a merge"),
              "CHERRY_PICK_HEAD": _("a cherry-pick"), "REVERT_HEAD": _("a revert")}  # fmt: skip
_LINES = (100, 10, 5, 2)
"""Lines of a list that is made here, and of a line's names, by turns: as few as it takes for the text to fit."""
_KINDS_MAX = 20
"""Processors of a pipeline that are named."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BOX = re.compile(r"^(?P<before>[ \t]*-[ \t]*\[)[ \t](?P<after>\][ \t]*(?P<item>.+?))[ \t]*$", re.MULTILINE)
_LIST = re.compile(r"^[ \t]*-[ \t]*\[[ \txX]\]", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_OWN_TEMPLATE = "### What does this PR do?\n\n### Motivation\n\n### Additional Notes\n"
"""Where the repository has none: the headings that Datadog's repositories have."""


@dataclass(frozen=True)
class Box:
    """A line of the template's list: what it says, and whether it is ticked and by what was seen."""

    item: str
    ticked: bool


@dataclass(frozen=True)
class PullRequest:
    """What is to be handed in.

    Attributes:
        body: the text, as Markdown.
        boxes: the lists of the template, in order.
        outside: the paths that differ and are none of the tile's business.
        reviewers: who decides on which of the tile's paths: by owners the number of paths.
        todo: what is to be done in the checkout.
        errors: how many errors the check found.
    """

    body: str
    boxes: tuple[Box, ...]
    outside: tuple[str, ...]
    reviewers: tuple[tuple[str, int], ...]
    todo: HandingIn
    errors: int

    @property
    def length(self) -> int:
        """The characters that count: without remarks, and with two for the end of a line, as a browser's form hands them over."""
        return _length(self.body)

    @property
    def ready(self) -> bool:
        """Whether nothing is in the way."""
        fits = self.length <= BODY_MAX and not self.outside
        return fits and not self.errors and all(box.ticked for box in self.boxes)


def pull_request_of(
    tile: Tile, report: Checked, ticked: frozenset[int] = frozenset(), motivation: str = ""
) -> PullRequest:
    """The pull request of a tile.

    Args:
        tile: as it was checked, in its checkout.
        report: what the check found.
        ticked: the places in the template's list, from 1, that the partner vouches for.
        motivation: why, in the partner's words; the template's own words stay without.

    Raises:
        TilewizardError: the tile is in no checkout, nothing of it goes to a repository, git is in the middle of something, or
            there is no such place in the list.
    """
    if tile.target == Target.PLATFORM and not has_package(tile):
        remedy = _("fill in the form instead: `tilewizard export` writes it, field by field")
        raise TilewizardError(
            _("nothing of it goes to a repository: without an Agent package the Developer Platform's form is all"),
            file=visible(str(tile.root)),
            remedy=remedy,
        )
    before = published_tile(tile)
    checkout = tile.checkout
    assert checkout is not None
    _demand_at_rest(checkout)
    folder = folder_of(tile, checkout)
    paths = [path for path in differing(checkout, "") if path]
    own = [path for path in paths if path.startswith(f"{folder}/")]
    if not own:
        raise TilewizardError(
            _("nothing in it differs from the default branch"),
            file=visible(str(tile.root)),
            remedy=_("change it first"),
        )
    outside = [
        path for path in paths if path not in own and not (path in SHARED and only_names(checkout, path, folder))
    ]
    errors = sum(each.severity == Severity.ERROR for each in report.findings)
    template = (checkout.text(TEMPLATE) or _OWN_TEMPLATE).replace("\r\n", "\n")
    listed, boxes = _with_ticks(template, ticked, _seen(tile, checkout, own))
    for most in _LINES:  # What is made here gives way; a partner's own words never do.
        what, notes = _what(tile, before, most), _notes(tile, own, errors, most)
        body = _filled(listed, what, _below_heading(motivation), notes)
        if _length(body) <= BODY_MAX:
            break
    shared = [path for path in paths if path in SHARED and path not in outside]
    todo = handing_in(checkout, folder, shared, _title(tile, before))
    return PullRequest(body, boxes, tuple(outside), _reviewers(checkout, own), todo, errors)


def _length(body: str) -> int:
    shown = _COMMENT.sub("", body)
    return len(shown) + shown.count("\n")


# -- the checkout


def _demand_at_rest(checkout: Checkout) -> None:
    for name, what in _UNDER_WAY.items():
        place = (checkout.git("rev-parse", "--git-path", name) or "").strip()
        if place and (checkout.root / place).exists():
            remedy = _("end it or abort it first: `git status` says how")
            raise TilewizardError(
                _("{what} is under way in this checkout", what=what), file=visible(str(checkout.root)), remedy=remedy
            )


def only_names(checkout: Checkout, path: str, folder: str) -> bool:
    """Whether each change of a shared file, lines that stand together, names the tile's folder."""
    base = (checkout.git("merge-base", checkout.default_branch or "HEAD", "HEAD") or "").strip()
    old = (checkout.git("show", "--no-textconv", f"{base}:{path}") or "").splitlines()
    new = (checkout.text(path) or "").splitlines()
    named = re.compile(rf"(?<![\w-]){re.escape(folder)}(?![\w-])")
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lines = [line for line in (*old[i1:i2], *new[j1:j2]) if line.strip()]
        if tag != "equal" and lines and not named.search("\n".join(lines)):
            return False
    return True


def _reviewers(checkout: Checkout, paths: Iterable[str]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for path in paths:
        entry = deciding(checkout.codeowners, path) if checkout.codeowners else None
        if entry is not None and entry.owners:
            owners = " ".join(entry.owners)
            found[owners] = found.get(owners, 0) + 1
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _title(tile: Tile, before: Tile | None) -> str:
    verb = "Add" if before is None else "Update"
    return f"{verb} {visible(tile.text_at('/tile/title') or tile.name)}"


# -- the text


def _what(tile: Tile, before: Tile | None, most: int) -> str:
    title = _plain(tile.text_at("/tile/title") or tile.name)
    if before is None:
        description = _plain(tile.text_at("/tile/description"))
        return f"Adds {title}: {description}" if description else f"Adds {title}."
    lines = [f"- {kind}: {_plain(line)}" for kind, items in changes_between(before, tile) for line in items]
    return "\n".join([f"Updates {title}.", *([""] if lines else []), *_few(lines, most)])


def _few(lines: list[str], most: int) -> list[str]:
    more = len(lines) - most
    return [*lines[:most], f"- and {more} more"] if more > 0 else lines


def _plain(text: str) -> str:
    words = re.sub(r"([\\`*_\[\]>#])", r"\\\1", visible(" ".join(text.split())[:300])).replace("<", "&lt;")
    return words.replace("@", "@<!-- -->")  # GitHub writes to whoever is mentioned, also behind a backslash.


def _below_heading(words: str) -> str:
    """A partner's words as a section's text: they open no remark that would hide what follows, and no section beside their own."""
    return re.sub(r"^#{1,3}(?=[ \t])", "####", words.strip(), flags=re.MULTILINE).replace("<!--", "&lt;!--")


def _notes(tile: Tile, own: list[str], errors: int, most: int) -> str:
    found = "no errors" if not errors else "an error" if errors == 1 else f"{errors} errors"
    lines = [f"`tilewizard check` finds {found}."]
    pipelines = [
        file.path for file in log_files(tile, tests=False) if any(path.endswith(f"/{file.path}") for path in own)
    ]
    if pipelines:
        lines += ["", *_few([*_pipelines(tile, pipelines, most)], most)]
    return "\n".join(lines)


def _pipelines(tile: Tile, paths: list[str], most: int) -> Iterator[str]:
    from ..rules.assets.yaml_assets import yaml_of

    for path in paths:
        file = tile.file(path)
        processors = yaml_of(file).get("pipeline", "processors") if file is not None else None
        listed = processors if isinstance(processors, list) else []
        kinds = [each.get("type") for each in listed if isinstance(each, dict)]
        names = [_plain(kind) for kind in kinds if isinstance(kind, str)]
        more = len(names) - min(most, _KINDS_MAX)
        named = ", ".join([*names[: min(most, _KINDS_MAX)], *([f"and {more} more"] if more > 0 else [])])
        yield f"- The log pipeline {_plain(path)} has these processors, in order: {named or 'none'}."


def _filled(template: str, what: str, motivation: str, notes: str) -> str:
    """The template with what is known under its headings, in place of what it says there; its lists stay."""
    given = {"what does this pr do": what, "motivation": motivation, "additional notes": notes}
    remarks = [match.span() for match in _COMMENT.finditer(template)]
    headings = [each for each in _HEADING.finditer(template) if not any(a < each.start() < b for a, b in remarks)]
    text = template
    for at in reversed(range(len(headings))):
        words = next((words for key, words in given.items() if key in headings[at][1].lower()), "")
        end = headings[at + 1].start() if at + 1 < len(headings) else len(text)
        if words and not _LIST.search(text[headings[at].end() : end]):
            text = f"{text[: headings[at].end()]}\n\n{words}\n{chr(10) if end < len(text) else ''}{text[end:]}"
    return text


def _with_ticks(text: str, ticked: frozenset[int], seen: dict[str, bool]) -> tuple[str, tuple[Box, ...]]:
    comments = [match.span() for match in _COMMENT.finditer(text)]
    found = [match for match in _BOX.finditer(text) if not any(a <= match.start() < b for a, b in comments)]
    if wrong := sorted(each for each in ticked if not 1 <= each <= len(found)):
        remedy = _("its places are 1 to {count}", count=len(found)) if found else _("it has no list")
        raise TilewizardError(
            _("the template's list has no place {wrong}", wrong=wrong[0]), file=TEMPLATE, remedy=remedy
        )
    boxes = tuple(
        Box(" ".join(match["item"].split()), at in ticked or _is_seen(match["item"], seen))
        for at, match in enumerate(found, 1)
    )
    for match, box in reversed(list(zip(found, boxes, strict=True))):
        if box.ticked:
            text = f"{text[: match.start()]}{match['before']}x{match['after']}{text[match.end() :]}"
    return text, boxes


def _is_seen(item: str, seen: dict[str, bool]) -> bool:
    return any(met for words, met in seen.items() if words in item.lower())


def _seen(tile: Tile, checkout: Checkout, own: list[str]) -> dict[str, bool]:
    """What of the template's lists can be seen, by words of their lines: all else only the partner can say."""
    code = any("/datadog_checks/" in path for path in own)
    tests = any(re.fullmatch(r"(?:.*/)?test_\w+\.py", path) for path in tile.paths)
    pipeline = any("/assets/logs/" in path for path in own)
    return {
        "has tests": code and tests,
        "git history is clean": _is_clean(checkout),
        "includes a log pipeline": not pipeline or any(True for __ in log_files(tile, tests=False)),
    }


def _is_clean(checkout: Checkout) -> bool:
    """Whether the branch has commits, none of them a merge, and none that asks to be squashed."""
    base = checkout.default_branch
    listed = checkout.git("log", "--format=%P%x09%s", f"{base}..HEAD") if base else None
    commits = [line.partition("\t") for line in (listed or "").splitlines()]
    return bool(commits) and all(
        " " not in parents and not re.match(r"(?:fixup|squash|amend)!|wip\b", subject, re.IGNORECASE)
        for parents, __, subject in commits
    )
