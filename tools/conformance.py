"""Holds tilewizard's verdicts against those of Datadog's own validators, on published tiles and on mutants of a clean one.

Usage: conformance.py [--all] [--newest]
    --all: also name the mutants that are refused by one side, or under another subject.
    --newest: against the newest ddev.

Datadog's validators come with ddev, which lives in an environment of its own: ``TILEWIZARD_DDEV`` and ``TILEWIZARD_NEW_DDEV``
name the folders, by default in the user's cache; they are made when they are missing, by the Python that ``DDEV_PYTHON`` or
``NEW_DDEV_PYTHON`` names. Where that can't be done the comparison is skipped, by name. The published tiles are looked for beside the project
(``TILEWIZARD_CORPUS``).

It writes its part of docs/conformance.md, where the corpus is there, and ends with 1 when a tile that the validators refuse has no error here, when a tile that they accept has an error whose
rule names no document, or when a mutant is blunt: the validator that it was made for takes it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import tilewizard  # noqa: E402
from tests.conftest import corpus_tiles  # noqa: E402
from tests.rules.applying import with_content  # noqa: E402
from tests.rules.clean_tile import clean_tile, manifest, picture  # noqa: E402
from tilewizard.field.vocabulary import REPOSITORIES, Target  # noqa: E402
from tilewizard.rules import sources  # noqa: E402
from tilewizard.rules.findings import Severity  # noqa: E402
from tilewizard.rules.registry import Rule, all_rules, rules_by_name  # noqa: E402
from tilewizard.tile.tile import Tile  # noqa: E402
from tools import conformance_manifest_mutations, conformance_mutations, conformance_page  # noqa: E402
from tools.conformance_mutations import Mutant  # noqa: E402
from tools.environments import NEW_DDEV, OLD_DDEV, new_ddev, old_ddev  # noqa: E402

NAME = "acme_corp_acme_widget"
SUBJECTS = {
    "readmes": ("readme",),
    "eula": ("eula",),
    "service-checks": ("service-checks",),
    "dashboards": ("dashboards",),
    "saved-views": ("saved-views",),
    "metadata": ("metadata",),
    "manifest": ("manifest", "listing", "author", "tags", "media", "image", "integration"),
    "(none of theirs)": ("changelog", "checkout", "dataflows", "files", "logo", "logs", "monitors", "oauth", "pricing"),
}
"""Each validator and the subjects of tilewizard's rules that speak of the same things."""
LOOKS_AT = {
    "readmes": "headings, their order and pictures of README.md; characters",
    "eula": "the EULA that the manifest names, a PDF",
    "service-checks": "service_checks.json: its attributes, names and statuses",
    "dashboards": "dashboards that the manifest names: their form, widgets, app_id",
    "saved-views": "saved views that the manifest names: type, page, options",
    "metadata": "metadata.csv: columns, prefix, types, units, lengths, duplicates",
    "manifest": "manifest.json by the validators of datadog-checks-dev that ask no server",
}
"""Each validator and the facts that it checks."""
SHARED = {
    "": ("manifest/missing", "manifest/syntax", "manifest/type", "manifest/required-key", "manifest/version",
         "manifest/path", "files/text", "files/link"),
    "service-checks": ("integration/service-checks-file", "integration/source-type-name"),
    "metadata": ("integration/source-type-name", "manifest/metadata-place", "manifest/unknown-key"),
    "manifest": ("metadata/",),
}  # fmt: skip
"""Rules of other subjects that a validator speaks of too; under the empty name those of all."""
UNNAMED = frozenset({sources.PUBLISHED_TILES, sources.REVIEW})
"""Sources that are practice, and no document that rejects anything."""


