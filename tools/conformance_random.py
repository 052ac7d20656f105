"""Random mutants of published tiles and of the clean one: what Datadog's validators refuse and tilewizard passes.

Usage: conformance_random.py [SEED [COUNT]]

The mutants that ``make conformance`` judges are written by hand, one a fact. These are written by nobody: a key taken away, a
value of another kind, a heading indented, a row doubled, a file cut off. Prints each disagreement; exits 1 when there is one.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import conformance
from tilewizard.field.vocabulary import REPOSITORIES

VALUES: tuple[Any, ...] = (
    *(None, "", " ", "x", "None", 0, 1, -1, 1.5, True, False, [], {}, ["x"], [None], {"a": 1}, [[]], [""], [{}]),
    *("README.md#Nope", "README.md", "a" * 200, "é", "images/none.png", "assets/none.json", "/etc/passwd", "http://x"),
    *("1.0.0", "2.0.0", "flat_fee", "tag_count", "one_time", "Category::Metrics", ["Category::Nope"]),
)
ENDS = (" ", "/", ".", "\n", "-", "#", "_", "\u200b")
CELLS = (
    *("", "  ", "x", "gauge", "count", "rate", "Gauge", "byte", "bytes", "-1", "0", "1", "2", "1.5", "é", "a" * 401),
    *("a,b", "x|y", "None", "A.b-c", "1abc", "a..b", "a__b", "a._b", "second", "cpu, memory", "true"),
)
PICTURES = (
    *("![x](images/no.png)", "![x](no.png)", "![x]( images/none.gif )", "`![x](images/none.png)`"),
    *("    ![x](images/none.png)", '![x](images/none.png "t")', "[![x](images/none.png)](https://a)"),
    *("\\![x](images/none.png)", "![a\nb](images/none.png)", "![x](<images/none one.png>)", "![x](images/none.svg)"),
    *('<img src="images/none.png">', "<img src='images/none.jpg' />", "![x][9]\n\n[9]: images/none.png"),
)
LINES = (
    *("<div>", "</div>", "<details>", "<pre>", "<script>", "<p>", "<!DOCTYPE html>", "<ul>", "<table>"),
    *("<!--", "-->", "<!-- x -->", "<!-- x\n\n## Support\n-->", "```", "~~~", "````", "```bash"),
    *("# Extra", "## Extra", "## Support", "## Uninstallation", "## Overview", "## Setup", "### Setup"),
)
TAILS = (" #", " ##", " ", "  ", "\\", "{#a}", ":", " [x](y)", " <b>x</b>", "*")


class Mutator:
    """Changes one thing of a tile in a folder, by a seeded generator."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)

    def change(self, root: Path) -> str:
        """Change one file. Returns what was done."""
        files = sorted(path for path in root.rglob("*") if path.is_file())
        likely = [path for path in files if path.name in ("manifest.json", "README.md", "metadata.csv")] * 6
        path = self.pick.choice([*likely, *[each for each in files if each.suffix == ".json"] * 2, *files])
        name, data, chance = path.relative_to(root), path.read_bytes(), self.pick.random()
        if chance < 0.04:
            path.unlink()
            return f"{name}: taken away"
        if chance < 0.06:
            path.rename(path.with_name(f"{path.name}x"))
            return f"{name}: renamed"
        if chance < 0.1 or path.suffix not in (".json", ".csv", ".md"):
            size = self.pick.randrange(len(data) + 1)
            path.write_bytes(data[:size])
            return f"{name}: cut at {size}"
        text = data.decode("utf-8", "replace")
        if path.suffix == ".json":
            text, what = self.of_json(text)
        else:
            text, what = self.of_csv(text) if path.suffix == ".csv" else self.of_markdown(text)
        path.write_text(text, encoding="utf-8", newline="")
        return f"{name}: {what}"

    def of_json(self, text: str) -> tuple[str, str]:
        """A value taken away, set, renamed, doubled, wrapped, in other letters or with something behind it."""
        try:
            value = json.loads(text)
        except ValueError:
            return "{", "cut"
        places = [place for place in _places(value) if place]
        if not places:
            return json.dumps(self.pick.choice(VALUES)), "another root"
        place, how = (
            self.pick.choice(places),
            self.pick.choice(["delete", "set", "set", "set", "rename", "double", "wrap", "case", "end"]),
        )
        around = value
        for key in place[:-1]:
            around = around[key]
        key, old = place[-1], around[place[-1]]
        if how == "delete":
            del around[key]
        elif how == "rename" and isinstance(around, dict):
            around[f"{key}{self.pick.choice(('s', '_x', ' '))}"] = around.pop(key)
        elif how == "double" and isinstance(around, list):
            around.append(copy.deepcopy(old))
        elif how == "wrap":
            around[key] = [old]
        elif how == "case" and isinstance(old, str):
            around[key] = old.swapcase()
        elif how == "end" and isinstance(old, str):
            around[key] = old + self.pick.choice(ENDS)
        else:
            around[key], how = self.pick.choice(VALUES), "set"
        return json.dumps(value, indent=2), f"{how} /{'/'.join(map(str, place))}"

    def of_csv(self, text: str) -> tuple[str, str]:
        """A cell, a row or the heading changed."""
        rows = list(csv.reader(io.StringIO(text)))
        if not rows:
            return "metric_name\n", "a heading"
        at, how = (
            self.pick.randrange(len(rows)),
            self.pick.choice(
                ["cell", "cell", "cell", "cell", "drop", "double", "head", "blank", "more", "less", "mark"]
            ),
        )
        if how == "cell" and rows[at]:
            column = self.pick.randrange(len(rows[at]))
            rows[at][column] = self.pick.choice((*CELLS, f"{rows[at][column]} ", rows[at][column].upper()))
        elif how == "drop":
            del rows[at]
        elif how == "double":
            rows.insert(at, list(rows[at]))
        elif how == "head" and rows[0]:
            column = self.pick.randrange(len(rows[0]))
            rows[0][column] = self.pick.choice(("x", "", rows[0][column].upper(), f"{rows[0][column]} "))
        elif how == "blank":
            rows.insert(at, [])
        elif how == "more":
            rows[at] = [*rows[at], "x"]
        elif how == "less":
            rows[at] = rows[at][:-1]
        else:
            place = self.pick.randrange(len(text))
            return text[:place] + self.pick.choice(('"', "\n", ",", "'", ";", "\t", "\r")) + text[place:], "a mark"
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(rows)
        return written.getvalue(), f"{how} in row {at + 1}"

    def of_markdown(self, text: str) -> tuple[str, str]:
        """A heading or a line changed, taken away or put in."""
        lines = text.split("\n")
        heads = [at for at, line in enumerate(lines) if line.startswith("#")] or [0]
        at, head = self.pick.randrange(len(lines)), self.pick.choice(heads)
        old = lines[head]
        ways = {
            "line": lambda: lines.pop(at),
            "heading": lambda: lines.pop(head),
            "case": lambda: lines.__setitem__(head, old.swapcase()),
            "deeper": lambda: lines.__setitem__(head, f"#{old}"),
            "higher": lambda: lines.__setitem__(head, old[1:]),
            "indented": lambda: lines.__setitem__(head, " " * self.pick.randrange(1, 5) + old),
            "tail": lambda: lines.__setitem__(head, old + self.pick.choice(TAILS)),
            "tab": lambda: lines.__setitem__(head, old.replace("# ", self.pick.choice(("#\t", "#")), 1)),
            "twice": lambda: lines.insert(head, old),
            "underlined": lambda: lines.__setitem__(slice(head, head + 1), [old.lstrip("# "), "---"]),
            "emptied": lambda: lines.__setitem__(
                slice(head + 1, next((each for each in heads if each > head), None)), []
            ),
            "cut": lambda: lines.__setitem__(slice(at, None), []),
            "picture": lambda: lines.insert(at, self.pick.choice(PICTURES)),
            "put in": lambda: lines.insert(at, self.pick.choice(LINES)),
        }
        how = self.pick.choice(sorted(ways))
        ways[how]()
        return "\n".join(lines), how


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _places(each, (*place, key))


