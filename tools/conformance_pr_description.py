"""Holds the texts of pull requests against the newest ddev's ``validate pr-description``; part of ``make conformance``.

Published tiles are put, one after the other, into made-up checkouts with templates of several forms. What ``tilewizard pull-request``
writes with every place vouched for must pass; what it writes without, and mutants of a text, must be refused. ddev lives where
``tools/conformance_validators.py`` has it. ``--all`` takes every published tile and not each tenth.

Ends with 1 when they refuse a text that is called ready here, take one that isn't, or take a mutant.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tilewizard.checking.check_many import Order  # noqa: E402
from tilewizard.field.vocabulary import Target  # noqa: E402
from tilewizard.publishing.pull_request import BODY_MAX, TEMPLATE, PullRequest, pull_request_of  # noqa: E402
from tilewizard.rules.sample_tile import sample_files  # noqa: E402
from tilewizard.tile.tile import MANIFEST, read  # noqa: E402
from tools import conformance_page  # noqa: E402
from tools.environments import NEW_DDEV, new_ddev  # noqa: E402

CORPUS = Path(os.environ.get("TILEWIZARD_CORPUS") or ROOT.parent / "shared" / "corpus")
HEADING = "## Checklist before requesting review"
ITEMS = ("The change has tests", "Commits are clean", "A log pipeline, where there is one, is described")
LIST = "".join(f"- [ ] {item}\n" for item in ITEMS)
TEMPLATES = {
    "the list last": f"### What does this PR do?\n\nSay it.\n\n### Motivation\n\nWhy?\n\n{HEADING}\n\n{LIST}",
    "the list first": f"{HEADING}\n\n{LIST}\n## What does this PR do?\n\n## Motivation\n\n## Additional Notes\n",
    "remarks and blanks": f"<!-- Read this: - [ ] no box -->\n### Motivation\n<!-- Why?\n-->\n{HEADING}  \n\n<!--\n- [ ] none\n-->\n"
    + LIST.replace("- [ ]", "  -  [ ]  ").replace("\n", "  \n")
    + "### Additional Notes\n\nMore?\n",
    "line ends of Windows": f"## Motivation\n\n{HEADING}\n\n{LIST}".replace("\n", "\r\n"),
}
STRANGE = ("a <!-- b", "--> a <!--", f"x\n{HEADING}\n- [ ] {ITEMS[0]}", "<!-- - [x] a -->", "- [ ] a")
"""Words of a partner's that read as something else."""


KINDS = {
    "ticked": "texts for published tiles, each place vouched for",
    "as it is seen": "texts for published tiles, with what was seen alone",
    "strange words": "texts of words that read as something else",
    "too long": "texts of too many words",
    "mutant": "right texts made wrong",
}


@dataclass(frozen=True)
class Case:
    """A text: the checkout that it is for, where it comes from, and whether it is right."""

    root: Path
    name: str
    kind: str
    body: str
    right: bool


def checkout(root: Path, template: str) -> Path:
    """A checkout with a template, on a branch beside main."""
    place = root / TEMPLATE
    place.parent.mkdir(parents=True)
    place.write_bytes(template.encode())
    who = ["-c", "user.name=Acme", "-c", "user.email=acme@acme.example", "-c", "commit.gpgsign=false"]
    for words in (
        ["init", "--quiet", "-b", "main"],
        ["add", "."],
        [*who, "commit", "--quiet", "--no-verify", "--message", "A checkout"],
        ["switch", "--quiet", "-c", "work"],
    ):
        subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)
    return root


def asked_for(tile: Path, motivation: str, *, vouched: bool = True) -> PullRequest:
    """The pull request of a tile in a checkout."""
    found = read(tile)
    report = Order(tile).checked_as(found)
    places = frozenset(range(1, len(pull_request_of(found, report, motivation=motivation).boxes) + 1))
    return pull_request_of(found, report, places if vouched else frozenset(), motivation)


def is_right(request: PullRequest) -> bool:
    """Whether tilewizard calls the text one that can be handed in."""
    return request.length <= BODY_MAX and all(box.ticked for box in request.boxes)


def of_published(root: Path, template: str, tiles: list[Path]) -> Iterator[Case]:
    """The texts of published tiles, each alone in the checkout, with and without what is vouched for."""
    for source in tiles:
        tile = Path(shutil.copytree(source, root / source.name))
        for kind, vouched in (("ticked", True), ("as it is seen", False)):
            request = asked_for(tile, "", vouched=vouched)
            yield Case(root, f"{template}: {source.name}", kind, request.body, is_right(request))
        shutil.rmtree(tile)