@dataclass
class Case:
    """One tile to be judged by both sides."""

    kind: str
    name: str
    root: Path
    folder: str
    target: Target
    validator: str = ""
    errors: Counter[str] = field(default_factory=Counter)
    theirs: dict[str, list[str]] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether one of the validators objects."""
        return any(self.theirs.values())


def of_rules(target: Target) -> Iterator[Mutant]:
    """A mutant for each rule's bad example, laid over the clean tile of a target."""
    for rule in all_rules():
        changes = {**(rule.bad.also or {}), rule.bad.file: rule.bad.content}
        links = {rule.bad.file: "/etc/hostname"} if rule.name == "files/link" else {}
        published = json.dumps(manifest(target)) if rule.checkout else None
        yield Mutant(f"rule {rule.name}", "", changes, links, published)


def laid(mutant: Mutant, target: Target, root: Path) -> None:
    """Write a mutant's tile below the root of a repository."""
    tile = clean_tile(target)
    for path, content in mutant.changes.items():
        if path not in mutant.links:
            tile = with_content(tile, path, content)
    if mutant.published is not None:
        commit_published(root, mutant.published)
    for path in tile.paths:
        file = tile.file(path)
        place = root / path if path.startswith((".github/", ".ddev/")) else root / NAME / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data if file else b"")
    for path, goal in mutant.links.items():
        (root / NAME / path).symlink_to(goal)


def commit_published(root: Path, text: str) -> None:
    """Make the folder a git repository whose default branch has this manifest."""
    place = root / NAME / "manifest.json"
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")
    who = ["-c", "user.name=Acme", "-c", "user.email=acme@acme.example", "-c", "commit.gpgsign=false"]
    for words in (
        ["init", "--quiet"],
        ["add", "."],
        [*who, "commit", "--quiet", "--no-verify", "--message", "published"],
        ["update-ref", "refs/remotes/origin/master", "HEAD"],
    ):
        subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def made_cases(work: Path) -> Iterator[Case]:
    """The clean tiles and every mutant, written below the work folder."""
    for target in REPOSITORIES:
        clean = Mutant("clean tile", "", {})
        listed = [clean, *of_rules(target), *conformance_mutations.mutants(target)]
        listed += conformance_manifest_mutations.mutants(target)
        for number, mutant in enumerate(listed):
            root = work / f"{target.value}-{number}" / target.value
            root.mkdir(parents=True)
            laid(mutant, target, root)
            kind = "clean" if mutant is clean else "mutants"
            yield Case(kind, f"{mutant.name} ({target.value})", root, NAME, target, mutant.validator)


def corpus_cases(work: Path) -> Iterator[Case]:
    """The published tiles as they stand, and again with stand-ins for pictures that didn't come with them."""
    for path in corpus_tiles():
        tile = tilewizard.read(path)
        yield Case("corpus", path.name, path.parent, path.name, tile.target)
        missing = sorted(missing_pictures(tile))
        if not missing:
            continue
        root = work / f"corpus-{path.name}" / tile.target.value
        shutil.copytree(path, root / path.name)
        for name in missing:
            place = root / path.name / "images" / name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(picture("stand-in"))
        yield Case("corpus, with stand-ins for missing pictures", path.name, root, path.name, tile.target)


def missing_pictures(tile: Tile) -> set[str]:
    """The names of pictures in images/ that the manifest or the README shows and that are not there."""
    urls = [str(item.get("image_url")) for item in tile.list_at("/tile/media") if isinstance(item, dict)]
    readme = tile.file("README.md")
    urls += [link.url for link in readme.readme.links if link.image] if readme else []
    names = {url.rpartition("/")[2] for url in urls if "images/" in url}
    return {name for name in names if name and tile.file(f"images/{name}") is None}