def bases(work: Path) -> list[conformance.Case]:
    """Tiles without an error, so that a mutant's error is the mutation's."""
    found = []
    for case in conformance.corpus_cases(work):
        if not conformance.our_verdict(case):
            found.append(case)
    for target in REPOSITORIES:
        root = work / f"clean-{target.value}" / target.value
        root.mkdir(parents=True)
        conformance.laid(conformance.Mutant("clean", "", {}), target, root)
        found += [conformance.Case("clean", "clean", root, conformance.NAME, target)] * 25
    return found


def mutants(work: Path, seed: int, count: int) -> Iterator[conformance.Case]:
    """So many mutants, written below the work folder."""
    mutator, known = Mutator(seed), bases(work)
    for number in range(count):
        base = mutator.pick.choice(known)
        root = work / f"mutant-{number}" / base.target.value
        shutil.copytree(base.root / base.folder, root / base.folder, copy_function=shutil.copyfile)
        what = mutator.change(root / base.folder)
        yield conformance.Case("mutants", f"{base.name}: {what}", root, base.folder, base.target)


def main(arguments: list[str]) -> int:
    """Judge the mutants by both sides; tell by the exit code whether one that they refuse passes here."""
    seed, count = int(arguments[0]) if arguments else 1, int(arguments[1]) if arguments[1:] else 1000
    python, why = conformance.environment()
    if python is None:
        print(f"skipped: {why}")
        return 0
    with tempfile.TemporaryDirectory(prefix="tilewizard-random-") as folder:
        work = Path(folder).resolve()
        cases = list(mutants(work, seed, count))
        driver = conformance.their_verdicts(python, cases, work)
        for case in cases:
            case.errors = conformance.our_verdict(case)
        if driver.wait():
            print((work / "driver.log").read_text("utf-8", "replace")[-2000:])
            return 1
        answers = json.loads((work / "answers.json").read_text("utf-8"))
    counts: Counter[str] = Counter()
    for index, case in enumerate(cases):
        case.theirs = answers[str(index)]
        sides = ("they refuse" if case.refused else "they accept", "we refuse" if case.errors else "we pass")
        counts[", ".join(sides)] += 1
        if case.refused and not case.errors:
            print(
                f"they refuse, we pass: {case.name}: { {name: lines[0] for name, lines in case.theirs.items() if lines} }"
            )
    print(f"seed {seed}: " + "; ".join(f"{name}: {number}" for name, number in sorted(counts.items())))
    return int(bool(counts["they refuse, we pass"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