def of_strange(root: Path, template: str) -> Iterator[Case]:
    """The texts of a tile whose names and whose partner's words read as something else, or are too long."""
    tile = root / "acme_corp_acme_widget"
    for path, data in sample_files(Target.EXTRAS).items():
        (tile / path).parent.mkdir(parents=True, exist_ok=True)
        (tile / path).write_bytes(data)
    whole = read(tile).manifest
    for words in STRANGE:
        request = asked_for(tile, words)
        yield Case(root, f"{template}: {words!r}", "strange words", request.body, is_right(request))
        named = whole.with_value("/tile/title", words).with_value("/tile/description", words)
        (tile / MANIFEST).write_text(named.text, encoding="utf-8")
        request = asked_for(tile, "")
        yield Case(root, f"{template}: a tile called {words!r}", "strange words", request.body, is_right(request))
        (tile / MANIFEST).write_text(whole.text, encoding="utf-8")
    request = asked_for(tile, "because " * (BODY_MAX // 8))
    yield Case(root, f"{template}: many words", "too long", request.body, is_right(request))
    yield from mutants(root, template, asked_for(tile, "Asked for.").body)
    shutil.rmtree(tile)


def mutants(root: Path, template: str, body: str) -> Iterator[Case]:
    """A right text, made wrong in each way that they know.

    Raises:
        ValueError: the text has not what a mutant changes.
    """
    first, last = (next(line for line in body.splitlines() if item in line) for item in (ITEMS[0], ITEMS[-1]))
    for name, old, new in (
        ("a place not ticked", first, first.replace("[x]", "[ ]")),
        ("the last place not ticked", last, last.replace("[x]", "[ ]")),
        ("a place gone", f"{first}\n", ""),
        ("a place in other words", ITEMS[1], "Commits are more or less clean"),
        ("a place in a remark", first, f"<!-- {first} -->"),
        ("another heading", HEADING, "## Checklist"),
        ("a heading of another depth", HEADING, f"#{HEADING}"),
        ("no list", body[body.index(HEADING) :], ""),
        ("too many characters", body, f"{body}{'x' * (BODY_MAX + 1)}"),
        ("nothing", body, ""),
    ):
        if not old or old not in body:
            raise ValueError(f"{template}: the text has no {old!r}")
        yield Case(root, f"{template}: {name}", "mutant", body.replace(old, new, 1), right=False)


def their_answers(python: Path, cases: list[Case], work: Path) -> dict[str, Any] | None:
    """What ddev says of all cases, in one process; None when the driver breaks down."""
    asked = [{"id": str(at), "root": str(case.root), "body": case.body} for at, case in enumerate(cases)]
    settings = {"XDG_CONFIG_HOME": str(work / "config"), "XDG_DATA_HOME": str(work / "data"), "DDEV_SELF_UPDATE": "0"}
    dropped = ("PYTHONPATH", "GITHUB_ACTIONS", "GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "DDEV_ROOT")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    driver = Path(__file__).with_name("conformance_pr_description_driver.py")
    done = subprocess.run([python, "-I", driver, work / "answers.json"], input=json.dumps(asked), text=True,
                          capture_output=True, env={**kept, **settings}, check=False)  # fmt: skip
    if done.returncode != 0:
        print(done.stderr[-2000:])
        return None
    answers: dict[str, Any] = json.loads((work / "answers.json").read_text("utf-8"))
    return answers


def table(cases: list[Case], passed: list[bool], version: str) -> str:
    """The page's part: each kind of text, how many there were, and the verdicts."""
    rows: list[conformance_page.Row] = []
    for kind in dict.fromkeys(case.kind for case in cases):
        own = Counter((case.right, fine) for case, fine in zip(cases, passed, strict=True) if case.kind == kind)
        counts = (own.total(), own[True, True], own[False, False], own[True, False], own[False, True])
        rows.append(("pr-description", KINDS[kind], "`tilewizard pull-request`", *counts))
    return conformance_page.part(f"Texts of pull requests: ddev {version}", rows)


def main() -> int:
    """Write, ask, compare, print, and tell by the exit code whether anything is breached."""
    python, why = new_ddev()
    if python is None:
        print(f"skipped: texts of pull requests: {NEW_DDEV} can't be installed: {why}")
        return 0
    published = sorted(place.parent for place in CORPUS.glob(f"*/{MANIFEST}"))
    if not published:
        print(f"skipped: texts of pull requests of published tiles: there are none in {CORPUS}")
    work = Path(tempfile.mkdtemp(prefix="tilewizard-texts-")).resolve()
    try:
        cases: list[Case] = []
        for at, (name, template) in enumerate(TEMPLATES.items()):
            root = checkout(work / str(at) / "integrations-extras", template)
            every = published if "--all" in sys.argv else published[at::10]
            cases += [*of_published(root, name, every), *of_strange(root, name)]
        answers = their_answers(python, cases, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if answers is None:
        return 1
    verdicts = [answers["verdicts"][str(at)] for at in range(len(cases))]
    passed = [fine for fine, _ in verdicts]
    text = table(cases, passed, answers["version"])
    conformance_page.write(text)
    print(text)
    wrong = [
        f"{'they refuse' if case.right else 'they take'}: {case.kind}: {case.name}: {said}"
        for case, (fine, said) in zip(cases, verdicts, strict=True)
        if case.right != fine
    ]
    print("\n".join(wrong))
    print(f"{len(cases)} texts, {NEW_DDEV}, {len(wrong)} breaches")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