def their_verdicts(python: Path, cases: list[Case], work: Path) -> subprocess.Popen[bytes]:
    """Start Datadog's validators over all cases, in one process."""
    asked = [
        {
            "id": str(index),
            "root": str(case.root),
            "name": case.folder,
            "marketplace": case.target == Target.MARKETPLACE,
        }
        for index, case in enumerate(cases)
    ]
    (work / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    settings = {"XDG_CONFIG_HOME": str(work / "config"), "XDG_DATA_HOME": str(work / "data"), "DDEV_SELF_UPDATE": "0"}
    plain = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "GITHUB_ACTIONS", "DDEV_ROOT")
    }
    driver = Path(__file__).with_name("conformance_driver.py")
    with (work / "asked.json").open("rb") as told, (work / "driver.log").open("wb") as log:
        return subprocess.Popen(
            [python, "-I", driver, work / "answers.json"],
            stdin=told,
            stdout=log,
            stderr=log,
            env={**plain, **settings, "GIT_CEILING_DIRECTORIES": str(work.parent)},
        )


def our_verdict(case: Case) -> Counter[str]:
    """The rules that find an error in a tile, and how many."""
    tile = tilewizard.read(case.root / case.folder).for_target(case.target)
    return Counter(finding.rule for finding in tilewizard.check(tile) if finding.severity == Severity.ERROR)


def judged(python: Path, work: Path) -> list[Case] | None:
    """Every case with both sides' verdicts; None when the driver breaks down."""
    cases = [*made_cases(work), *corpus_cases(work)]
    driver = their_verdicts(python, cases, work)
    try:
        for case in cases:
            case.errors = our_verdict(case)
        code = driver.wait()
    finally:
        driver.kill()
    if code != 0:
        print((work / "driver.log").read_text("utf-8", "replace")[-2000:])
        return None
    answers = json.loads((work / "answers.json").read_text("utf-8"))
    for index, case in enumerate(cases):
        case.theirs = answers[str(index)]
    return cases


def belongs(name: str, validator: str) -> bool:
    """Whether a rule speaks of what a validator looks at."""
    return name.partition("/")[0] in SUBJECTS[validator]


def matrix(cases: list[Case], kind: str) -> None:
    """Print how the two sides agree on one kind of tiles."""
    some = [case for case in cases if case.kind == kind]
    print(f"\n{kind}: {len(some)} tiles")
    heads = (
        "both accept",
        "both refuse",
        "(elsewhere)",
        "they refuse, we pass",
        "we refuse, they accept",
        "by rules",
        "named",
    )
    print(f"  {'validator':<18}" + "".join(f"{head:>{max(13, len(head) + 2)}}" for head in heads))
    for validator in SUBJECTS:
        row: Counter[str] = Counter()
        speaking: set[str] = set()
        for case in some:
            own = {name for name in case.errors if belongs(name, validator)}
            if case.theirs.get(validator):
                row["they refuse, we pass" if not case.errors else "both refuse"] += 1
                row["(elsewhere)"] += elsewhere(case, validator)
            else:
                row["we refuse, they accept" if own else "both accept"] += 1
                speaking |= own
        row["by rules"] = len(speaking)
        row["named"] = sum(named(rules_by_name()[name]) for name in speaking)
        print(f"  {validator:<18}" + "".join(f"{row[head]:>{max(13, len(head) + 2)}}" for head in heads))


def table(cases: list[Case], edition: str) -> str:
    """The page's part: each validator, what it looks at, our rules of the same, and how often which side refused."""
    rows: list[conformance_page.Row] = []
    for validator, facts in LOOKS_AT.items():
        counts = Counter(
            (
                bool(case.theirs.get(validator)),
                bool(case.errors)
                if case.theirs.get(validator)
                else any(belongs(name, validator) for name in case.errors),
            )
            for case in cases
        )
        verdicts = (counts[False, False], counts[True, True], counts[True, False], counts[False, True])
        shown = conformance_page.shown(f"{subject}/" for subject in SUBJECTS[validator])
        rows.append((validator, facts, shown, len(cases), *verdicts))
    return conformance_page.part(f"Tiles: {edition.replace('==', ' ')}", rows)


def elsewhere(case: Case, validator: str) -> bool:
    """Whether tilewizard's errors are all of other things than a validator's."""
    shared = SHARED[""] + SHARED.get(validator, ())
    return bool(case.errors) and not any(belongs(name, validator) or name.startswith(shared) for name in case.errors)


def named(rule: Rule) -> bool:
    """Whether a rule's source names a document."""
    known = {value for key, value in vars(sources).items() if key.isupper()} - UNNAMED
    return any(rule.source == each or rule.source.startswith(f"{each},") for each in known)


def breaches(cases: list[Case]) -> Iterator[str]:
    """Everything that must not be, a line each."""
    for case in cases:
        objections = [f"{validator}: {lines[0]}" for validator, lines in case.theirs.items() if lines]
        if objections and not case.errors:
            yield f"they refuse, we pass: {case.kind}: {case.name}: {'; '.join(objections)}"
        if case.validator and not case.theirs[case.validator]:
            yield f"a blunt mutant, {case.validator} takes it: {case.name}"
        if case.kind == "clean" and (objections or case.errors):
            yield f"the clean tile is not clean: {case.name}: {objections} {sorted(case.errors)}"
        for name in case.errors if case.kind.startswith("corpus") else ():
            source = rules_by_name()[name].source
            if any(source == f"ddev validate {each}" and not lines for each, lines in case.theirs.items()):
                yield f"its own source takes what a rule calls an error: {case.name}: {name} ({source})"
        if not case.refused and case.kind != "mutants":
            for name in case.errors:
                if not named(rules_by_name()[name]):
                    yield f"an error without a named source: {case.name}: {name} ({rules_by_name()[name].source})"


def told_of_corpus(cases: list[Case]) -> None:
    """Print the errors of published tiles that the validators accept, by rule."""
    by_rule: dict[str, list[str]] = {}
    for case in cases:
        if case.kind.startswith("corpus") and not case.refused:
            for name in case.errors:
                by_rule.setdefault(name, []).append(case.name)
    print("\nerrors on published tiles that their validators accept:" if by_rule else "")
    for name, tiles in sorted(by_rule.items()):
        listed = sorted(set(tiles))
        shown = ", ".join(listed[:5]) + (f" and {len(listed) - 5} more" if len(listed) > 5 else "")
        print(f"  {name:<28} {len(listed):>3} tiles  [{rules_by_name()[name].source}]  {shown}")


def told_of_all(cases: list[Case]) -> None:
    """Print the mutants on which the sides differ in what they object to."""
    for case in cases:
        if case.kind == "mutants" and case.refused:
            for validator, lines in case.theirs.items():
                if lines and elsewhere(case, validator):
                    print(f"elsewhere: {case.name}: {validator}: {lines[0]} | {', '.join(case.errors)}")
        elif case.kind == "mutants" and case.errors:
            print(f"we refuse, they accept: {case.name}: {', '.join(case.errors)}")


def main(arguments: list[str]) -> int:
    """Compare, print, and tell by the exit code whether anything is breached."""
    start = time.monotonic()
    newest = "--newest" in arguments
    edition = NEW_DDEV if newest else OLD_DDEV
    python, why = new_ddev() if newest else old_ddev()
    if python is None:
        print(f"skipped: conformance with Datadog's validators: {edition} can't be installed: {why}")
        return 0
    begun = time.monotonic()
    work = Path(tempfile.mkdtemp(prefix="tilewizard-conformance-")).resolve()
    try:
        cases = judged(python, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if cases is None:
        return 1
    kinds: dict[str, Any] = dict.fromkeys(case.kind for case in cases)
    if "corpus" not in kinds:
        print("skipped: the corpus of published tiles, which is not beside the project")
    for kind in kinds:
        matrix(cases, kind)
    told_of_corpus(cases)
    if "corpus" in kinds:
        conformance_page.write(table(cases, edition))
    if "--all" in arguments:
        told_of_all(cases)
    wrong = list(breaches(cases))
    print("\n" + "\n".join(wrong) if wrong else "")
    seconds = f"{time.monotonic() - begun:.0f} s, and {begun - start:.0f} s to install"
    print(f"{len(all_rules())} rules, {len(cases)} tiles, {edition}, {len(wrong)} breaches, {seconds}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
